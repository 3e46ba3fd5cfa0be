import { EntitySchema } from 'typeorm';
import type { Area } from '../../../kernel/rules/viewer.ts';
import { within } from '../../../kernel/store/area.ts';
import type { Kit } from '../../../kernel/store/kit.ts';
import { creation, migration } from '../../../kernel/store/migration.ts';
import type { Transaction } from '../../../kernel/store/rows.ts';
import { all, join, raw, sql } from '../../../kernel/store/sql.ts';
import type { ClientUse, ClientUseDimension, QuotaKind, QuotaUse, UseCounts } from '../model.ts';
import type { PrimaryLinkStore } from './store.ts';

/** Migration 4. */
const quotaUse = (kit: Kit) => ({
  account: kit.text(80, { primary: true }),
  day: kit.date({ primary: true }),
  kind: kit.text(12, { primary: true }),
  used: kit.int(),
});
const clientUse = (kit: Kit) => ({
  account: kit.text(80, { primary: true }),
  day: kit.date({ primary: true }),
  hour: kit.int({ primary: true }),
  operation: kit.text(20, { primary: true }),
  purpose: kit.text(20, { primary: true }),
  areaLevel: kit.text(12, { primary: true }),
  areaCode: kit.text(10, { primary: true }),
  calls: kit.int(),
  items: kit.int(),
  found: kit.int(),
  refused: kit.int(),
});
const INDICES = [
  { name: 'client_use_day', columns: ['day', 'areaCode'] },
  { name: 'client_use_area', columns: ['areaCode', 'day'] },
];

export const clientUseTables = (kit: Kit) => ({
  quotaUse: new EntitySchema<QuotaUse>({ name: 'quota_use', columns: quotaUse(kit) }),
  clientUse: new EntitySchema<ClientUse>({
    name: 'client_use',
    columns: clientUse(kit),
    indices: INDICES,
  }),
});

/** Takes the place of `lookup_use`, whose counts of the day go on. */
export const clientUseMigration = (kit: Kit) => {
  const tables = creation('', kit, [
    { name: 'quota_use', columns: quotaUse(kit) },
    { name: 'client_use', columns: clientUse(kit), indices: INDICES },
  ]);
  const before = creation('', kit, [
    {
      name: 'lookup_use',
      columns: {
        account: kit.text(80, { primary: true }),
        day: kit.date({ primary: true }),
        asked: kit.int(),
        found: kit.int(),
      },
    },
  ]);
  return migration('CountClientUse1764000000004', {
    async up(runner) {
      await new tables().up(runner);
      await runner.query(
        "INSERT INTO quota_use (account, day, kind, used) SELECT account, day, 'NUMBERS', asked FROM lookup_use",
      );
      await new before().down(runner);
    },
    async down(runner) {
      await new before().up(runner);
      await runner.query(
        "INSERT INTO lookup_use (account, day, asked, found) SELECT account, day, used, 0 FROM quota_use WHERE kind = 'NUMBERS'",
      );
      await new tables().down(runner);
    },
  });
};

export interface ClientUseFilter {
  readonly area: Area;
  readonly from: string;
  readonly until: string;
  readonly by: readonly ClientUseDimension[];
}

/** Counts of one group; what it is not split by is null. */
export interface ClientUseGroup extends UseCounts {
  readonly account: string | null;
  readonly school: string | null;
  readonly operation: string | null;
  readonly purpose: string | null;
  readonly day: string | null;
  readonly hour: number | null;
}

const SPLIT: Readonly<Record<ClientUseDimension, readonly [column: string, as: string]>> = {
  ACCOUNT: ['u.account', 'account'],
  SCHOOL: ["CASE WHEN u.area_level = 'INSTITUTION' THEN u.area_code END", 'school'],
  OPERATION: ['u.operation', 'operation'],
  PURPOSE: ['u.purpose', 'purpose'],
  DAY: ['u.day', 'day'],
  HOUR: ['u.hour', 'hour'],
};

const SCHOOLS = {
  PROVINCE: 's.province_code',
  CITY: 's.city_code',
  COUNTY: 's.county_code',
  INSTITUTION: 's.code',
} as const;

/** How much client systems ask and do: what is rationed, and what is counted. */
export function clientUseQueries(store: PrimaryLinkStore) {
  const { reader, tables, dialect } = store;
  const lite = dialect === 'sqlite';
  const unlessThere = raw(lite ? 'ON CONFLICT DO NOTHING' : 'ON DUPLICATE KEY UPDATE used = used');
  const value = (column: string) => (lite ? `excluded.${column}` : `VALUES(${column})`);
  const adding = raw(
    `${lite ? 'ON CONFLICT DO UPDATE SET' : 'ON DUPLICATE KEY UPDATE'} ${[
      'calls',
      'items',
      'found',
      'refused',
    ]
      .map((column) => `${column} = ${lite ? `client_use.${column}` : column} + ${value(column)}`)
      .join(', ')}`,
  );
  async function add(tx: Transaction, use: ClientUse): Promise<void> {
    const { account, day, hour, operation, purpose, areaLevel, areaCode } = use;
    const { calls, items, found, refused } = use;
    await tx.execute(
      sql`INSERT INTO client_use (account, day, hour, operation, purpose, area_level, area_code, calls, items, found, refused)
          VALUES (${account}, ${day}, ${hour}, ${operation}, ${purpose}, ${areaLevel}, ${areaCode}, ${calls}, ${items}, ${found}, ${refused})
          ${adding}`,
    );
  }
  return {
    async quotasUsed(account: string, day: string): Promise<ReadonlyMap<QuotaKind, number>> {
      const rows = await reader.rows(tables.quotaUse, sql`WHERE account = ${account} AND day = ${day}`);
      return new Map(rows.map(({ kind, used }) => [kind, used]));
    },
    /**
     * Takes items out of the day's quota, and counts the call, where it is one, either way; false, and nothing taken, when they
     * no longer fit.
     */
    spend(
      { account, day, kind }: Omit<QuotaUse, 'used'>,
      items: number,
      quota: number,
      useOf?: (fits: boolean) => ClientUse,
    ): Promise<boolean> {
      const take = sql`UPDATE quota_use SET used = used + ${items}
        WHERE account = ${account} AND day = ${day} AND kind = ${kind} AND used + ${items} <= ${quota}`;
      return store.transaction(async (tx) => {
        let fits = (await tx.execute(take)) === 1;
        if (!fits) {
          await tx.execute(
            sql`INSERT INTO quota_use (account, day, kind, used) VALUES (${account}, ${day}, ${kind}, 0) ${unlessThere}`,
          );
          fits = (await tx.execute(take)) === 1;
        }
        if (useOf) await add(tx, useOf(fits));
        return fits;
      });
    },
    noteUse: (use: ClientUse): Promise<void> => store.transaction((tx) => add(tx, use)),
    /** An area's clients: its own accounts, and those of the schools in it. */
    async clientUse({ area, from, until, by }: ClientUseFilter, limit: number): Promise<ClientUseGroup[]> {
      const own = sql`(u.area_level = ${area.level} AND u.area_code = ${area.code})`;
      const groups = by.map((one) => SPLIT[one]);
      const list = groups.map(([column, as]) => `${column} AS ${as}, `).join('');
      const grouped = groups.length === 0 ? '' : `GROUP BY ${groups.map(([, as]) => as).join(', ')}`;
      const ordered = groups.length === 0 ? '' : `ORDER BY ${groups.map(([, as]) => as).join(', ')}`;
      const rows = await reader.select<Record<string, unknown>>(
        sql`SELECT ${raw(list)}SUM(u.calls) AS calls, SUM(u.items) AS items, SUM(u.found) AS found, SUM(u.refused) AS refused
            FROM client_use u LEFT JOIN primary_school s ON s.code = u.area_code
            WHERE ${all([sql`u.day >= ${from}`, sql`u.day <= ${until}`, join([own, within(area, SCHOOLS)], ' OR ')].map((one) => sql`(${one})`))}
            ${raw(grouped)} ${raw(ordered)} LIMIT ${limit}`,
      );
      return rows.filter(({ calls }) => calls !== null).map(groupOf);
    },
  };
}
export type ClientUseQueries = ReturnType<typeof clientUseQueries>;

function groupOf(row: Record<string, unknown>): ClientUseGroup {
  const text = (name: string) => (row[name] ?? null) as string | null;
  return {
    ...{ account: text('account'), school: text('school'), operation: text('operation') },
    ...{ purpose: text('purpose'), day: text('day') },
    hour: row['hour'] == null ? null : Number(row['hour']),
    ...{ calls: Number(row['calls']), items: Number(row['items']) },
    ...{ found: Number(row['found']), refused: Number(row['refused']) },
  };
}
