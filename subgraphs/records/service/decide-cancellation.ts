import { compare } from '../../../kernel/rules/plain-date.ts';
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import type { Placement, Record } from '../model.ts';
import type { Facts } from '../rules/facts.ts';
import { resubmittedTurn } from '../rules/turns.ts';
import type { Case, Peculiar } from './act-on-applications.ts';
import { carryOut, ordersOf, type Orders } from './carry-out-orders.ts';
import type { Changes } from './changes.ts';
import type { Deps } from './deps.ts';
import { cancellationFacts, stayFrom, survivorOf } from './request-cancellation.ts';
import { resubmitted } from './resubmit-enrolment.ts';
import { lastStays, leftOn } from './stays.ts';

interface More {
  /** By record, all its stays if one is open, the open one, and the last that has ended. */
  readonly stays: ReadonlyMap<string, readonly Placement[]>;
  readonly open: ReadonlyMap<string, Placement>;
  readonly ended: ReadonlyMap<string, Placement>;
  /** The records that go on, by id. */
  readonly survivors: ReadonlyMap<string, Record>;
  /** Records this very batch has cancelled; none of them goes on. */
  readonly gone: Set<string>;
  readonly orders: Orders;
}

const saidBy = ({ application }: Case) => application.details!.cancellation!;
const dayOf = ({ act, application }: Case) => act.enteredOn ?? application.enteredOn;

async function gather({ queries }: Deps, cases: readonly Case[]): Promise<More> {
  const records = cases.map(({ record }) => record);
  const [all, ended, survivors, orders] = await Promise.all([
    queries.placementsByRecord(records.map(({ id }) => id)),
    lastStays({ queries }, records),
    queries.recordsWhole(cases.flatMap((one) => saidBy(one).duplicateOf ?? [])),
    ordersOf(
      { queries },
      records.map(({ id }) => id),
      'CANCEL',
    ),
  ]);
  const open = new Map(all.filter(({ untilOn }) => untilOn === null).map((stay) => [stay.recordId, stay]));
  const stays = new Map(
    [...open.keys()].map((id) => [id, all.filter(({ recordId }) => recordId === id)] as const),
  );
  const goOn = new Map(survivors.map((one) => [one.id, one]));
  return { stays, open, ended, survivors: goOn, gone: new Set(), orders };
}

/** Of a child that died before it moved to its last class, the stay before ends that day, and the last one has no day. */
function endBy(day: string, stay: Placement, changes: Changes): void {
  if (stay.untilOn !== null && compare(stay.untilOn, day) <= 0) return;
  const end = compare(stay.fromOn, day) > 0 ? stay.fromOn : day;
  if (stay.untilOn !== end) changes.close(stay, end);
}

function factsOf(one: Case, { open, ended, survivors, gone, orders }: More): Partial<Facts> {
  const { record } = one;
  const { reason, duplicateOf } = saidBy(one);
  const stay = open.get(record.id);
  const survivor = duplicateOf === null ? undefined : survivors.get(duplicateOf);
  return {
    ...cancellationFacts(record, reason, dayOf(one)),
    ordered: orders.get(record.id)!.length > 0,
    ...(stay ? { stayFrom: stayFrom(record, stay, reason) } : leftOn(ended, record)),
    ...(survivor && gone.has(survivor.id) ? { survivor: { id: survivor.id, goesOn: false } } : {}),
    ...(survivor && !gone.has(survivor.id) ? { survivor: survivorOf(survivor) } : {}),
  };
}

/** Approval of a cancellation: the open stay ends, and the number leads on to the record that goes on, if there is one. */
export const cancellationApproval = (deps: Deps): Peculiar<More> => ({
  gather: (cases) => gather(deps, cases),
  facts: factsOf,
  effect(one, { stays, survivors, gone, orders }, changes) {
    const { record, application } = one;
    const { duplicateOf: mergedInto } = saidBy(one);
    for (const stay of stays.get(record.id) ?? []) endBy(application.enteredOn, stay, changes);
    // Two that were each other's duplicates must not both end.
    if (mergedInto !== null) changes.hold(survivors.get(mergedInto)!);
    gone.add(record.id);
    carryOut(changes, orders, record);
    return { record: { mergedInto, deferredUntil: null }, about: { effectiveOn: application.enteredOn } };
  },
});

/** Resubmission of a cancellation: the day and the papers may be completed. */
export const cancellationResubmission = (deps: Deps, { account }: Viewer): Peculiar<More> => ({
  gather: (cases) => gather(deps, cases),
  facts: (one, more) => ({
    ...factsOf(one, more),
    evidence: one.act.evidence ?? one.application.evidence,
  }),
  effect: (one) => ({
    application: {
      enteredOn: dayOf(one),
      evidence: one.act.evidence ?? one.application.evidence,
      ...resubmitted(deps.now(), account),
    },
    turn: resubmittedTurn(one.application),
  }),
});
