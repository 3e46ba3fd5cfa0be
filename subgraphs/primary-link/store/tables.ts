import { EntitySchema } from 'typeorm';
import type { Kit } from '../../../kernel/store/kit.ts';
import { sealedChildTable } from '../../../kernel/store/sealed-children.ts';
import type { PrimarySchool, TakeOver } from '../model.ts';
import { caseReportTable } from './case-reports.ts';
import { clientQuotaTable } from './client-quotas.ts';
import { clientUseTables } from './client-use.ts';
import * as columns from './columns.ts';
import { feedTables } from './feed.ts';

export const tables = (kit: Kit) => ({
  ...clientUseTables(kit),
  clientQuota: clientQuotaTable(kit),
  caseReport: caseReportTable(kit),
  primarySchool: new EntitySchema<PrimarySchool>({
    name: 'primary_school',
    columns: columns.primarySchool(kit),
    indices: columns.INDICES.primarySchool,
  }),
  takeOver: new EntitySchema<TakeOver>({
    name: 'take_over',
    columns: { ...columns.takeOver(kit), ...columns.lateLink(kit) },
    indices: [...columns.INDICES.takeOver, columns.LATE_INDEX],
  }),
  sealedChild: sealedChildTable(kit),
  ...feedTables(kit),
});
export type PrimaryLinkTables = ReturnType<typeof tables>;
