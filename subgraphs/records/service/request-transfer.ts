import { isId } from '../../../kernel/rules/ids.ts';
import { today } from '../../../kernel/rules/plain-date.ts';
import { userError } from '../../../kernel/rules/user-errors.ts';
import { covers, type Viewer } from '../../../kernel/rules/viewer.ts';
import { performBatch } from '../../../kernel/store/batch.ts';
import type { Application, Evidence, Placement, Record } from '../model.ts';
import type { Reckoning } from '../rules/clock.ts';
import { decide } from '../rules/decide.ts';
import type { Facts } from '../rules/facts.ts';
import { rowOf, statusAfter } from '../rules/lifecycle.ts';
import { windowClosed, type ProvinceSettings } from '../rules/settings.ts';
import { begin, firstTurn, provinceOf } from '../rules/turns.ts';
import { seatWarnings } from '../rules/warnings.ts';
import { applied, fromPlace, seatIn } from './applied.ts';
import { Changes, type Doing } from './changes.ts';
import { refused, type Deps, type Done } from './deps.ts';
import { givesWay, giveWay } from './give-way.ts';
import { neighbours, type ChildAnswer, type ClassAnswer, type InstitutionAnswer } from './neighbours.ts';
import { reckoningsFor, settingsFor } from './settings.ts';

/** What a receiving kindergarten says, on the guardians' application. It has registered the child before. */
export interface NewTransfer {
  readonly childId: string;
  readonly institutionCode: string;
  readonly classId: string;
  /** The first day at the new kindergarten. */
  readonly enteredOn: string;
  readonly evidence: readonly Evidence[];
}

/** Begins a transfer (Measure 1.3): the record stays where it is until it is decided. */
export function requestTransfer(deps: Deps, viewer: Viewer, idempotencyKey: string, item: NewTransfer) {
  const { account, role } = viewer;
  const doing: Doing = { action: 'requestTransfer', at: deps.now(), account, role };
  return performBatch(deps.store, {
    viewer,
    idempotencyKey,
    act: doing.action,
    items: [item],
    gather: () => gather(deps, item),
    async write(tx, known): Promise<Done[]> {
      const changes = new Changes(doing);
      changes.reliesOn([known.institution, known.sender].filter((one) => one !== null));
      const result = requestOne(item, known, viewer, { doing, changes });
      await changes.write(deps.store, tx);
      return [result];
    },
  });
}

interface Known {
  readonly institution: InstitutionAnswer | null;
  /** Where the child is now. */
  readonly sender: InstitutionAnswer | null;
  readonly class: ClassAnswer | null;
  readonly taken: number;
  readonly child: ChildAnswer | null;
  readonly record: Record | null;
  readonly stay: Placement | null;
  /** What nobody has decided: what holds the child, and what gives way to a kindergarten that takes it. */
  readonly undecided: boolean;
  readonly givingWay: readonly Application[];
  readonly settings: ReadonlyMap<string, ProvinceSettings>;
  readonly reckonings: ReadonlyMap<string, Reckoning>;
}

async function gather({ peers, queries, now }: Deps, item: NewTransfer): Promise<Known> {
  const { childId, classId, institutionCode } = item;
  const [record] = isId(childId) ? await queries.recordsByChild([childId]) : [];
  const codes = record ? [institutionCode, record.institutionCode] : [institutionCode];
  const [institutions, classes, children, placements, applications] = await Promise.all([
    neighbours.institutions(peers, codes),
    neighbours.classes(peers, [classId]),
    neighbours.children(peers, [childId]),
    record ? queries.placementsByRecord([record.id]) : [],
    record ? queries.applicationsByRecord([record.id]) : [],
  ]);
  const provinces = [...institutions.values()].map(({ provinceCode }) => provinceCode);
  const present = isId(classId) ? await queries.headcountsOfClasses([classId]) : null;
  return {
    institution: institutions.get(institutionCode) ?? null,
    sender: record ? (institutions.get(record.institutionCode) ?? null) : null,
    class: classes.get(classId) ?? null,
    taken: present?.get(classId) ?? 0,
    child: children.get(childId) ?? null,
    record: record ?? null,
    stay: placements.find(({ untilOn }) => untilOn === null) ?? null,
    undecided: applications.some((one) => one.task !== null && !givesWay(one, institutionCode)),
    givingWay: applications.filter((one) => givesWay(one, institutionCode)),
    settings: await settingsFor(queries, provinces, today(now())),
    reckonings: await reckoningsFor(queries, provinces),
  };
}

function requestOne(
  item: NewTransfer,
  known: Known,
  viewer: Viewer,
  { doing, changes }: { doing: Doing; changes: Changes },
): Done {
  const { institution, record } = known;
  if (!institution)
    return refused([userError('INSTITUTION_UNKNOWN', ['institutionCode'], { code: item.institutionCode })]);
  if (!covers(viewer.area, { ...institution, institutionCode: institution.code }))
    return refused([userError('OUTSIDE_YOUR_AREA', ['institutionCode'], { area: viewer.area.code })]);
  const facts = factsOf(item, known, viewer, today(doing.at));
  // A child the kindergarten has not registered itself is, to it, not there, and neither is its record.
  if (!facts.child) return refused([userError('CHILD_UNKNOWN', ['childId'])]);
  const userErrors = decide('requestTransfer', record?.status ?? null, facts);
  if (userErrors.length > 0 || !record) {
    changes.refusedOn(record);
    return refused(userErrors);
  }
  const warnings = seatWarnings(facts);
  const seat = seatIn(institution, item.classId);
  const { enteredOn, evidence } = item;
  const application = applied(doing, {
    ...{ recordId: record.id, kind: 'TRANSFER', statusBefore: record.status, enteredOn, warnings, evidence },
    ...seat,
    ...fromPlace(record),
    details: { bothCounties: bothCounties(known) },
  });
  // A kindergarten that is closing has nothing to answer.
  const turn = firstTurn(application, known.sender?.status === 'OPEN');
  const reckoning = known.reckonings.get(provinceOf(application, turn.holder)!)!;
  giveWay(changes, known.givingWay, doing.at);
  changes.application(null, { ...application, ...begin(application, turn, facts.today, reckoning) });
  changes.record(
    record,
    { ...record, status: statusAfter(rowOf('requestTransfer'), record.status) },
    { applicationId: application.id, institutionId: institution.id },
  );
  return { recordId: record.id, applicationId: application.id, warnings, userErrors };
}

const bothCounties = ({ settings }: Known) =>
  [...settings.values()].some(({ transferBothCounties }) => transferBothCounties);

function factsOf(item: NewTransfer, known: Known, viewer: Viewer, day: string): Facts {
  const { institution, record, child, taken, stay, settings } = known;
  const crossProvince = record !== null && record.provinceCode !== institution!.provinceCode;
  const windows = [...settings.values()].map((one) => windowClosed(one, day, crossProvince));
  const { account, role, area } = viewer;
  return {
    ...{ today: day, account, role, area, institution, taken, undecided: known.undecided },
    class: known.class && { ...known.class, institutionId: known.class.institution.id, taken },
    child: child?.holderCodes.includes(item.institutionCode) ? child : null,
    enteredOn: item.enteredOn,
    evidence: item.evidence,
    presentInstitutionCode: record?.institutionCode ?? null,
    closedWindow: windows.find((window) => window !== null) ?? null,
    ...(stay ? { stayFrom: stay.fromOn } : {}),
  };
}
