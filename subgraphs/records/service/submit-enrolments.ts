import { today } from '../../../kernel/rules/plain-date.ts';
import { birthCohort } from '../../../kernel/rules/school-year.ts';
import { userError, type UserError } from '../../../kernel/rules/user-errors.ts';
import { covers, type Viewer } from '../../../kernel/rules/viewer.ts';
import { performBatch } from '../../../kernel/store/batch.ts';
import { isId } from '../../../kernel/rules/ids.ts';
import { newId } from '../../../kernel/store/ids.ts';
import type { Application, Record } from '../model.ts';
import type { Reckoning } from '../rules/clock.ts';
import { dueOn } from '../rules/clock.ts';
import { decide } from '../rules/decide.ts';
import type { Facts } from '../rules/facts.ts';
import { openActions } from '../rules/lifecycle.ts';
import { begin, firstTurn } from '../rules/turns.ts';
import { enrolmentWarnings } from '../rules/warnings.ts';
import { Changes, type Doing } from './changes.ts';
import { refused, type Deps, type Done } from './deps.ts';
import { givesWay, giveWay } from './give-way.ts';
import { neighbours, type InstitutionAnswer } from './neighbours.ts';
import { applied, seatIn } from './applied.ts';
import { reckoningsFor } from './settings.ts';
import { lastStays, leftOn } from './stays.ts';

/** What a kindergarten says when a child enters. */
export interface NewEnrolment {
  readonly childId: string;
  readonly institutionCode: string;
  readonly classId: string;
  readonly enteredOn: string;
}

/** Submits enrolments, each on its own; the record waits for its county from then on. */
export function submitEnrolments(
  deps: Deps,
  viewer: Viewer,
  idempotencyKey: string,
  items: readonly NewEnrolment[],
) {
  const { account, role } = viewer;
  const doing: Doing = { action: 'submitEnrolment', at: deps.now(), account, role };
  return performBatch(deps.store, {
    viewer,
    idempotencyKey,
    act: doing.action,
    items,
    gather: () => gather(deps, viewer, items),
    async write(tx, known): Promise<Done[]> {
      const changes = new Changes(doing);
      changes.reliesOn(known.institutions.values());
      const results = items.map((item) => submitOne(item, known, viewer, { doing, changes }));
      await changes.write(deps.store, tx);
      return results;
    },
  });
}

type Known = Awaited<ReturnType<typeof gather>>;

async function gather({ peers, queries, now }: Deps, viewer: Viewer, items: readonly NewEnrolment[]) {
  const codes = items.map(({ institutionCode }) => institutionCode);
  const classIds = items.map(({ classId }) => classId).filter(isId);
  const childIds = items.map(({ childId }) => childId).filter(isId);
  const [institutions, classes, children, records, present, pending] = await Promise.all([
    neighbours.institutions(peers, codes),
    neighbours.classes(peers, classIds),
    neighbours.children(peers, childIds),
    queries.recordsByChild(childIds),
    queries.headcountsOfClasses(classIds),
    queries.pendingOfClasses(classIds),
  ]);
  const provinces = [...institutions.values()].map(({ provinceCode }) => provinceCode);
  return {
    today: today(now()),
    account: viewer.account,
    role: viewer.role,
    stays: await lastStays({ queries }, records),
    institutions,
    classes,
    children,
    undecided: await undecidedOf(queries, records),
    taken: new Map(classIds.map((id) => [id, (present.get(id) ?? 0) + (pending.get(id) ?? 0)])),
    stored: new Map(records.map((record) => [record.childId, record])),
    records: new Map(records.map((record) => [record.childId, record])),
    reckonings: await reckoningsFor(queries, [...new Set(provinces)]),
  };
}

/** What somebody has still to decide, by record; only one that can be taken up again is asked for. */
async function undecidedOf(
  queries: Deps['queries'],
  records: readonly Record[],
): Promise<Map<string, Application>> {
  const again = records.filter(({ status }) => openActions(status).includes('submitEnrolment'));
  if (again.length === 0) return new Map();
  const applications = await queries.applicationsByRecord(again.map(({ id }) => id));
  return new Map(applications.filter(({ task }) => task !== null).map((one) => [one.recordId, one]));
}

function submitOne(
  item: NewEnrolment,
  known: Known,
  viewer: Viewer,
  writing: { doing: Doing; changes: Changes },
): Done {
  const institution = known.institutions.get(item.institutionCode) ?? null;
  const outside = areaErrors(item, institution, viewer);
  if (outside.length > 0) return refused(outside);
  const earlier = hasRegistered(item, known) ? (known.records.get(item.childId) ?? null) : null;
  const facts = factsOf(item, earlier, known);
  const userErrors = decide('submitEnrolment', earlier?.status ?? null, facts);
  if (userErrors.length > 0) {
    writing.changes.refusedOn(known.stored.get(item.childId) ?? null);
    return refused(userErrors);
  }
  const undecided = earlier && known.undecided.get(earlier.id);
  if (undecided) giveWay(writing.changes, [undecided], writing.doing.at);
  const reckoning = known.reckonings.get(institution!.provinceCode)!;
  const warnings = enrolmentWarnings(facts, dueOn('ENROLMENT', item.enteredOn, reckoning).dueOn);
  const { record, applicationId } = enrol(
    { item, facts, institution: institution!, earlier, warnings, reckoning },
    writing,
  );
  // The next item of this batch must see what this one will have done.
  known.records.set(item.childId, record);
  known.taken.set(item.classId, (known.taken.get(item.classId) ?? 0) + 1);
  return { recordId: record.id, applicationId, warnings, userErrors };
}

function areaErrors(item: NewEnrolment, institution: InstitutionAnswer | null, viewer: Viewer): UserError[] {
  if (!institution)
    return [userError('INSTITUTION_UNKNOWN', ['institutionCode'], { code: item.institutionCode })];
  if (covers(viewer.area, { ...institution, institutionCode: institution.code })) return [];
  return [userError('OUTSIDE_YOUR_AREA', ['institutionCode'], { area: viewer.area.code })];
}

/** To a kindergarten that has not registered the child itself, neither the child is there nor its record. */
const hasRegistered = ({ childId, institutionCode }: NewEnrolment, { children }: Known): boolean =>
  children.get(childId)?.holderCodes.includes(institutionCode) ?? false;

function factsOf(item: NewEnrolment, earlier: Record | null, known: Known): Facts {
  const found = known.classes.get(item.classId);
  const child = known.children.get(item.childId);
  const undecided = (earlier && known.undecided.get(earlier.id)) ?? null;
  return {
    today: known.today,
    account: known.account,
    role: known.role,
    institution: known.institutions.get(item.institutionCode) ?? null,
    class: found
      ? { ...found, institutionId: found.institution.id, taken: known.taken.get(item.classId) ?? 0 }
      : null,
    child: child && hasRegistered(item, known) ? child : null,
    enteredOn: item.enteredOn,
    undecided: undecided !== null && !givesWay(undecided, item.institutionCode),
    ...leftOn(known.stays, earlier),
  };
}

interface Decided {
  readonly item: NewEnrolment;
  readonly facts: Facts;
  readonly institution: InstitutionAnswer;
  readonly earlier: Record | null;
  readonly warnings: readonly UserError[];
  readonly reckoning: Reckoning;
}

function enrol(
  { item, facts, institution, earlier, warnings, reckoning }: Decided,
  { doing, changes }: { doing: Doing; changes: Changes },
) {
  const { enteredOn, classId } = item;
  const seat = seatIn(institution, classId);
  const { bornOn, sex } = facts.child!;
  const recordId = earlier?.id ?? newId();
  const application: Application = applied(doing, {
    ...{ recordId, kind: 'ENROLMENT', statusBefore: earlier?.status ?? null, enteredOn, warnings },
    ...seat,
  });
  const turn = firstTurn(application, false);
  changes.application(null, { ...application, ...begin(application, turn, facts.today, reckoning) });
  const after: Omit<Record, 'events' | 'version'> = {
    ...{ id: recordId, childId: item.childId, number: null },
    ...{ bornOn, birthCohort: birthCohort(bornOn), sex, deferredUntil: null, mergedInto: null },
    ...(earlier && hasBeenSomewhere(earlier) ? earlier : { ...seat, enteredOn }),
    status: 'PENDING',
  };
  const about = { applicationId: application.id, institutionId: institution.id };
  return { record: changes.record(earlier, after, about), applicationId: application.id };
}

/**
 * A record with a number stays with its last kindergarten until the county has decided: asking for a child shows
 * nothing of its past, and takes it from nobody (decision 0017).
 */
const hasBeenSomewhere = ({ number }: Record) => number !== null;
