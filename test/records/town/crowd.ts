/** Sixteen clerks at once, each at whatever child comes, knowing what they read a moment ago. */
import { addDays } from '../../../kernel/rules/plain-date.ts';
import type { Record } from '../../../subgraphs/records/model.ts';
import { schoolYearOf } from '../../../kernel/rules/school-year.ts';
import { ON_APPLICATIONS, ownOf, provinceOf, type Crowd, type Wish } from './on-applications.ts';
import { county, GUARDIANS_APPLICATION, kindergarten, paper, type Garden, type TownChild } from './town.ts';
import { YEAR, yearEnd } from './year-end.ts';

/** One act on one child, mostly one that fits how things stood when the clerk looked. */
export async function wishFor(crowd: Crowd): Promise<Wish> {
  const { town, on, day, random } = crowd;
  const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)]!;
  if (day() > `${YEAR + 1}-08-30` && random() < 0.15) return yearEnd(crowd, pick(town.gardens));
  // Half the acts crowd upon a tenth of the children.
  const child =
    town.children[
      Math.floor(random() * (random() < 0.5 ? town.children.length / 10 : town.children.length))
    ]!;
  const [record] = await on.recordsByChild([child.id]);
  const applications = record ? await on.applicationsByRecord([record.id]) : [];
  const open =
    applications.find(({ task }) => task !== null) ?? (random() < 0.1 ? applications.at(-1) : undefined);
  const garden = pick(town.gardens);
  if (!record) return submit(crowd, child, record, garden);
  // Some have not looked at all.
  if (random() < 0.1) return pick([...BLIND, submit, reinstate])(crowd, child, record, garden);
  if (open) return pick(ON_APPLICATIONS[open.task ?? 'ANSWER'])(crowd, open, record);
  if (record.status === 'CANCELLED') return reinstate(crowd, child, record);
  if (record.status === 'GRADUATED') return pick(GRADUATED)(crowd, child, record);
  if (record.status === 'LEFT' || record.status === 'WITHDRAWN')
    return pick(ENDED)(crowd, child, record, garden);
  return pick(BLIND)(crowd, child, record, garden);
}

/** The classes of a kindergarten in the school year of the day: one for those who begin, one of the last year. */
const classesOn = (day: string, { classIds, nextClassIds }: Garden) =>
  schoolYearOf(day) === YEAR ? classIds : nextClassIds;

function submit({ on, day }: Crowd, child: TownChild, _: Record | undefined, garden: Garden): Wish {
  child.holders.add(garden.code);
  const item = {
    childId: child.id,
    institutionCode: garden.code,
    classId: classesOn(day(), garden)[0],
    enteredOn: day(),
  };
  return { action: 'submitEnrolment', call: (key) => on.submitEnrolments(kindergarten(garden), key, [item]) };
}

function transfer({ on, day }: Crowd, child: TownChild, _: Record, garden: Garden): Wish {
  child.holders.add(garden.code);
  const seat = {
    childId: child.id,
    institutionCode: garden.code,
    classId: classesOn(day(), garden)[0],
    enteredOn: day(),
  };
  const wish = { ...seat, evidence: [GUARDIANS_APPLICATION] };
  return { action: 'requestTransfer', call: (key) => on.requestTransfer(kindergarten(garden), key, wish) };
}

function leave(crowd: Crowd, _: TownChild, record: Record): Wish {
  const item = { recordId: record.id, reason: 'MOVED_AWAY', on: crowd.day() } as const;
  return { action: 'leave', call: (key) => crowd.on.leave(ownOf(crowd, record), key, item) };
}

function moveClass(crowd: Crowd, _: TownChild, record: Record): Wish {
  const garden = crowd.town.gardens.find(({ code }) => code === record.institutionCode)!;
  const classId = classesOn(crowd.day(), garden).find((id) => id !== record.classId)!;
  const item = { recordId: record.id, classId, on: crowd.day() };
  return { action: 'moveClass', call: (key) => crowd.on.moveClass(ownOf(crowd, record), key, item) };
}

function correct({ on, town }: Crowd, { sex }: TownChild, record: Record): Wish {
  const nothing = { name: null, bornOn: null, documentKind: null, documentNumber: null };
  const changes = { ...nothing, sex: sex === 'MALE' ? 'FEMALE' : 'MALE' } as const;
  const item = {
    recordId: record.id,
    changes,
    evidence: [GUARDIANS_APPLICATION, paper('HOUSEHOLD_REGISTER')],
  };
  const viewer = ownOf({ town }, record);
  return { action: 'requestCorrection', call: (key) => on.requestCorrection(viewer, key, item) };
}

function defer({ on, town, day }: Crowd, _: TownChild, record: Record): Wish {
  // Short ones, so that they lapse while others act.
  const item = {
    recordId: record.id,
    on: day(),
    until: addDays(day(), 20),
    evidence: [paper('DEFERRAL_PROOF')],
  };
  const viewer = ownOf({ town }, record);
  return { action: 'requestDeferral', call: (key) => on.requestDeferral(viewer, key, item) };
}

function cancel({ on, town, day }: Crowd, _: TownChild, record: Record): Wish {
  const item = {
    recordId: record.id,
    reason: 'DEATH',
    on: day(),
    evidence: [paper('DEATH_CERTIFICATE')],
  } as const;
  const viewer = ownOf({ town }, record);
  return { action: 'requestCancellation', call: (key) => on.requestCancellation(viewer, key, item) };
}

/** For a duplicate of any other record of the same kindergarten; with a G number it is not the kindergarten's to ask. */
function duplicate({ on, town, day }: Crowd, child: TownChild, record: Record): Wish {
  const viewer = record.number?.startsWith('G') ? provinceOf(record.provinceCode) : ownOf({ town }, record);
  const today = day();
  let looked: Promise<Record[]> | null = null;
  return {
    action: 'requestCancellation',
    async call(key) {
      const others = await (looked ??= on.recordsByChild(town.children.slice(0, 40).map(({ id }) => id)));
      const survivor = others.find(
        (one) => one.childId !== child.id && one.institutionCode === record.institutionCode,
      );
      return on.requestCancellation(viewer, key, {
        ...{ recordId: record.id, reason: 'PROVEN_DUPLICATE', on: today },
        evidence: [paper('DUPLICATE_PROOF')],
        duplicateOf: survivor ? { recordId: survivor.id } : null,
      });
    },
  };
}

function convert({ on, town }: Crowd, _: TownChild, record: Record): Wish {
  const viewer = county(town.gardens.find(({ code }) => code === record.institutionCode)!);
  const item = { recordId: record.id };
  return { action: 'convertNumber', call: (key) => on.convertNumber(viewer, key, item) };
}

function deleteNumber({ on }: Crowd, _: TownChild, record: Record): Wish {
  const item = { recordId: record.id, reason: '误', evidence: [paper('OTHER')] };
  const viewer = provinceOf(record.provinceCode);
  return { action: 'requestNumberDeletion', call: (key) => on.requestNumberDeletion(viewer, key, item) };
}

function reinstate({ on, town }: Crowd, _: TownChild, record: Record): Wish {
  const item = { recordId: record.id, reason: '误', evidence: [] };
  const viewer = ownOf({ town }, record);
  return { action: 'requestReinstatement', call: (key) => on.requestReinstatement(viewer, key, item) };
}

const BLIND = [
  ...[transfer, transfer, transfer, leave, moveClass, moveClass, correct, defer, defer, cancel],
  ...[convert, deleteNumber, duplicate],
];
const GRADUATED = [correct, cancel, reinstate, convert, deleteNumber];
const ENDED = [submit, submit, submit, correct, cancel, reinstate];
