import type { Kit } from '../../../../kernel/store/kit.ts';
import { creation } from '../../../../kernel/store/migration.ts';
import { operationColumns } from '../../../../kernel/store/operation.ts';
import * as columns from '../columns.ts';
import { INDICES } from '../indices.ts';

export const create = (kit: Kit) =>
  creation('CreateRecords1764000000001', kit, [
    { name: 'record', columns: columns.record(kit), indices: INDICES.record },
    {
      name: 'placement',
      columns: columns.placement(kit),
      indices: INDICES.placement,
      checks: { placement_order: columns.PLACEMENT_ORDER },
    },
    { name: 'application', columns: columns.application(kit), indices: INDICES.application },
    { name: 'record_event', columns: columns.recordEvent(kit) },
    { name: 'record_number', columns: columns.recordNumber(kit), indices: INDICES.recordNumber },
    { name: 'count_delta', columns: columns.countDelta(kit) },
    { name: 'enrolment_count', columns: columns.enrolmentCount(kit), indices: INDICES.enrolmentCount },
    { name: 'count_lease', columns: columns.countLease(kit) },
    { name: 'operation', columns: operationColumns(kit) },
  ]);
