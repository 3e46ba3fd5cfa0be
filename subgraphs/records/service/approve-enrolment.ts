import { today } from '../../../kernel/rules/plain-date.ts';
import { formalNumber, temporaryNumber } from '../../../kernel/rules/record-number.ts';
import { newId, randomDigits } from '../../../kernel/store/ids.ts';
import type { IssuedNumber, Placement } from '../model.ts';
import type { Case, Peculiar } from './act-on-applications.ts';
import type { Changes } from './changes.ts';
import type { Deps } from './deps.ts';
import { seatOf } from './applied.ts';
import { handOver } from './hand-over.ts';
import { contestsOver, openContest, type Contests } from './contested-numbers.ts';
import { takenOver, type Drawn } from './numbers.ts';
import { neighbours, type ChildAnswer, type ClassAnswer, type InstitutionAnswer } from './neighbours.ts';

interface Issue extends Drawn {
  readonly taken: boolean;
  /** The record that has the G number this child's ID gives; null where none has. */
  readonly contestedBy: string | null;
}

interface More {
  readonly institutions: ReadonlyMap<string, InstitutionAnswer>;
  readonly classes: ReadonlyMap<string, ClassAnswer>;
  readonly children: ReadonlyMap<string, ChildAnswer>;
  /** By record id; a record that has its number already is not among them. */
  readonly issues: ReadonlyMap<string, Issue>;
  readonly contests: Contests;
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
      const issues = await numbersFor(deps, cases, children);
      const contests = await contestsOver(
        deps,
        cases.flatMap(({ record }) => {
          const holderId = issues.get(record.id)?.contestedBy ?? null;
          return holderId === null ? [] : [{ holderId, other: record }];
        }),
      );
      return { institutions, classes, children, issues, contests };
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
    effect({ application, record }, { institutions, classes, issues, contests }, changes) {
      const institution = institutions.get(application.institutionCode)!;
      changes.open(placementOf({ application, record }, institution, classes.get(application.classId)!));
      const { enteredOn } = application;
      const number = record.number ?? issue(issues.get(record.id)!, record.id, issuedOn, changes);
      const contested = openContest(changes, contests, { ...record, ...seatOf(application) });
      return {
        ...(contested ? { application: { warnings: [...application.warnings, contested] } } : {}),
        record: { ...seatOf(application), enteredOn, number },
        about: { effectiveOn: enteredOn },
        ...handOver(changes, { application, record }, issuedOn),
      };
    },
  };
}

function issue(
  { number, digest, claim }: Issue,
  recordId: string,
  issuedOn: string,
  changes: Changes,
): string {
  changes.number({ digest, claim, recordId, number, seq: 1, issuedOn, endedOn: null, endReason: null });
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
  // Records whose G somebody else has, by who that is: they begin with an L, and a case is opened.
  const contested = new Map<string, string>();
  const drawnHere = new Map<string, string>();
  let open = cases.filter(({ record }) => record.number === null && children.has(record.childId));
  for (let draw = 0; open.length > 0 && draw < DRAWS; draw++) {
    const drawn = open.map((one) => {
      const child = children.get(one.record.childId)!;
      return { one, number: candidate(one, child, contested.has(one.record.id)) };
    });
    const digests = drawn.map(({ number }) => queries.digestOf(number));
    const last = new Map<string, IssuedNumber>();
    for (const issued of await queries.numbersByDigest(digests))
      if (!last.has(issued.digest)) last.set(issued.digest, issued);
    for (const [i, { one, number }] of drawn.entries()) {
      const digest = digests[i]!;
      const { id } = one.record;
      const found = last.get(digest);
      const first = { number, digest, ownerId: found?.recordId ?? null, claim: 0 };
      const issue = found ? await takenOver(queries, first, found, id) : first;
      // Its own number: somebody else has just approved the same application, which the versions will tell.
      const ownerId = issue.ownerId === id ? null : (issue.ownerId ?? drawnHere.get(digest) ?? null);
      drawnHere.set(digest, id);
      issues.set(id, { ...issue, taken: ownerId !== null, contestedBy: contested.get(id) ?? null });
      if (ownerId !== null && number.startsWith('G')) contested.set(id, ownerId);
    }
    open = open.filter(({ record }) => issues.get(record.id)!.taken);
    if (draw < DRAWS - 1) for (const { record } of open) issues.delete(record.id);
  }
  return issues;
}

function candidate(
  { application, record }: Case,
  { residentIdForNumber }: ChildAnswer,
  contested: boolean,
): string {
  if (residentIdForNumber !== null && !contested) return formalNumber(residentIdForNumber);
  const fourDigits = randomDigits(4);
  return temporaryNumber(application.countyCode, record.bornOn, fourDigits);
}
