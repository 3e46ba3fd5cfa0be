import { EntitySchema } from 'typeorm';
import type { NamedDay } from '../../../kernel/rules/working-days.ts';
import { budgetTable } from '../../../kernel/store/budget.ts';
import type { Kit } from '../../../kernel/store/kit.ts';
import { sealedChildTable } from '../../../kernel/store/sealed-children.ts';
import type {
  Application,
  ApplicationStep,
  CountDelta,
  CountDimensions,
  DeadlineChange,
  FollowUp,
  InstitutionMoved,
  IssuedNumber,
  Placement,
  Record,
  RecordEvent,
  TransferOffer,
} from '../model.ts';
import * as columns from './columns.ts';
import { CHAIN_INDEX, INDICES, LIFE_INDICES, MERGED_INDEX, QUEUE_INDICES } from './indices.ts';
import * as institutionColumns from './institution-columns.ts';
import { dataExportTables } from './data-exports.ts';
import { graduationTables } from './graduation.ts';
import { promotionTables } from './promotions.ts';
import { problemCaseTable } from './problem-cases.ts';
import { settingTable } from './settings.ts';

/** A folded count of one region at one level; what `enrolmentCounts` mostly reads. */
export interface FoldedCount extends Omit<CountDimensions, 'institutionCode'> {
  readonly level: string;
  readonly regionCode: string;
  readonly n: number;
}

/** The one row whose lock says who folds. */
export interface CountLease {
  readonly id: number;
  readonly foldedAt: Date;
}

export const tables = (kit: Kit) => ({
  budgetUse: budgetTable(kit),
  sealedChild: sealedChildTable(kit),
  record: new EntitySchema<Record>({
    name: 'record',
    columns: { ...columns.record(kit), ...columns.recordLife(kit) },
    indices: [...INDICES.record, ...LIFE_INDICES.record, MERGED_INDEX],
  }),
  placement: new EntitySchema<Placement>({
    name: 'placement',
    columns: columns.placement(kit),
    indices: INDICES.placement,
    checks: [{ name: 'placement_order', expression: columns.PLACEMENT_ORDER }],
  }),
  application: new EntitySchema<Application>({
    name: 'application',
    columns: {
      ...columns.application(kit),
      ...columns.applicationClock(kit),
      ...columns.applicationSteps(kit),
    },
    indices: [...INDICES.application, ...LIFE_INDICES.application, ...QUEUE_INDICES.application],
  }),
  applicationStep: new EntitySchema<ApplicationStep>({
    name: 'application_step',
    columns: columns.applicationStep(kit),
    indices: LIFE_INDICES.applicationStep,
  }),
  followUp: new EntitySchema<FollowUp>({
    name: 'follow_up',
    columns: columns.followUp(kit),
    indices: LIFE_INDICES.followUp,
  }),
  calendarDay: new EntitySchema<NamedDay>({ name: 'calendar_day', columns: columns.calendarDay(kit) }),
  deadlineChange: new EntitySchema<DeadlineChange>({
    name: 'deadline_change',
    columns: columns.deadlineChange(kit),
    indices: INDICES.deadlineChange,
  }),
  recordEvent: new EntitySchema<RecordEvent>({
    name: 'record_event',
    columns: {
      ...columns.recordEvent(kit),
      leaveReason: columns.leaveReason(kit),
      ...columns.eventPlace(kit),
    },
    indices: LIFE_INDICES.recordEvent,
  }),
  recordNumber: new EntitySchema<IssuedNumber>({
    name: 'record_number',
    columns: { ...columns.recordNumber(kit), ...columns.numberChain(kit), ...columns.numberClaim(kit) },
    indices: [...INDICES.recordNumber, CHAIN_INDEX],
  }),
  countDelta: new EntitySchema<CountDelta>({ name: 'count_delta', columns: columns.countDelta(kit) }),
  enrolmentCount: new EntitySchema<FoldedCount>({
    name: 'enrolment_count',
    columns: columns.enrolmentCount(kit),
    indices: INDICES.enrolmentCount,
  }),
  institutionMoved: new EntitySchema<InstitutionMoved>({
    name: 'institution_moved',
    columns: institutionColumns.institutionMoved(kit),
  }),
  transferOffer: new EntitySchema<TransferOffer>({
    name: 'transfer_offer',
    columns: institutionColumns.transferOffer(kit),
    indices: institutionColumns.OFFER_INDICES,
  }),
  setting: settingTable(kit),
  ...graduationTables(kit),
  ...promotionTables(kit),
  ...dataExportTables(kit),
  problemCase: problemCaseTable(kit),
  countLease: new EntitySchema<CountLease>({ name: 'count_lease', columns: columns.countLease(kit) }),
});
export type RecordTables = ReturnType<typeof tables>;
