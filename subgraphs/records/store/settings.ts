import { EntitySchema } from 'typeorm';
import type { Kit } from '../../../kernel/store/kit.ts';
import type { Reader } from '../../../kernel/store/rows.ts';
import { many, sql } from '../../../kernel/store/sql.ts';

/** One value somebody set, as it is kept: rules/settings.ts knows which values a name may have. */
export interface SettingRow {
  readonly name: string;
  readonly provinceCode: string;
  readonly version: number;
  readonly validFrom: string;
  readonly value: unknown;
  readonly setBy: string;
  readonly setAt: Date;
  readonly reason: string | null;
}

/** Migration 5. Of two who take the same version at once, the key lets one in. */
export const settingColumns = (kit: Kit) => ({
  name: kit.text(40, { primary: true }),
  version: kit.int({ primary: true }),
  provinceCode: kit.text(6),
  validFrom: kit.date(),
  value: kit.json(),
  setBy: kit.text(80),
  setAt: kit.instant(),
  reason: kit.sealed('setting.reason', { nullable: true, characters: 200 }),
});

export const settingTable = (kit: Kit) =>
  new EntitySchema<SettingRow>({ name: 'setting', columns: settingColumns(kit) });

export interface WithSetting {
  readonly setting: ReturnType<typeof settingTable>;
}

/** Reads of what people have set. The table is small: a few rows for each province and year. */
export function settingQueries({ reader, tables }: { reader: Reader; tables: WithSetting }) {
  return {
    settingsOf: (provinceCodes: readonly string[]): Promise<SettingRow[]> =>
      reader.rows(
        tables.setting,
        sql`WHERE province_code IN (${many(provinceCodes)}) ORDER BY name, version`,
      ),
    /** Of one name, every province's: the next version is one above them all. */
    settingsNamed: (name: string): Promise<SettingRow[]> =>
      reader.rows(tables.setting, sql`WHERE name = ${name} ORDER BY version`),
    /** What provinces and the nation have set of daily budgets. */
    budgetSettings: (): Promise<SettingRow[]> =>
      reader.rows(tables.setting, sql`WHERE name LIKE ${'BUDGET%'} ORDER BY name, version`),
  };
}
export type SettingQueries = ReturnType<typeof settingQueries>;

/** Every deadline people have set, of all provinces, as this transaction sees them. */
export const storedDeadlines = (reader: Reader, { setting }: WithSetting): Promise<SettingRow[]> =>
  reader.rows(setting, sql`WHERE name LIKE ${'DEADLINE%'} ORDER BY name, version`);
