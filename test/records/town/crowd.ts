/** Sixteen clerks at once, each at whatever child comes, knowing what they read a moment ago. */
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import type { Application, Record } from '../../../subgraphs/records/model.ts';
import type { BatchAnswer, Done } from '../../../subgraphs/records/service/deps.ts';
import type { RecordService } from '../../../subgraphs/records/service.ts';
import {
  GUARDIANS_APPLICATION,
  HOUSEHOLD_REGISTER,
  kindergarten,
  type Garden,
  type Town,
  type TownChild,
} from './town.ts';

type Answer = BatchAnswer<Done>;
type Call = (key: string) => Promise<Answer>;
export interface Wish {
  readonly action: string;
  readonly call: Call;
}

export interface Crowd {
  readonly town: Town;
  readonly on: RecordService;
  readonly day: () => string;
  readonly random: () => number;
}

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
  if (random() < 0.1) return pick([...BLIND, submit])(crowd, child, record, garden);
  if (open) return pick(ON_APPLICATIONS[open.task ?? 'ANSWER'])(crowd, open, record);
  if (record.status === 'LEFT' && random() < 0.2) return correct(crowd, child, record);
  if (record.status === 'LEFT' || record.status === 'WITHDRAWN') return submit(crowd, child, record, garden);
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

const ownOf = ({ town }: Pick<Crowd, 'town'>, { institutionCode }: Pick<Record, 'institutionCode'>) =>
  kindergarten(town.gardens.find(({ code }) => code === institutionCode)!);

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
  const item = { recordId: record.id, changes, evidence: [GUARDIANS_APPLICATION, HOUSEHOLD_REGISTER] };
  const viewer = ownOf({ town }, record);
  return { action: 'requestCorrection', call: (key) => on.requestCorrection(viewer, key, item) };
}

const BLIND = [transfer, transfer, transfer, leave, moveClass, correct];

type OnApplication = (crowd: Crowd, application: Application, record: Record) => Wish;

const ROLES = { PROVINCE: 'PROVINCE', CITY: 'CITY', COUNTY: 'COUNTY' } as const;

/** Whoever holds it; where that is a kindergarten, the county that will. */
function authorityOf({ holderLevel, holderCode, countyCode }: Application): Viewer {
  const level = ROLES[holderLevel as keyof typeof ROLES] ?? 'COUNTY';
  const code = level === holderLevel ? holderCode! : countyCode;
  return { account: `office-${code}`, role: level, area: { level, code } };
}

const byHolder =
  (action: 'approveApplication' | 'returnApplication' | 'refuseApplication'): OnApplication =>
  ({ on }, application) => ({
    action,
    call: (key) =>
      on[`${action}s`](authorityOf(application), key, [{ applicationId: application.id, reason: '核' }]),
  });

const byApplicant =
  (action: 'withdrawApplication' | 'resubmitApplication'): OnApplication =>
  (crowd, application) => ({
    action,
    call: (key) =>
      crowd.on[`${action}s`](ownOf(crowd, application), key, [{ applicationId: application.id }]),
  });

const bySender =
  (action: 'agreeToTransfer' | 'objectToTransfer'): OnApplication =>
  (crowd, { id: applicationId, institutionCode, fromInstitutionCode }) => ({
    action,
    call: (key) =>
      crowd.on[action](ownOf(crowd, { institutionCode: fromInstitutionCode ?? institutionCode }), key, {
        ...{ applicationId, ground: 'CUSTODY_DISPUTED' },
      }),
  });

/** Everything the authority has before it, up to five at once. */
const approveSome: OnApplication = ({ on }, application) => {
  const viewer = authorityOf(application);
  const { area } = viewer;
  let queue: Promise<Application[]> | null = null;
  return {
    action: 'approveApplication',
    async call(key) {
      const found = await (queue ??= on.applications({ area, heldBy: area }, 'ID', 5, null));
      const acts = found.map(({ id }) => ({ applicationId: id, reason: '核' }));
      return on.approveApplications(viewer, key, acts);
    },
  };
};

const approve = byHolder('approveApplication');
const giveUp = byApplicant('withdrawApplication');
const ON_APPLICATIONS: { readonly [T in NonNullable<Application['task']>]: readonly OnApplication[] } = {
  ANSWER: [
    bySender('agreeToTransfer'),
    bySender('agreeToTransfer'),
    bySender('objectToTransfer'),
    approve,
    giveUp,
  ],
  RELEASE: [approve, approve, byHolder('returnApplication')],
  DECIDE: [
    ...[approve, approve, approve, approve, approve, approveSome],
    ...[byHolder('returnApplication'), byHolder('refuseApplication'), giveUp],
  ],
  COMPLETE: [
    byApplicant('resubmitApplication'),
    byApplicant('resubmitApplication'),
    giveUp,
    byHolder('refuseApplication'),
  ],
};
