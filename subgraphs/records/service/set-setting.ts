import { today } from '../../../kernel/rules/plain-date.ts';
import { userError, type UserError } from '../../../kernel/rules/user-errors.ts';
import { covers, type Viewer } from '../../../kernel/rules/viewer.ts';
import { appendAudit } from '../../../kernel/store/audit/append.ts';
import { performBatch } from '../../../kernel/store/batch.ts';
import { settingErrors, valueOf, type NewSetting } from '../rules/setting-values.ts';
import { FIRST_STORED_VERSION, NATION_CODE, type StoredSetting } from '../rules/settings.ts';
import { ofSetting } from './audited.ts';
import type { Deps } from './deps.ts';
import { isProvince } from './setting-areas.ts';

/** What became of it: which row was added, or why none was. */
export interface SettingDone {
  readonly name: string;
  readonly version: number | null;
  readonly userErrors: readonly UserError[];
}

/** Adds one version of one setting; whoever takes the same version at the same moment takes the next instead. */
export function setSetting(deps: Deps, viewer: Viewer, idempotencyKey: string, wish: NewSetting) {
  const { store, queries, now } = deps;
  const provinceCode = wish.province ?? viewer.area.code;
  return performBatch(store, {
    viewer,
    idempotencyKey,
    act: 'setSetting',
    items: [wish],
    async gather() {
      const [rows, outside] = await Promise.all([
        queries.settingsNamed(wish.name),
        areaErrors(deps, viewer, provinceCode),
      ]);
      return { version: nextVersion(wish.name, rows), outside };
    },
    async write(tx, { version, outside }): Promise<SettingDone[]> {
      const { name, validFrom } = wish;
      const at = now();
      const userErrors = [...outside, ...settingErrors(wish, today(at))];
      if (userErrors.length > 0) return [{ name, version: null, userErrors }];
      const row: StoredSetting = {
        name,
        provinceCode,
        version,
        validFrom,
        value: valueOf(wish),
        setBy: viewer.account,
        setAt: at,
        reason: wish.reason?.trim() || null,
      };
      await tx.insert(store.tables.setting, [row]);
      await appendAudit(store, tx, [ofSetting(row)]);
      return [{ name, version, userErrors }];
    },
  });
}

function nextVersion(name: string, rows: readonly { readonly version: number }[]): number {
  const first = name.startsWith('DEADLINE_') ? FIRST_STORED_VERSION : 1;
  return Math.max(first - 1, ...rows.map(({ version }) => version)) + 1;
}

/** A province sets its own; the ministry the nation's and any province's. */
async function areaErrors(deps: Deps, { area }: Viewer, provinceCode: string): Promise<UserError[]> {
  const isOwn = covers(area, { provinceCode, cityCode: null, countyCode: '' });
  if (!isOwn) return [userError('OUTSIDE_YOUR_AREA', ['province'], { area: area.code })];
  if ([NATION_CODE, area.code].includes(provinceCode) || (await isProvince(deps, provinceCode))) return [];
  return [userError('PROVINCE_UNKNOWN', ['province'], { code: provinceCode })];
}
