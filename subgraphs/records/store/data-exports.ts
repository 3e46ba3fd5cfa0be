import { EntitySchema } from 'typeorm';
import type { Area } from '../../../kernel/rules/viewer.ts';
import { within } from '../../../kernel/store/area.ts';
import { toBytes } from '../../../kernel/store/ids.ts';
import type { Kit } from '../../../kernel/store/kit.ts';
import { all, raw, sql } from '../../../kernel/store/sql.ts';
import type { Transaction } from '../../../kernel/store/rows.ts';
import type { DataExport, DataExportDownload, DataExportPart, ExportState } from '../model.ts';
import type { RecordStore } from './store.ts';

/** Migration 15. */
const dataExport = (kit: Kit) => ({
  id: kit.id({ primary: true }),
  state: kit.text(12),
  profile: kit.text(14),
  ground: kit.text(20),
  groundReference: kit.sealed('data_export.ground_reference', { characters: 200 }),
  purpose: kit.sealed('data_export.purpose', { characters: 200 }),
  recipient: kit.sealed('data_export.recipient', { characters: 100 }),
  fields: kit.json(),
  approvedFields: kit.json({ nullable: true }),
  areaLevel: kit.text(12),
  areaCode: kit.text(10),
  rowStatus: kit.text(12, { nullable: true }),
  provinceCode: kit.text(6),
  cityCode: kit.text(6, { nullable: true }),
  countyCode: kit.text(6),
  institutionCode: kit.text(10, { nullable: true }),
  untilOn: kit.date(),
  requestedBy: kit.text(80),
  requestedAt: kit.instant(),
  decidedBy: kit.text(80, { nullable: true }),
  decidedLevel: kit.text(12, { nullable: true }),
  decidedCode: kit.text(10, { nullable: true }),
  decidedAt: kit.instant({ nullable: true }),
  reason: kit.sealed('data_export.reason', { nullable: true, characters: 200 }),
  secret: kit.sealed('data_export.secret', { nullable: true, characters: 60 }),
  reachedId: kit.id({ nullable: true }),
  lineCount: kit.int(),
  parts: kit.int(),
  leaseUntil: kit.instant({ nullable: true }),
  version: kit.int(),
});

/** Migration 15. */
const dataExportPart = (kit: Kit) => ({
  exportId: kit.id({ primary: true }),
  part: kit.int({ primary: true }),
  body: kit.sealedText('data_export_part.body'),
});

/** Migration 15. */
const dataExportDownload = (kit: Kit) => ({
  id: kit.id({ primary: true }),
  exportId: kit.id(),
  account: kit.text(80),
  at: kit.instant(),
  validUntil: kit.instant(),
});

const INDICES = {
  dataExport: [{ name: 'data_export_state', columns: ['state', 'id'] }],
  dataExportDownload: [{ name: 'data_export_download_export', columns: ['exportId', 'id'] }],
};

export const dataExportTables = (kit: Kit) => ({
  dataExport: new EntitySchema<DataExport>({
    name: 'data_export',
    columns: dataExport(kit),
    indices: INDICES.dataExport,
  }),
  dataExportPart: new EntitySchema<DataExportPart>({
    name: 'data_export_part',
    columns: dataExportPart(kit),
  }),
  dataExportDownload: new EntitySchema<DataExportDownload>({
    name: 'data_export_download',
    columns: dataExportDownload(kit),
    indices: INDICES.dataExportDownload,
  }),
});

export const newDataExportTables = (kit: Kit) => [
  { name: 'data_export', columns: dataExport(kit), indices: INDICES.dataExport },
  { name: 'data_export_part', columns: dataExportPart(kit) },
  { name: 'data_export_download', columns: dataExportDownload(kit), indices: INDICES.dataExportDownload },
];

export interface DataExportFilter {
  /** Whose whole area lies in this one. */
  readonly area: Area;
  readonly state: ExportState | null;
}

/** Reads of what leaves. There are few of them: some thousands in a country and year. */
export function dataExportQueries({ reader, tables }: RecordStore) {
  const after = (id: string | null) => (id === null ? raw('TRUE') : sql`id > ${toBytes(id)}`);
  const conditionOf = ({ area, state }: DataExportFilter) =>
    all([within(area), ...(state === null ? [] : [sql`state = ${state}`])]);
  return {
    async dataExportById(area: Area, id: string): Promise<DataExport | null> {
      const rows = await reader.rows(tables.dataExport, sql`WHERE id = ${toBytes(id)} AND ${within(area)}`);
      return rows[0] ?? null;
    },
    dataExports: (filter: DataExportFilter, limit: number, from: string | null): Promise<DataExport[]> =>
      reader.rows(
        tables.dataExport,
        sql`WHERE ${conditionOf(filter)} AND ${after(from)} ORDER BY id LIMIT ${limit}`,
      ),
    async countDataExports(filter: DataExportFilter): Promise<number> {
      const [row] = await reader.select<{ n: unknown }>(
        sql`SELECT COUNT(*) AS n FROM data_export WHERE ${conditionOf(filter)}`,
      );
      return Number(row!.n);
    },
    /** Approved ones, the oldest first; whether somebody is at them already is said by their leases. */
    dataExportsToMake: (): Promise<DataExport[]> =>
      reader.rows(tables.dataExport, sql`WHERE state = 'APPROVED' ORDER BY id`),
    /** Those whose last day has passed. */
    dataExportsOver: (day: string): Promise<DataExport[]> =>
      reader.rows(
        tables.dataExport,
        sql`WHERE state IN ('REQUESTED','APPROVED','READY') AND until_on < ${day} ORDER BY id`,
      ),
    /** Those whose file is nobody's to have any more and is still there. */
    dataExportsToClear: (): Promise<DataExport[]> =>
      reader.rows(
        tables.dataExport,
        sql`WHERE state IN ('REVOKED','EXPIRED','FAILED') AND parts > 0 ORDER BY id`,
      ),
    async partOfDataExport(exportId: string, part: number): Promise<DataExportPart | null> {
      const rows = await reader.rows(
        tables.dataExportPart,
        sql`WHERE export_id = ${toBytes(exportId)} AND part = ${part}`,
      );
      return rows[0] ?? null;
    },
    downloadsOf: (exportId: string, limit: number): Promise<DataExportDownload[]> =>
      reader.rows(
        tables.dataExportDownload,
        sql`WHERE export_id = ${toBytes(exportId)} ORDER BY id LIMIT ${limit}`,
      ),
    async downloadById(id: string): Promise<DataExportDownload | null> {
      const rows = await reader.rows(tables.dataExportDownload, sql`WHERE id = ${toBytes(id)}`);
      return rows[0] ?? null;
    },
  };
}
export type DataExportQueries = ReturnType<typeof dataExportQueries>;

/** Takes so many parts of a file away. */
export const removeParts = (tx: Transaction, exportId: string, from: number, count: number) =>
  tx.execute(
    sql`DELETE FROM data_export_part WHERE export_id = ${toBytes(exportId)} AND part >= ${from} AND part < ${from + count}`,
  );
