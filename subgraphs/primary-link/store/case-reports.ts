import { EntitySchema } from 'typeorm';
import { toBytes } from '../../../kernel/store/ids.ts';
import type { Kit } from '../../../kernel/store/kit.ts';
import { creation } from '../../../kernel/store/migration.ts';
import type { Transaction } from '../../../kernel/store/rows.ts';
import { many, raw, sql } from '../../../kernel/store/sql.ts';
import type { CaseReport } from '../model.ts';
import type { PrimaryLinkStore } from './store.ts';

/** Migration 5: the outbox of what records makes problem cases of. */
const caseReport = (kit: Kit) => ({
  id: kit.id({ primary: true }),
  sourceKey: kit.text(100),
  kind: kit.text(30),
  recordId: kit.id(),
  childId: kit.id(),
  provinceCode: kit.text(6),
  cityCode: kit.text(6, { nullable: true }),
  countyCode: kit.text(6),
  statement: kit.sealed('case_report.statement', { characters: 200 }),
  createdAt: kit.instant(),
  deliveredAt: kit.instant({ nullable: true }),
  problemCaseId: kit.id({ nullable: true }),
  refusal: kit.text(40, { nullable: true }),
});
const INDICES = [
  { name: 'case_report_source', columns: ['sourceKey'], unique: true },
  { name: 'case_report_due', columns: ['deliveredAt', 'id'] },
];

export const caseReportTable = (kit: Kit) =>
  new EntitySchema<CaseReport>({ name: 'case_report', columns: caseReport(kit), indices: INDICES });

export const caseReportMigration = (kit: Kit) =>
  creation('ReportCases1764000000005', kit, [
    { name: 'case_report', columns: caseReport(kit), indices: INDICES },
  ]);

export const caseReportQueries = ({ reader, tables }: PrimaryLinkStore) => ({
  reportsByKeyIn: (tx: Transaction, keys: readonly string[]): Promise<CaseReport[]> =>
    tx.rows(tables.caseReport, sql`WHERE source_key IN (${many(keys)})`),
  async countDueReports(): Promise<number> {
    const [row] = await reader.select<{ n: unknown }>(
      sql`SELECT COUNT(*) AS n FROM case_report WHERE delivered_at IS NULL`,
    );
    return Number(row!.n);
  },
  /** What records has not taken yet, oldest first, a page at a time. */
  dueReports: (limit: number, from: string | null): Promise<CaseReport[]> =>
    reader.rows(
      tables.caseReport,
      sql`WHERE delivered_at IS NULL AND ${from === null ? raw('TRUE') : sql`id > ${toBytes(from)}`} ORDER BY id LIMIT ${limit}`,
    ),
});
export type CaseReportQueries = ReturnType<typeof caseReportQueries>;
