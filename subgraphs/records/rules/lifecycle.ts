import {
  APPLICATION_STATE,
  RECORD_STATUS,
  type Application,
  type ApplicationKind,
  type ApplicationState,
  type ApplicationTask,
  type RecordStatus,
} from '../model.ts';
import { userError, type UserError } from '../../../kernel/rules/user-errors.ts';
import type { Need } from './needs.ts';
import type { Party } from './parties.ts';
import { CORRECTION_ROWS } from './rows/correction.ts';
import { CANCELLATION_ROWS } from './rows/cancellation.ts';
import { DEFERRAL_ROWS } from './rows/deferral.ts';
import { REINSTATEMENT_ROWS } from './rows/reinstatement.ts';
import { ENROLMENT_ROWS } from './rows/enrolment.ts';
import { NUMBER_ROWS } from './rows/number.ts';
import { STAY_ROWS } from './rows/stay.ts';
import { TAKE_OVER_ROWS } from './rows/take-over.ts';
import { TRANSFER_ROWS } from './rows/transfer.ts';
import { YEAR_END_ROWS } from './rows/year-end.ts';

/**
 * Where an act leads. SAME: the status stays. BEFORE: back to where the record was when somebody applied. UNDONE: back to
 * where it was before the act that ended it, which its history tells.
 */
export type Target = RecordStatus | 'SAME' | 'BEFORE' | 'UNDONE';

/** One act of the lifecycle: permission, effect and conditions are all read from its row. */
export interface Row {
  readonly action: LifecycleAction;
  /** The kind of application it acts on; null where it acts on a record (and may begin an application). */
  readonly kind: ApplicationKind | null;
  /** States of the application it acts on, and the one task of the holder, where there is one. */
  readonly states?: readonly ApplicationState[];
  readonly task?: ApplicationTask;
  /** Statuses it starts from; null stands for a child without a record. */
  readonly from: readonly (RecordStatus | null)[];
  readonly to: Target;
  readonly by: Party;
  /** What the application becomes; null where the act needs nobody else's decision. */
  readonly application: ApplicationState | null;
  readonly needs: readonly Need[];
  /** The act it takes back, where BEFORE is not told by an application. */
  readonly undoes?: LifecycleAction;
  readonly zh: string;
  readonly en: string;
}

export { PARTIES, type Party } from './parties.ts';

export const LIFECYCLE_ACTIONS = [
  'submitEnrolment',
  'requestTransfer',
  'agreeToTransfer',
  'objectToTransfer',
  'returnApplication',
  'resubmitApplication',
  'withdrawApplication',
  'refuseApplication',
  'approveApplication',
  'moveClass',
  'leave',
  'requestCorrection',
  'applyCorrection',
  'dropCorrection',
  'requestDeferral',
  'lapseDeferral',
  'promoteClasses',
  'undoPromotion',
  'graduate',
  'undoGraduation',
  'convertNumber',
  'requestNumberDeletion',
  'requestCancellation',
  'requestReinstatement',
  'promote',
  'giveBack',
] as const;
export type LifecycleAction = (typeof LIFECYCLE_ACTIONS)[number];

/** The life of a record, design section 4. Measure articles 1.2 (establishing) and 1.3 (changes). */
export const LIFECYCLE: readonly Row[] = [
  ...ENROLMENT_ROWS,
  ...TRANSFER_ROWS,
  ...STAY_ROWS,
  ...CORRECTION_ROWS,
  ...DEFERRAL_ROWS,
  ...YEAR_END_ROWS,
  ...NUMBER_ROWS,
  ...CANCELLATION_ROWS,
  ...REINSTATEMENT_ROWS,
  ...TAKE_OVER_ROWS,
];

/** What tells the rows of one act apart. */
export type Asked = Pick<Application, 'kind' | 'task' | 'state'>;

/** The row of an act on a record, or on this application; where none fits, the act's nearest row tells why. */
export function rowOf(action: LifecycleAction, asked: Asked | null = null): Row {
  const rows = LIFECYCLE.filter((row) => row.action === action);
  const ofKind = rows.filter(({ kind }) => kind === null || kind === asked?.kind);
  const atTask = ofKind.find(({ task }) => task !== undefined && task === asked?.task);
  return atTask ?? ofKind.find(({ task }) => task === undefined) ?? ofKind.at(-1) ?? rows[0]!;
}

/** Where the act leads a record that is in `status`; `before` is where it was when somebody applied. */
export function statusAfter(
  { to }: Row,
  status: RecordStatus,
  before: RecordStatus | null = null,
): RecordStatus {
  // What an undone act led away from is not in the table but in the history, which whoever approves has read.
  if (to === 'SAME' || to === 'UNDONE') return status;
  // An enrolment that comes to nothing leaves a record that never was in kindergarten.
  return to === 'BEFORE' ? (before ?? 'WITHDRAWN') : to;
}

export interface Edge {
  readonly action: LifecycleAction;
  readonly kind: ApplicationKind | null;
  readonly from: RecordStatus | null;
  readonly to: RecordStatus;
}

/** Every way from one status to the next, in the order of the table. */
export function edges(): Edge[] {
  return LIFECYCLE.flatMap((row) =>
    row.from.flatMap((from) =>
      endsOf(row, from).map((to) => ({ action: row.action, kind: row.kind, from, to })),
    ),
  );
}

function endsOf({ to, kind, undoes }: Row, from: RecordStatus | null): RecordStatus[] {
  if (to === 'SAME') return [from!];
  if (to === 'UNDONE')
    return LIFECYCLE.filter((row) => row.to === from).flatMap((row) => row.from as RecordStatus[]);
  return to === 'BEFORE' ? startsOf(undoes ?? BEGINS[kind!]) : [to];
}

/** Where records may be when an act happens. */
function startsOf(act: string): RecordStatus[] {
  const starts = LIFECYCLE.filter(({ action }) => action === act).flatMap(({ from }) => from);
  return [...new Set(starts.map((status) => status ?? 'WITHDRAWN'))];
}

/** Which act begins an application of each kind. */
const BEGINS: Readonly<Record<ApplicationKind, string>> = {
  ENROLMENT: 'submitEnrolment',
  TRANSFER: 'requestTransfer',
  DEFERRAL: 'requestDeferral',
  CORRECTION: 'requestCorrection',
  CANCELLATION: 'requestCancellation',
  REINSTATEMENT: 'requestReinstatement',
  NUMBER_DELETION: 'requestNumberDeletion',
};

/** The acts open from a status, in the order of the table; those on an application only where one is undecided. */
export function openActions(status: RecordStatus | null, asked: Asked | null = null): LifecycleAction[] {
  const open = LIFECYCLE.filter((row) => row.from.includes(status) && takes(row, asked));
  return [...new Set(open.map(({ action }) => action))];
}

const takes = ({ kind, states, task }: Row, asked: Asked | null): boolean =>
  kind === null ||
  (asked?.kind === kind && states!.includes(asked.state) && (task === undefined || task === asked.task));

const IN_KINDERGARTEN: readonly RecordStatus[] = ['ENROLLED', 'TRANSFERRING', 'DEFERRED'];

export function countsAsInKindergarten(status: RecordStatus): boolean {
  return IN_KINDERGARTEN.includes(status);
}

/** Is the act open from this status and, where it acts on one, for this application? A refusal names the acts that are. */
export function statusErrors(
  action: LifecycleAction,
  status: RecordStatus | null,
  asked: Asked | null = null,
): UserError[] {
  const row = rowOf(action, asked);
  if (row.from.includes(status) && takes(row, asked)) return [];
  if (action === 'submitEnrolment') return [noEntry(status)];
  const state = asked && row.kind !== null ? `，${APPLICATION_STATE[asked.state].zh} ${asked.state}` : '';
  const open = openActions(status, asked).join(', ') || '–';
  const facts = { status: `${wordOf(status)}${state}`, action: `${row.zh} ${action}`, open };
  return [userError('ACTION_NOT_OPEN', [], facts)];
}

const wordOf = (status: RecordStatus | null) =>
  status === null ? '无学籍' : `${RECORD_STATUS[status].zh} ${status}`;

function noEntry(status: RecordStatus | null): UserError {
  const open = status === 'PENDING' || status === 'RETURNED' || countsAsInKindergarten(status!);
  return userError(open ? 'ALREADY_ENROLLED' : 'RECORD_ENDED', ['childId'], { status: wordOf(status) });
}
