import type { PlainDate } from '../../../kernel/rules/plain-date.ts';
import type { Area } from '../../../kernel/rules/viewer.ts';
import { within } from '../../../kernel/store/area.ts';
import { toBytes } from '../../../kernel/store/ids.ts';
import { all, many, raw, sql, type Sql } from '../../../kernel/store/sql.ts';
import type { Account, AccountRole, AccountState, AccountVersion } from '../model.ts';
import type { InstitutionStore } from './store.ts';

export interface AccountFilter {
  readonly area: Area;
  readonly role: AccountRole | null;
  readonly state: AccountState | null;
}

/** Where a kindergarten is today is known of the kindergarten, not of its accounts. */
const inArea = (area: Area): Sql =>
  area.level === 'NATION'
    ? raw('TRUE')
    : sql`(region_code IN (SELECT code FROM region WHERE ${within(area)})
        OR area_code IN (SELECT code FROM institution WHERE ${within(area, { INSTITUTION: 'code' })}))`;

const filtered = ({ area, role, state }: AccountFilter): Sql =>
  all([
    inArea(area),
    role === null ? raw('TRUE') : sql`role = ${role}`,
    state === null ? raw('TRUE') : sql`state = ${state}`,
  ]);

/** Every read of accounts. */
export function accountQueries({ reader, tables, dialect, transaction }: InstitutionStore) {
  const instant = (at: Date) => (dialect === 'sqlite' ? at.toISOString() : at);
  return {
    accountsByName: (names: readonly string[]): Promise<Account[]> =>
      reader.rows(tables.account, sql`WHERE name IN (${many(names)})`),
    accountsById: (ids: readonly string[]): Promise<Account[]> =>
      reader.rows(tables.account, sql`WHERE id IN (${many(ids.map(toBytes))})`),
    /** What these people hold and is not revoked. */
    accountsHeldBy: (holders: readonly string[]): Promise<Account[]> =>
      reader.rows(
        tables.account,
        sql`WHERE live_holder IN (${many(holders.map((hex) => Buffer.from(hex, 'hex')))})`,
      ),
    accounts: (filter: AccountFilter, limit: number, after: string | null): Promise<Account[]> => {
      const keyset = after === null ? raw('TRUE') : sql`id > ${toBytes(after)}`;
      return reader.rows(
        tables.account,
        sql`WHERE ${filtered(filter)} AND ${keyset} ORDER BY id LIMIT ${limit}`,
      );
    },
    async countAccounts(filter: AccountFilter): Promise<number> {
      const rows = await reader.select<{ n: unknown }>(
        sql`SELECT COUNT(*) AS n FROM account WHERE ${filtered(filter)}`,
      );
      return Number(rows[0]!.n);
    },
    versionsByAccount: (ids: readonly string[]): Promise<AccountVersion[]> =>
      reader.rows(
        tables.accountVersion,
        sql`WHERE account_id IN (${many(ids.map(toBytes))}) ORDER BY account_id, seq`,
      ),
    accountsChangedSince: (at: Date, limit: number): Promise<Account[]> =>
      reader.rows(
        tables.account,
        sql`WHERE changed_at >= ${instant(at)} ORDER BY changed_at, id LIMIT ${limit}`,
      ),
    idleAccounts: (before: PlainDate, limit: number): Promise<Account[]> =>
      reader.rows(
        tables.account,
        sql`WHERE state = 'ACTIVE' AND used_on < ${before} ORDER BY used_on, id LIMIT ${limit}`,
      ),
    /** Notes the day of use; no version of the account, since nothing about it has changed. */
    noteUse: (names: readonly string[], on: PlainDate): Promise<number> =>
      transaction((tx) =>
        tx.set(
          tables.account,
          { usedOn: on },
          sql`name IN (${many(names)}) AND state = 'ACTIVE' AND (used_on IS NULL OR used_on < ${on})`,
        ),
      ),
  };
}
export type AccountQueries = ReturnType<typeof accountQueries>;
