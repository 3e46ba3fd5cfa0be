import type { Viewer } from '../../../kernel/rules/viewer.ts';
import type { Placement, Record } from '../model.ts';
import type { Facts } from '../rules/facts.ts';
import { resubmittedTurn } from '../rules/turns.ts';
import type { Case, Peculiar } from './act-on-applications.ts';
import type { Deps } from './deps.ts';
import { cancellationFacts, survivorOf } from './request-cancellation.ts';
import { resubmitted } from './resubmit-enrolment.ts';
import { lastStays, leftOn, openStays } from './stays.ts';

interface More {
  /** By record, the open stay and the last that has ended. */
  readonly open: ReadonlyMap<string, Placement>;
  readonly ended: ReadonlyMap<string, Placement>;
  /** The records that go on, by id. */
  readonly survivors: ReadonlyMap<string, Record>;
  /** Records this very batch has cancelled; none of them goes on. */
  readonly gone: Set<string>;
}

const saidBy = ({ application }: Case) => application.details!.cancellation!;
const dayOf = ({ act, application }: Case) => act.enteredOn ?? application.enteredOn;

async function gather({ queries }: Deps, cases: readonly Case[]): Promise<More> {
  const records = cases.map(({ record }) => record);
  const [open, ended, survivors] = await Promise.all([
    openStays(
      { queries },
      records.map(({ id }) => id),
    ),
    lastStays({ queries }, records),
    queries.recordsById(cases.flatMap((one) => saidBy(one).duplicateOf ?? [])),
  ]);
  return { open, ended, survivors: new Map(survivors.map((one) => [one.id, one])), gone: new Set() };
}

function factsOf(one: Case, { open, ended, survivors, gone }: More): Partial<Facts> {
  const { record } = one;
  const { reason, duplicateOf } = saidBy(one);
  const stay = open.get(record.id);
  const survivor = duplicateOf === null ? undefined : survivors.get(duplicateOf);
  return {
    ...cancellationFacts(record, reason, dayOf(one)),
    ...(stay ? { stayFrom: stay.fromOn } : leftOn(ended, record)),
    ...(survivor && gone.has(survivor.id) ? { survivor: { id: survivor.id, goesOn: false } } : {}),
    ...(survivor && !gone.has(survivor.id) ? { survivor: survivorOf(survivor) } : {}),
  };
}

/** Approval of a cancellation: the open stay ends, and the number leads on to the record that goes on, if there is one. */
export const cancellationApproval = (deps: Deps): Peculiar<More> => ({
  gather: (cases) => gather(deps, cases),
  facts: factsOf,
  effect(one, { open, survivors, gone }, changes) {
    const { record, application } = one;
    const { duplicateOf: mergedInto } = saidBy(one);
    const stay = open.get(record.id);
    if (stay) changes.close(stay, application.enteredOn);
    // Two that were each other's duplicates must not both end.
    if (mergedInto !== null) changes.hold(survivors.get(mergedInto)!);
    gone.add(record.id);
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
