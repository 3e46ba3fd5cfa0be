/** What the school does to take-overs: written down, sent as often as it takes, applied once. */
import type { Graph } from './graph.ts';
import type { Mischief } from './mischief.ts';
import type { Act, Pupil, PupilState, Sending, SentItem } from './model.ts';
import {
  schoolAcceptTakeOvers,
  schoolAcknowledgeTakeOvers,
  schoolCancelTakeOvers,
  schoolLinkLateRecords,
  schoolOfferTakeOvers,
  schoolReleaseTakeOvers,
  type SchoolAcknowledgeTakeOversData,
  type TakeOverState,
} from './operations.ts';
import type { Outbox } from './outbox.ts';
import type { Pupils } from './pupils.ts';

type Acted = NonNullable<SchoolAcknowledgeTakeOversData['acted']>;
type Result = Acted['results'][number];
type TakeOver = NonNullable<Result['takeOver']>;

/** The six are alike but for what an item holds, and that was written down as it is sent. */
const OPERATION = {
  claim: schoolOfferTakeOvers,
  accept: schoolAcceptTakeOvers,
  acknowledge: schoolAcknowledgeTakeOvers,
  link: schoolLinkLateRecords,
  cancel: schoolCancelTakeOvers,
  release: schoolReleaseTakeOvers,
} as const;

const STATE_OF: Readonly<Record<TakeOverState, PupilState>> = {
  OFFERED: 'OFFERED',
  ACCEPTED: 'ACCEPTED',
  ACKNOWLEDGED: 'ACKNOWLEDGED',
  CONFLICT: 'DISPUTED',
  CANCELLED: 'GIVEN_BACK',
  RELEASED: 'GIVEN_BACK',
};

/** The pupil stays where it is, and is asked about again: somebody else is at work on the record. */
const LATER = ['TAKE_OVER_UNDER_WAY'];
/** The pupil stays where it is for good, since another school has the record. */
const ELSEWHERE = ['TAKE_OVER_ELSEWHERE', 'TAKE_OVER_CONFLICT'];

export interface Acting {
  readonly graph: Graph;
  readonly pupils: Pupils;
  readonly outbox: Outbox;
  readonly mischief: Mischief;
}

/** Begins an act on those chosen, and carries it through. False when there was nobody. */
export async function act(acting: Acting, name: Act, choose: () => readonly SentItem[]): Promise<boolean> {
  const sending = acting.outbox.write(name, choose);
  if (!sending) return false;
  acting.mischief.at(`${name}.written`);
  await carry(acting, sending);
  return true;
}

/** Everything that was on its way when the school last stopped. */
export async function resume(acting: Acting): Promise<void> {
  for (const sending of acting.mischief.shuffled(acting.outbox.waiting())) await carry(acting, sending);
}

async function carry({ graph, pupils, outbox, mischief }: Acting, sending: Sending): Promise<void> {
  const { act: name, key: idempotencyKey, items } = sending;
  const input = { idempotencyKey, items: items.map((item) => item.input) };
  const { acted } = await graph.ask(OPERATION[name] as typeof OPERATION.claim, { input });
  mischief.at(`${name}.answered`);
  const { results, userErrors } = acted;
  if (userErrors.length > 0) throw new Error(`the graph refused the request: ${userErrors[0]!.code}`);
  outbox.settle(sending, () => {
    items.forEach(({ ref }, i) => apply(pupils, ref, name, results[i]!));
  });
  mischief.at(`${name}.applied`);
}

function apply(pupils: Pupils, ref: string, name: Act, { takeOver, userErrors }: Result): void {
  const [refusal] = userErrors;
  if (refusal && LATER.includes(refusal.code)) return;
  if (refusal && (name === 'accept' || name === 'claim') && ELSEWHERE.includes(refusal.code))
    return pupils.change(ref, { state: 'DISPUTED', code: refusal.code });
  if (refusal?.code === 'NO_PRESCHOOL_RECORD') return pupils.change(ref, { state: 'NO_RECORD', code: null });
  // What cannot be linked or taken back stays what it was; who asked for it reads why.
  if (refusal && (name === 'link' || name === 'cancel' || name === 'release'))
    return pupils.change(ref, { code: refusal.code });
  if (refusal || !takeOver)
    return pupils.change(ref, { state: 'REFUSED', code: refusal?.code ?? 'NO_ANSWER' });
  const twin =
    pupils.byTakeOver(takeOver.id) ?? (takeOver.archive ? pupils.byNumber(takeOver.archive.number) : null);
  if (twin && twin.ref !== ref) return pupils.change(ref, { state: 'SAME_CHILD', code: twin.ref });
  pupils.change(ref, standing(takeOver));
}

/** What an answer says of a take-over; the number comes along once it is the school's to know. */
function standing({ id, state, archive, admittedOn, receipt }: TakeOver): Partial<Pupil> {
  return {
    ...{ state: STATE_OF[state], takeOverId: id, admittedOn, code: null, receipt },
    ...(archive && { number: archive.number, bornOn: archive.bornOn, status: archive.status }),
  };
}
