import { EntitySchema } from 'typeorm';
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import type { Kit } from '../../../kernel/store/kit.ts';
import { creation } from '../../../kernel/store/migration.ts';
import type { Transaction } from '../../../kernel/store/rows.ts';
import { sql } from '../../../kernel/store/sql.ts';
import type { SetQuota } from '../model.ts';
import type { PrimaryLinkStore } from './store.ts';

/** Migration 7. */
const columns = (kit: Kit) => ({
  areaCode: kit.text(10, { primary: true }),
  account: kit.text(80, { primary: true }),
  kind: kit.text(12, { primary: true }),
  most: kit.int(),
  setBy: kit.text(80),
  setAt: kit.instant(),
});

export const clientQuotaTable = (kit: Kit) =>
  new EntitySchema<SetQuota>({ name: 'client_quota', columns: columns(kit) });

export const clientQuotaMigration = (kit: Kit) =>
  creation('ClientQuotas1764000000007', kit, [{ name: 'client_quota', columns: columns(kit) }]);

export const clientQuotaQueries = ({ reader, tables }: PrimaryLinkStore) => ({
  /** What may count of this client: set for itself, for its school or for its province. */
  quotasSetFor: ({
    account,
    area: { level, code },
  }: Pick<Viewer, 'account' | 'area'>): Promise<SetQuota[]> => {
    const province =
      level === 'INSTITUTION'
        ? sql`(SELECT province_code FROM primary_school WHERE code = ${code})`
        : sql`${`${code.slice(0, 2)}0000`}`;
    return reader.rows(
      tables.clientQuota,
      sql`WHERE (area_code = ${code} AND account IN ('', ${account})) OR (area_code = ${province} AND account = '')`,
    );
  },
  /** In place of what was set there; null lifts it. */
  async putQuota(tx: Transaction, at: Pick<SetQuota, 'areaCode' | 'account' | 'kind'>, set: SetQuota | null) {
    await tx.execute(
      sql`DELETE FROM client_quota WHERE area_code = ${at.areaCode} AND account = ${at.account} AND kind = ${at.kind}`,
    );
    if (set) await tx.insert(tables.clientQuota, [set]);
  },
});
export type ClientQuotaQueries = ReturnType<typeof clientQuotaQueries>;
