/** What may happen to a handful of children in two kindergartens of two counties, good and bad. */
import { daysAfter } from './days.ts';
import type { Plan } from './plans.ts';
import type { Life, Reference } from './reference.ts';

export const TODAY = '2026-11-23';

/** What a reason or remark may be, by name, so that a counterexample stays short. */
export const WORDS = { fit: '材料不全', blank: ' ', long: '长'.repeat(201), number: '电话19012345678' };
export type Word = keyof typeof WORDS;

/** `own`: whose act it is, and whose turn. `submitter`: the account that submitted, in the county's role. */
export type Who = 'own' | 'garden0' | 'garden1' | 'county0' | 'county1' | 'city' | 'province' | 'submitter';
export type Decision =
  | 'approveApplication'
  | 'returnApplication'
  | 'refuseApplication'
  | 'withdrawApplication'
  | 'resubmitApplication';

export interface By {
  readonly child: number;
  readonly who: Who;
}
export interface Submit extends By {
  readonly act: 'submitEnrolment';
  readonly garden: number;
  /** A class by its place among all: 0 and 1 are the first kindergarten's, 2 and 3 the second's. */
  readonly class: number;
  readonly on: string;
}
/** The other kindergarten asks for a child, with or without the guardians' papers. */
export interface Transfer extends By {
  readonly act: 'requestTransfer';
  readonly garden: number;
  readonly class: number;
  readonly on: string;
  readonly papers: boolean;
}
/** The kindergarten that has the child answers. */
export interface Answer extends By {
  readonly act: 'agreeToTransfer' | 'objectToTransfer';
  readonly back: number;
  readonly reason: Word;
}
export interface Decide extends By {
  readonly act: Decision;
  /** How many applications back; 0 is the latest. */
  readonly back: number;
  readonly reason: Word;
  readonly class: number | null;
  readonly on: string | null;
}
export interface Move extends By {
  readonly act: 'moveClass';
  readonly class: number;
  readonly on: string;
}
export interface Leave extends By {
  readonly act: 'leave';
  readonly reason: 'MOVED_AWAY' | 'OTHER';
  readonly remark: Word;
  readonly on: string;
}
/** A kindergarten is suspended, or opens again. */
export interface Toggle {
  readonly act: 'toggle';
  readonly garden: number;
}
/** Days pass, nobody acts, and the clock of the service runs. */
export interface Pass {
  readonly act: 'pass';
  readonly days: number;
}
export type Act = Submit | Transfer | Answer | Decide | Move | Leave;
export type Step = Act | Toggle | Pass;

type ActName = Step['act'];
const ANY: readonly ActName[] = [
  'submitEnrolment', 'requestTransfer', 'agreeToTransfer', 'objectToTransfer', 'approveApplication', 'leave',
  'moveClass', 'returnApplication', 'resubmitApplication', 'refuseApplication', 'withdrawApplication', 'toggle',
  'pass',
]; // prettier-ignore
const DECIDING: readonly ActName[] = [
  'approveApplication', 'approveApplication', 'approveApplication', 'returnApplication', 'refuseApplication',
  'withdrawApplication', 'pass',
]; // prettier-ignore
const COMPLETING: readonly ActName[] = [
  'resubmitApplication', 'resubmitApplication', 'withdrawApplication', 'refuseApplication', 'pass', 'pass',
]; // prettier-ignore
const FITTING: Readonly<Record<string, readonly ActName[]>> = {
  'PENDING SUBMITTED': DECIDING,
  'RETURNED RETURNED': COMPLETING,
  ENROLLED: ['requestTransfer', 'requestTransfer', 'requestTransfer', 'leave', 'leave', 'moveClass', 'pass'],
  'TRANSFERRING ANSWER': ['agreeToTransfer', 'objectToTransfer', 'withdrawApplication', 'pass', 'pass'],
  'TRANSFERRING SUBMITTED': DECIDING,
  'TRANSFERRING RETURNED': COMPLETING,
  LEFT: ['submitEnrolment', 'submitEnrolment', 'pass'],
  WITHDRAWN: ['submitEnrolment'],
  null: ['submitEnrolment'],
}; // prettier-ignore

/** Within the school year of the classes. */
const LAST_DAY = '2027-07-31';

/** Up to the last day a holder has in time, the day after, and longer. */
const DAYS = [1, 14, 15, 15, 20, 20];

/** The plan as an act, now that it is known how things stand with the child. */
export function stepOf(plan: Plan, { lives, day }: Pick<Reference, 'lives' | 'day'>): Step {
  const life = lives[plan.child]!;
  const acts = plan.fitting ? FITTING[standing(life)]! : ANY;
  const act = acts[plan.roll % acts.length]!;
  const { child, who, back, text: reason, fitting } = plan;
  // No stay begins before the first of these days, so no transfer can be of that day.
  const early = act === 'requestTransfer' && fitting && plan.on === '2026-09-01';
  const on = plan.on === 'today' || early ? day : plan.on === 'tomorrow' ? daysAfter(day, 1) : plan.on;
  const garden = act === 'requestTransfer' && fitting ? 1 - life.garden : plan.garden;
  const asked = act === 'submitEnrolment' || act === 'requestTransfer';
  const wanted = life.applications.at(-1)?.turn ? life.applications.at(-1)!.garden : life.garden;
  const at = asked || wanted < 0 ? garden : wanted;
  const classNo = (plan.foreignClass ? 1 - at : at) * 2 + (plan.second ? 1 : 0);
  switch (act) {
    case 'toggle':
      return { act, garden };
    case 'pass':
      return { act, days: day < LAST_DAY ? DAYS[Math.floor(plan.roll / 10)]! : 0 };
    case 'submitEnrolment':
      return { act, child, who, garden, class: classNo, on };
    case 'requestTransfer':
      return { act, child, who, garden, class: classNo, on, papers: reason !== 'long' };
    case 'agreeToTransfer':
    case 'objectToTransfer':
      return { act, child, who, back, reason };
    case 'moveClass':
      return { act, child, who, class: classNo, on };
    case 'leave':
      return { act, child, who, reason: plan.other ? 'OTHER' : 'MOVED_AWAY', remark: reason, on };
    default:
      return {
        ...{ act, child, who, back, reason },
        class: plan.correct ? classNo : null,
        on: plan.correct ? on : null,
      };
  }
}

/** The status, and how far an undecided application is. */
function standing({ status, applications }: Life): string {
  const last = applications.at(-1);
  if (!last?.turn) return String(status);
  return `${status} ${last.turn.task === 'ANSWER' ? 'ANSWER' : last.state}`;
}
