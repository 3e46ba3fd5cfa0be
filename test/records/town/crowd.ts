/** Sixteen clerks at once, each at whatever child comes, knowing what they read a moment ago. */
import { addDays } from '../../../kernel/rules/plain-date.ts';
import type { Record } from '../../../subgraphs/records/model.ts';
import { ON_APPLICATIONS, ownOf, type Crowd, type Wish } from './on-applications.ts';
import { GUARDIANS_APPLICATION, kindergarten, paper, type Garden, type TownChild } from './town.ts';

/** One act on one child, mostly one that fits how things stood when the clerk looked. */
export async function wishFor(crowd: Crowd): Promise<Wish> {
  const { town, on, random } = crowd;
  const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)]!;
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
  if (record.status === 'LEFT' || record.status === 'WITHDRAWN')
    return pick(ENDED)(crowd, child, record, garden);
  return pick(BLIND)(crowd, child, record, garden);
}

function submit({ on, day }: Crowd, child: TownChild, _: Record | undefined, garden: Garden): Wish {
  child.holders.add(garden.code);
  const item = {
    childId: child.id,
    institutionCode: garden.code,
    classId: garden.classIds[0],
    enteredOn: day(),
  };
  return { action: 'submitEnrolment', call: (key) => on.submitEnrolments(kindergarten(garden), key, [item]) };
}

function transfer({ on, day }: Crowd, child: TownChild, _: Record, garden: Garden): Wish {
  child.holders.add(garden.code);
  const seat = {
    childId: child.id,
    institutionCode: garden.code,
    classId: garden.classIds[0],
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
  const { classIds } = crowd.town.gardens.find(({ code }) => code === record.institutionCode)!;
  const classId = classIds.find((id) => id !== record.classId)!;
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

function reinstate({ on, town }: Crowd, _: TownChild, record: Record): Wish {
  const item = { recordId: record.id, reason: '误', evidence: [] };
  const viewer = ownOf({ town }, record);
  return { action: 'requestReinstatement', call: (key) => on.requestReinstatement(viewer, key, item) };
}

const BLIND = [transfer, transfer, transfer, leave, moveClass, correct, defer, defer, cancel];
const ENDED = [submit, submit, submit, correct, cancel, reinstate];
