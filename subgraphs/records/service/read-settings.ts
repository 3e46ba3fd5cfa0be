import { today } from '../../../kernel/rules/plain-date.ts';
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import { inForce, NATION_CODE, type StoredSetting } from '../rules/settings.ts';
import { everyValue, shownRow, valuesInForce, type ShownSetting } from '../rules/settings-shown.ts';
import type { Deps } from './deps.ts';
import { provinceAsked } from './setting-areas.ts';
import { storedSettings } from './settings.ts';

/** What somebody asks of the settings. */
export interface SettingsAsked {
  readonly province: string | null;
  /** Everything there ever was, not only what holds today. */
  readonly history: boolean;
}

/** The settings of a province as they hold today; null where it is not the viewer's to ask of. */
export async function readSettings(
  deps: Deps,
  viewer: Viewer,
  { province, history }: SettingsAsked,
): Promise<ShownSetting[] | null> {
  const code = await provinceAsked(deps, viewer, province);
  if (code === null) return null;
  const rows = await storedSettings(deps.queries, [code]);
  return (history ? everyValue : valuesInForce)(rows, code, today(deps.now()));
}

/** One row as it was written. */
export async function readSetting(
  deps: Deps,
  name: string,
  version: number | null,
): Promise<ShownSetting | null> {
  const rows = (await deps.queries.settingsNamed(name)) as unknown as StoredSetting[];
  const row = rows.find((one) => one.version === version);
  if (!row) return null;
  const mine = rows.filter(({ provinceCode }) => [NATION_CODE, row.provinceCode].includes(provinceCode));
  return shownRow(row, inForce(mine, row.name, row.provinceCode, today(deps.now())) === row);
}
