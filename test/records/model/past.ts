/** Random lives that take time: clerks act late, about days gone by, and children go to and fro between two counties. */
import fc from 'fast-check';
import { addDays } from '../../../kernel/rules/plain-date.ts';
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import { newId } from '../../../kernel/store/ids.ts';
import type { Application, Placement, Record, RecordEvent } from '../../../subgraphs/records/model.ts';
import type { RecordStore } from '../../../subgraphs/records/store/store.ts';
import { corner, type Corner } from './system.ts';

/** What happens next, to which child; what fits its status is chosen by `roll`. */
export interface Turn {
  readonly child: number;
  readonly roll: number;
  readonly garden: number;
  readonly second: boolean;
  /** How many days pass before it, and how many days back it takes effect. */
  readonly passed: number;
  readonly back: number;
}

export const turns = fc.array(
  fc.record({
    child: fc.nat(2),
    roll: fc.nat(59),
    garden: fc.nat(1),
    second: fc.boolean(),
    passed: fc.nat(9),
    back: fc.nat(30),
  }),
  { minLength: 8, maxLength: 30, size: 'max' },
);

const FIRST_DAY = '2026-09-20';
const FITTING: Readonly<{ [status: string]: readonly string[] }> = {
  none: ['submit'],
  PENDING: ['approve', 'approve', 'approve', 'return', 'refuse', 'withdraw'],
  RETURNED: ['resubmit', 'withdraw'],
  ENROLLED: ['leave', 'move', 'transfer', 'transfer'],
  TRANSFERRING: ['agree', 'approve', 'approve', 'return', 'resubmit', 'refuse', 'withdraw'],
  LEFT: ['submit'],
  WITHDRAWN: ['submit'],
};

export interface Lives {
  readonly here: Corner;
  readonly day: string;
  readonly done: ReadonlyMap<string, number>;
}

/** Lives the turns on the real service; acts that are refused change nothing. */
export async function lived(store: RecordStore, all: readonly Turn[]): Promise<Lives> {
  let day = FIRST_DAY;
  const here = corner(
    store,
    () => new Date(`${day}T04:00:00Z`),
    () => Promise.resolve({ moveHolders: { userErrors: [] } } as never),
  );
  const done = new Map<string, number>();
  for (const turn of all) {
    day = addDays(day, turn.passed);
    const act = await takeTurn(here, turn, addDays(day, -turn.back));
    if (act !== null) done.set(act, (done.get(act) ?? 0) + 1);
  }
  return { here, day, done };
}

/** The act that took effect, or null. */
async function takeTurn(here: Corner, turn: Turn, on: string): Promise<string | null> {
  const { service, childIds } = here;
  const [record] = await service.recordsByChild([childIds[turn.child]!]);
  const acts = FITTING[record?.status ?? 'none'] ?? [];
  const act = acts[turn.roll % acts.length];
  if (act === undefined) return null;
  const applications = record ? await service.applicationsByRecord([record.id]) : [];
  const { results } = await perform(here, turn, {
    act,
    on,
    record: record ?? null,
    last: applications.at(-1),
  });
  return results[0]!.userErrors.length === 0 ? act : null;
}

interface Asked {
  readonly act: string;
  readonly on: string;
  readonly record: Record | null;
  readonly last: Application | undefined;
}

function perform({ service, gardens, classIds, childIds }: Corner, turn: Turn, asked: Asked) {
  const { act, on, record, last } = asked;
  const key = newId();
  const classOf = (garden: number) => classIds[garden * 2 + (turn.second ? 1 : 0)]!;
  const entry = (code: string): Viewer => ({
    account: `entry-${code}`,
    role: 'KINDERGARTEN',
    area: { level: 'INSTITUTION', code },
  });
  const office = (code: string): Viewer => ({
    account: `county-${code}`,
    role: 'COUNTY',
    area: { level: 'COUNTY', code },
  });
  const seat = (garden: number) => ({
    childId: childIds[turn.child]!,
    institutionCode: gardens[garden]!.code,
    classId: classOf(garden),
    enteredOn: on,
  });
  const recordId = record?.id ?? newId();
  const at = Math.max(
    0,
    gardens.findIndex(({ code }) => code === record?.institutionCode),
  );
  const one = [{ applicationId: last?.id ?? newId(), reason: '材料不全' }];
  const own = entry(last?.institutionCode ?? '');
  const county = office(last?.countyCode ?? '');
  switch (act) {
    case 'submit':
      return service.submitEnrolments(entry(gardens[turn.garden]!.code), key, [seat(turn.garden)]);
    case 'transfer': {
      const evidence = [{ kind: 'GUARDIAN_APPLICATION', reference: 'A-1', digest: '0'.repeat(64) }] as const;
      return service.requestTransfer(entry(gardens[1 - at]!.code), key, { ...seat(1 - at), evidence });
    }
    case 'agree':
      return service.agreeToTransfer(entry(last?.fromInstitutionCode ?? ''), key, one[0]!);
    case 'move':
      return service.moveClass(entry(gardens[at]!.code), key, { recordId, classId: classOf(at), on });
    case 'leave':
      return service.leave(entry(gardens[at]!.code), key, { recordId, reason: 'MOVED_AWAY', on });
    case 'approve':
      return service.approveApplications(county, key, one);
    case 'return':
      return service.returnApplications(county, key, one);
    case 'refuse':
      return service.refuseApplications(county, key, one);
    case 'withdraw':
      return service.withdrawApplications(own, key, one);
    default:
      return service.resubmitApplications(own, key, [{ ...one[0]!, enteredOn: on }]);
  }
}

/** The state of a day, replayed: the last line of history that held by then. */
export const replayed = (events: readonly RecordEvent[], day: string): RecordEvent | undefined =>
  events.filter(({ effectiveOn }) => effectiveOn <= day).at(-1);

export const stayOn = (stays: readonly Placement[], day: string): Placement | undefined =>
  stays.find(({ fromOn, untilOn }) => fromOn <= day && (untilOn === null || untilOn > day));
