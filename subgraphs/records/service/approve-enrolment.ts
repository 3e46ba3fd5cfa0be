import { today } from '../../../kernel/rules/plain-date.ts';
import { formalNumber, temporaryNumber } from '../../../kernel/rules/record-number.ts';
import { newId, randomDigits } from '../../../kernel/store/ids.ts';
import type { Placement } from '../model.ts';
import type { Case, Peculiar } from './act-on-applications.ts';
import type { Changes } from './changes.ts';
import type { Deps } from './deps.ts';
import { seatOf } from './applied.ts';
import { handOver } from './hand-over.ts';
import { neighbours, type ChildAnswer, type ClassAnswer, type InstitutionAnswer } from './neighbours.ts';

interface Issue {
  readonly number: string;
  readonly digest: string;
  readonly taken: boolean;
}

interface More {
  readonly institutions: ReadonlyMap<string, InstitutionAnswer>;
  readonly classes: ReadonlyMap<string, ClassAnswer>;
  readonly children: ReadonlyMap<string, ChildAnswer>;
  /** By record id; a record that has its number already is not among them. */
  readonly issues: ReadonlyMap<string, Issue>;
}

/** Approval of an enrolment: the number is issued and the placement opened, in the approval's own transaction. */
export function enrolmentApproval(deps: Deps): Peculiar<More> {
  const issuedOn = today(deps.now());
  return {
    async gather(cases) {
      const [institutions, classes, children] = await Promise.all([
        neighbours.institutions(
          deps.peers,
          cases.map(({ application }) => application.institutionCode),
        ),
        neighbours.classes(
          deps.peers,
          cases.map(({ application }) => application.classId),
        ),
        neighbours.children(
          deps.peers,
          cases.map(({ record }) => record.childId),
        ),
      ]);
      return { institutions, classes, children, issues: await numbersFor(deps, cases, children) };
    },
    facts({ application, record }, { institutions, classes, children, issues }) {
      const institution = institutions.get(application.institutionCode) ?? null;
      const found = classes.get(application.classId);
      return {
        institution,
        class: found ? { ...found, institutionId: found.institution.id, taken: 0 } : null,
        child: children.get(record.childId) ?? null,
        numberTaken: issues.get(record.id)?.taken ?? false,
      };
    },
    effect({ application, record }, { institutions, classes, issues }, changes) {
      const institution = institutions.get(application.institutionCode)!;
      changes.open(placementOf({ application, record }, institution, classes.get(application.classId)!));
      const { enteredOn } = application;
      const number = record.number ?? issue(issues.get(record.id)!, record.id, issuedOn, changes);
      return {
        record: { ...seatOf(application), enteredOn, number },
        about: { effectiveOn: enteredOn },
        ...handOver(changes, { application, record }, issuedOn),
      };
    },
  };
}

function issue({ number, digest }: Issue, recordId: string, issuedOn: string, changes: Changes): string {
  changes.number({ digest, recordId, number, seq: 1, issuedOn, endedOn: null, endReason: null });
  return number;
}

export function placementOf(
  { application, record }: Pick<Case, 'application' | 'record'>,
  institution: InstitutionAnswer,
  { level }: ClassAnswer,
): Placement {
  const { institutionId, institutionCode, classId, provinceCode, cityCode, countyCode, enteredOn } =
    application;
  const { birthCohort, sex } = record;
  const { ownership, urbanRural } = institution;
  const seat = { institutionId, institutionCode, classId, provinceCode, cityCode, countyCode };
  const dimensions = { birthCohort, sex, classLevel: level, ownership, urbanRural };
  return {
    id: newId(),
    recordId: record.id,
    ...seat,
    ...dimensions,
    fromOn: enteredOn,
    untilOn: null,
    version: 1,
  };
}

const DRAWS = 20;

/** G and the resident ID where there is one, else a free L number; never a second number for a record. */
async function numbersFor(
  { queries }: Deps,
  cases: readonly Case[],
  children: ReadonlyMap<string, ChildAnswer>,
): Promise<Map<string, Issue>> {
  const issues = new Map<string, Issue>();
  let open = cases.filter(({ record }) => record.number === null && children.has(record.childId));
  for (let draw = 0; open.length > 0 && draw < DRAWS; draw++) {
    const drawn = open.map((one) => ({ one, number: candidate(one, children.get(one.record.childId)!) }));
    const digests = drawn.map(({ number }) => queries.digestOf(number));
    const owners = new Map(
      (await queries.numbersByDigest(digests)).map(({ digest, recordId }) => [digest, recordId]),
    );
    const drawnHere = new Set([...issues.values()].map(({ digest }) => digest));
    drawn.forEach(({ one, number }, i) => {
      const digest = digests[i]!;
      const owner = owners.get(digest);
      // Its own number: somebody else has just approved the same application, which the versions will tell.
      const taken = (owner !== undefined && owner !== one.record.id) || drawnHere.has(digest);
      drawnHere.add(digest);
      issues.set(one.record.id, { number, digest, taken });
    });
    // A temporary number that is taken is drawn again; a formal one is a problem case and stays taken.
    open = open.filter(
      ({ record }) => issues.get(record.id)!.taken && issues.get(record.id)!.number.startsWith('L'),
    );
    for (const { record } of open) issues.delete(record.id);
  }
  return issues;
}

function candidate({ application, record }: Case, { residentIdForNumber }: ChildAnswer): string {
  if (residentIdForNumber !== null) return formalNumber(residentIdForNumber);
  const fourDigits = randomDigits(4);
  return temporaryNumber(application.countyCode, record.bornOn, fourDigits);
}
