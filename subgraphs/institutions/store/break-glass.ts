import { EntitySchema } from 'typeorm';
import type { PlainDate } from '../../../kernel/rules/plain-date.ts';
import type { Area } from '../../../kernel/rules/viewer.ts';
import { within } from '../../../kernel/store/area.ts';
import { toBytes } from '../../../kernel/store/ids.ts';
import type { Kit } from '../../../kernel/store/kit.ts';
import { all, many, raw, sql, type Sql } from '../../../kernel/store/sql.ts';
import type { Transaction } from '../../../kernel/store/rows.ts';
import type { AccountRole, BreakGlass } from '../model.ts';
import type { InstitutionStore } from './store.ts';

/** Migration 4. */
export const breakGlassColumns = (kit: Kit) => ({
  id: kit.id({ primary: true }),
  account: kit.text(80),
  holder: kit.digest(),
  role: kit.text(20),
  areaLevel: kit.text(12),
  areaCode: kit.text(10),
  provinceCode: kit.text(6),
  cityCode: kit.text(6, { nullable: true }),
  countyCode: kit.text(6, { nullable: true }),
  childId: kit.id(),
  ground: kit.text(20),
  // People write names into reasons.
  reason: kit.sealed('break_glass.reason', { characters: 200 }),
  openedAt: kit.instant(),
  until: kit.instant(),
  reviewDueOn: kit.date(),
  verdict: kit.text(20, { nullable: true }),
  reviewedBy: kit.text(80, { nullable: true }),
  reviewedAt: kit.instant({ nullable: true }),
  remark: kit.sealed('break_glass.remark', { characters: 200, nullable: true }),
  version: kit.int(),
});

export const BREAK_GLASS_INDICES = [
  { name: 'break_glass_account', columns: ['account', 'until'] },
  { name: 'break_glass_province', columns: ['provinceCode', 'id'] },
  { name: 'break_glass_review', columns: ['verdict', 'reviewDueOn', 'id'] },
];

export const breakGlassTable = (kit: Kit) =>
  new EntitySchema<BreakGlass>({
    name: 'break_glass',
    columns: breakGlassColumns(kit),
    indices: BREAK_GLASS_INDICES,
  });

export interface BreakGlassFilter {
  /** Whose own it is, and of which roles within which area the viewer is the level above. */
  readonly account: string;
  readonly above: { readonly roles: readonly AccountRole[]; readonly area: Area } | 'EVERYBODY';
  /** Only those nobody has judged, or judged too late. */
  readonly unreviewed: boolean;
  readonly dueBefore: PlainDate | null;
}

/** Those who opened it see it, the level above, and whoever reads the log. */
const visible = ({ account, above }: BreakGlassFilter): Sql =>
  above === 'EVERYBODY'
    ? raw('TRUE')
    : sql`(account = ${account} OR (role IN (${many(above.roles)}) AND ${within(above.area)}))`;

const condition = (filter: BreakGlassFilter): Sql =>
  all([
    visible(filter),
    ...(filter.unreviewed ? [raw('verdict IS NULL')] : []),
    ...(filter.dueBefore === null ? [] : [sql`verdict IS NULL AND review_due_on < ${filter.dueBefore}`]),
  ]);

export function breakGlassQueries({ reader, tables, dialect }: InstitutionStore) {
  const instant = (at: Date) => (dialect === 'sqlite' ? at.toISOString() : at);
  const openAt = (accounts: readonly string[], at: Date) =>
    sql`WHERE account IN (${many(accounts)}) AND until > ${instant(at)} ORDER BY account, id`;
  return {
    breakGlassById: async (id: string): Promise<BreakGlass | null> =>
      (await reader.rows(tables.breakGlass, sql`WHERE id = ${toBytes(id)}`))[0] ?? null,
    openBreakGlasses: (accounts: readonly string[], at: Date): Promise<BreakGlass[]> =>
      reader.rows(tables.breakGlass, openAt(accounts, at)),
    openBreakGlassesIn: (tx: Transaction, account: string, at: Date): Promise<BreakGlass[]> =>
      tx.rows(tables.breakGlass, openAt([account], at)),
    breakGlasses: (filter: BreakGlassFilter, limit: number, after: string | null): Promise<BreakGlass[]> => {
      const keyset = after === null ? raw('TRUE') : sql`id > ${toBytes(after)}`;
      return reader.rows(
        tables.breakGlass,
        sql`WHERE ${condition(filter)} AND ${keyset} ORDER BY id LIMIT ${limit}`,
      );
    },
    async countBreakGlasses(filter: BreakGlassFilter): Promise<number> {
      const [row] = await reader.select<{ n: unknown }>(
        sql`SELECT COUNT(*) AS n FROM break_glass WHERE ${condition(filter)}`,
      );
      return Number(row!.n);
    },
  };
}
export type BreakGlassQueries = ReturnType<typeof breakGlassQueries>;
