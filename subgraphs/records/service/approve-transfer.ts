import type { Placement } from '../model.ts';
import { compare, today } from '../../../kernel/rules/plain-date.ts';
import { Conflict } from '../../../kernel/store/errors.ts';
import { afterRelease } from '../rules/turns.ts';
import { seatOf } from './applied.ts';
import type { Case, Peculiar } from './act-on-applications.ts';
import { placementOf } from './approve-enrolment.ts';
import type { Changes } from './changes.ts';
import type { Deps } from './deps.ts';
import { handOver } from './hand-over.ts';
import { neighbours, type ClassAnswer, type InstitutionAnswer } from './neighbours.ts';
import { openStays } from './stays.ts';

interface More {
  readonly institutions: ReadonlyMap<string, InstitutionAnswer>;
  readonly classes: ReadonlyMap<string, ClassAnswer>;
  /** By record, where the child is. */
  readonly stays: ReadonlyMap<string, Placement>;
  /** Children the new kindergarten still holds, by id. */
  readonly held: ReadonlySet<string>;
}

/** Approval of a transfer: one stay ends and the next begins on the same day, in one transaction. */
export function transferApproval({ peers, queries, now }: Deps): Peculiar<More> {
  const decidedOn = today(now());
  return {
    async gather(cases) {
      const codes = cases.map(({ application }) => application.institutionCode);
      const [institutions, classes, children, stays] = await Promise.all([
        neighbours.institutions(peers, codes),
        neighbours.classes(
          peers,
          cases.map(({ application }) => application.classId),
        ),
        neighbours.children(
          peers,
          cases.map(({ record }) => record.childId),
        ),
        openStays(
          { queries },
          cases.map(({ record }) => record.id),
        ),
      ]);
      const held = cases
        .filter(({ record, application }) =>
          children.get(record.childId)?.holderCodes.includes(application.institutionCode),
        )
        .map(({ record }) => record.childId);
      return { institutions, classes, stays, held: new Set(held) };
    },
    facts({ application, record }, { institutions, classes, held }) {
      const found = classes.get(application.classId);
      return {
        institution: institutions.get(application.institutionCode) ?? null,
        class: found ? { ...found, institutionId: found.institution.id, taken: 0 } : null,
        child: held.has(record.childId)
          ? { id: record.childId, bornOn: record.bornOn, sex: record.sex, likeChildren: 0 }
          : null,
        // Meanwhile the one may have been merged into the other.
        presentInstitutionCode: record.institutionCode,
      };
    },
    effect(one, more, changes) {
      if (one.application.task === 'RELEASE') return { turn: afterRelease(one.application) };
      return swap(one, more, changes, decidedOn);
    },
  };
}

function swap(
  { application, record }: Case,
  { institutions, classes, stays }: More,
  changes: Changes,
  decidedOn: string,
) {
  const stay = stays.get(record.id);
  // The stay has ended between the two reads, so the record is another by now.
  if (!stay) throw new Conflict();
  // The child may have moved to another class meanwhile; no stay ends before it begins.
  const on = compare(application.enteredOn, stay.fromOn) > 0 ? application.enteredOn : stay.fromOn;
  const institution = institutions.get(application.institutionCode)!;
  const next = placementOf({ application, record }, institution, classes.get(application.classId)!);
  changes.close(stay, on);
  changes.open({ ...next, fromOn: on });
  const seat = seatOf(application);
  const handed = handOver(changes, { application, record }, decidedOn);
  return { record: { ...seat, enteredOn: on }, about: { effectiveOn: on }, ...handed };
}
