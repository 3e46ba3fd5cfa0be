/** What an authority or an applicant may do with an application, whatever its kind. */
import type { Life } from './reference.ts';
import type { Answer, Decide, Word } from './steps.ts';
import { begin, isWith, type Application, type Clerk } from './turns.ts';

const BY_AUTHORITY = ['approveApplication', 'returnApplication', 'refuseApplication'];

/** Why the act is not open to this clerk, or now; null where it is. */
export function closed(
  { act }: Decide | Answer,
  application: Application | undefined,
  clerk: Clerk,
): string | null {
  if (!application) return 'NOT_FOUND';
  const { garden, from, turn, state } = application;
  const isReceiver = clerk.gardens.includes(garden);
  if (!isReceiver && (from === null || !clerk.gardens.includes(from))) return 'NOT_FOUND';
  if (BY_AUTHORITY.includes(act) === (clerk.role === 'KINDERGARTEN')) return 'NOT_YOUR_ACT';
  if (turn === null) return 'ALREADY_DECIDED';
  const open = {
    agreeToTransfer: turn.task === 'ANSWER',
    objectToTransfer: turn.task === 'ANSWER',
    approveApplication: state === 'SUBMITTED' && (turn.task === 'DECIDE' || turn.task === 'RELEASE'),
    returnApplication: state === 'SUBMITTED',
    resubmitApplication: state === 'RETURNED',
    refuseApplication: true,
    withdrawApplication: true,
  };
  if (!open[act]) return 'ACTION_NOT_OPEN';
  if (act === 'withdrawApplication' || act === 'resubmitApplication')
    return isReceiver ? null : 'NOT_THE_APPLICANT';
  return isWith(clerk, application) ? null : 'NOT_WITH_YOU';
}

/** Whatever people write is short, and holds no telephone's or paper's number. */
export const wordRefusals = (word: Word): string[] =>
  word === 'long' ? ['TOO_LONG'] : word === 'number' ? ['TEXT_HOLDS_NUMBER'] : [];

/** What speaks against what the clerk says; `lawful`: the kindergarten that gets the child is open. */
export function decisionRefusals(
  { act, reason }: Decide,
  { by, objected, turn, returnedBy }: Application,
  clerk: Clerk,
  lawful: boolean,
): string[] {
  const refusals: string[] = [];
  if (BY_AUTHORITY.includes(act) && clerk.account === by) refusals.push('SAME_ACCOUNT');
  // The side the child comes from returns it once only.
  const releases = turn!.task === 'RELEASE';
  if (act === 'returnApplication' && releases && returnedBy.task === 'RELEASE')
    refusals.push('TRANSFER_RETURNED_BEFORE');
  const mustSay = act === 'returnApplication' || act === 'refuseApplication';
  if (mustSay && reason === 'blank') refusals.push('REASON_REQUIRED');
  const approves = act === 'approveApplication';
  if (approves && !lawful && !releases) refusals.push('INSTITUTION_NOT_LAWFUL');
  if (act !== 'resubmitApplication') refusals.push(...wordRefusals(reason));
  if (approves && objected && reason === 'blank') refusals.push('REASON_REQUIRED');
  return refusals;
}

/** The act takes effect. */
export function carryOut(
  act: Decide['act'],
  life: Life,
  application: Application,
  said: Pick<Application, 'class' | 'on' | 'by'>,
  today: string,
): void {
  const isTransfer = application.kind === 'TRANSFER';
  if (act === 'returnApplication') {
    const { task, role } = application.turn!;
    Object.assign(application, { state: 'RETURNED', returnedBy: { task, role } });
    begin(application, 'COMPLETE', 'KINDERGARTEN', today);
    if (!isTransfer) life.status = 'RETURNED';
  } else if (act === 'resubmitApplication') {
    const { task, role } = application.turn!;
    Object.assign(application, { state: 'SUBMITTED', ...said });
    // To whoever returned it, or to whom it has climbed since.
    const back = task === 'COMPLETE' ? application.returnedBy : { task, role };
    begin(application, back.task, back.role, today);
    if (!isTransfer) life.status = 'PENDING';
    if (!life.numbered) life.enteredOn = said.on;
  } else if (act === 'approveApplication' && application.turn!.task === 'RELEASE') {
    begin(application, 'DECIDE', 'COUNTY', today);
  } else if (act === 'approveApplication') {
    const { garden, class: classNo, on } = application;
    Object.assign(application, { state: 'APPROVED', turn: null });
    life.stay = { garden, class: classNo, from: on, until: null };
    Object.assign(life, { status: 'ENROLLED', numbered: true, garden, enteredOn: on });
  } else {
    const state = act === 'refuseApplication' ? 'REFUSED' : 'WITHDRAWN';
    Object.assign(application, { state, turn: null });
    life.status = isTransfer ? 'ENROLLED' : life.stay ? 'LEFT' : 'WITHDRAWN';
  }
}
