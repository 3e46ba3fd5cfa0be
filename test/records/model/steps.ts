/** What may happen to a handful of children in two kindergartens of two counties, good and bad. */
import fc from 'fast-check';

export const TODAY = '2026-11-23';
const TOMORROW = '2026-11-24';
const NO_DAY = '2026-02-30';

/** What a reason or remark may be, by name, so that a counterexample stays short. */
export const WORDS = { fit: '材料不全', blank: ' ', long: '长'.repeat(201) };
export type Word = keyof typeof WORDS;

/** `own`: whose act it is. `submitter`: the account that submitted, in the county's role. */
export type Who = 'own' | 'garden0' | 'garden1' | 'county0' | 'county1' | 'city' | 'submitter';
export type Decision =
  | 'approveApplication'
  | 'returnApplication'
  | 'refuseApplication'
  | 'withdrawApplication'
  | 'resubmitApplication';

interface By {
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
export type Step = Submit | Decide | Move | Leave | Toggle;

const weighed = <T>(...pairs: readonly (readonly [number, T])[]) =>
  fc.oneof(...pairs.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })));

const child = weighed([8, 0], [3, 1], [1, 2]);
const who = weighed<Who>(
  ...([
    [16, 'own'],
    [1, 'garden0'],
    [1, 'garden1'],
    [1, 'county0'],
    [1, 'county1'],
    [1, 'city'],
    [1, 'submitter'],
  ] as const),
);
const on = weighed(
  [3, '2026-09-01'],
  [4, '2026-10-08'],
  [4, '2026-11-02'],
  [8, TODAY],
  [1, TOMORROW],
  [1, NO_DAY],
);
const text = weighed<Word>([6, 'fit'], [1, 'blank'], [1, 'long']);

/** What a clerk has in mind; which act it becomes may depend on how things stand by then. */
export interface Plan extends By {
  /** Mostly an act that fits the child's status, else any: blind acts alone hardly ever get a life beyond its start. */
  readonly fitting: boolean;
  readonly roll: number;
  readonly garden: number;
  readonly second: boolean;
  readonly foreignClass: boolean;
  readonly correct: boolean;
  readonly on: string;
  readonly back: number;
  readonly text: Word;
  readonly other: boolean;
}

const yes = (often: number, seldom: number) => weighed([often, true], [seldom, false]);

export const plans = (maxLength: number): fc.Arbitrary<Plan[]> =>
  fc.array(
    fc.record({
      child,
      who,
      fitting: yes(5, 1),
      roll: fc.nat(59),
      garden: weighed([2, 0], [1, 1]),
      second: yes(1, 2),
      foreignClass: yes(1, 9),
      correct: yes(1, 2),
      on,
      back: weighed([9, 0], [1, 1]),
      text,
      other: yes(1, 2),
    }),
    { minLength: 6, maxLength, size: 'max' },
  );

type Act = Step['act'];
const ANY: readonly Act[] = [
  'submitEnrolment', 'approveApplication', 'leave', 'moveClass', 'returnApplication', 'resubmitApplication',
  'refuseApplication', 'withdrawApplication', 'toggle', 'leave',
]; // prettier-ignore
const FITTING: Readonly<Record<string, readonly Act[]>> = {
  PENDING: [
    'approveApplication', 'approveApplication', 'approveApplication',
    'returnApplication', 'refuseApplication', 'withdrawApplication',
  ],
  RETURNED: ['resubmitApplication', 'resubmitApplication', 'withdrawApplication'],
  ENROLLED: ['leave', 'leave', 'moveClass'],
  LEFT: ['submitEnrolment'],
  WITHDRAWN: ['submitEnrolment'],
  null: ['submitEnrolment'],
}; // prettier-ignore

/** The plan as an act, now that the child's status is known; `home` is the kindergarten its record is with. */
export function stepOf(plan: Plan, status: string | null, home: number): Step {
  const acts = plan.fitting ? FITTING[String(status)]! : ANY;
  const act = acts[plan.roll % acts.length]!;
  const { child, who, on, back, text: reason, garden } = plan;
  const at = act === 'submitEnrolment' || home < 0 ? garden : home;
  const classNo = (plan.foreignClass ? 1 - at : at) * 2 + (plan.second ? 1 : 0);
  switch (act) {
    case 'toggle':
      return { act, garden };
    case 'submitEnrolment':
      return { act, child, who, garden, class: classNo, on };
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
