/**
 * Random lives that take time: clerks act late, about days gone by, children go to and fro between two kindergartens,
 * and these move into other counties or are merged into others.
 */
import fc from 'fast-check';
import { addDays } from '../../../kernel/rules/plain-date.ts';
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import { newId } from '../../../kernel/store/ids.ts';
import type { Application, Record } from '../../../subgraphs/records/model.ts';
import { lapseDeferrals } from '../../../subgraphs/records/service/lapse-deferrals.ts';
import type { RecordStore } from '../../../subgraphs/records/store/store.ts';
import type { Person } from './entering.ts';
import { corner, newCounty, type Corner } from './system.ts';

/** What happens next, to which child; what fits its status is chosen by `roll`. */
export interface Turn {
  readonly child: number;
  readonly roll: number;
  readonly garden: number;
  readonly second: boolean;
  /** How many days pass before it, and how many days back it takes effect. */
  readonly passed: number;
  readonly back: number;
  /** What becomes of the kindergarten first, mostly nothing. */
  readonly change: number;
}

export const turns = fc.array(
  fc.record({
    child: fc.nat(2),
    roll: fc.nat(59),
    garden: fc.nat(1),
    second: fc.boolean(),
    passed: fc.nat(9),
    back: fc.nat(30),
    change: fc.nat(11),
  }),
  { minLength: 8, maxLength: 30, size: 'max' },
);

const FIRST_DAY = '2026-09-20';
const FITTING: Readonly<{ [status: string]: readonly string[] }> = {
  none: ['submit'],
  PENDING: ['approve', 'approve', 'approve', 'return', 'refuse', 'withdraw'],
  RETURNED: ['resubmit', 'withdraw'],
  ENROLLED: ['leave', 'move', 'transfer', 'transfer', 'defer'],
  DEFERRED: ['leave', 'move', 'transfer', 'defer'],
  // In kindergarten, with a deferral nobody has decided.
  asked: ['approve', 'approve', 'move', 'move', 'leave', 'refuse', 'return', 'resubmit'],
  TRANSFERRING: ['agree', 'approve', 'approve', 'return', 'resubmit', 'refuse', 'withdraw'],
  LEFT: ['submit'],
  WITHDRAWN: ['submit'],
};

export interface Lives {
  readonly here: Corner;
  readonly day: string;
  readonly done: ReadonlyMap<string, number>;
  /** Every county that a kindergarten has ever been in. */
  readonly counties: readonly string[];
}

/** Two of them are of school age. */
const PEOPLE: readonly Person[] = [
  { bornOn: '2020-05-15', registeredBy: [0, 1] },
  { bornOn: '2023-01-15', registeredBy: [0] },
  { bornOn: '2019-10-20', registeredBy: [0, 1] },
];

/** Lives the turns on the real service; acts that are refused change nothing. */
export async function lived(store: RecordStore, all: readonly Turn[]): Promise<Lives> {
  let day = FIRST_DAY;
  const now = () => new Date(`${day}T04:00:00Z`);
  const here = corner(
    store,
    now,
    () => Promise.resolve({ moveHolders: { userErrors: [] } } as never),
    PEOPLE,
  );
  const counties = here.gardens.map(({ countyCode }) => countyCode);
  const changed = [FIRST_DAY, FIRST_DAY];
  let changes = 1;
  const done = new Map<string, number>();
  for (const turn of all) {
    day = addDays(day, turn.passed);
    await lapseDeferrals({ store, queries: here.service, peers: null as never, now });
    const on = addDays(day, -turn.back);
    // A kindergarten's changes follow each other; a child's may be about any day.
    const kind = CHANGES[turn.change];
    if (kind && on > changed[turn.garden]!) {
      changed[turn.garden] = on;
      counties.push(await changeGarden(here, turn.garden, { kind, on, seq: (changes += 1) }));
      done.set(kind, (done.get(kind) ?? 0) + 1);
    }
    const act = await takeTurn(here, turn, on);
    if (act !== null) done.set(act, (done.get(act) ?? 0) + 1);
  }
  return { here, day, done, counties };
}

const CHANGES: readonly string[] = ['MOVED', 'MERGED'];

/** It is in another county from that day on; merged, also another institution. Answers the county. */
async function changeGarden(
  { service, gardens }: Corner,
  i: number,
  { kind, on, seq }: { readonly kind: string; readonly on: string; readonly seq: number },
): Promise<string> {
  const garden = gardens[i]!;
  const { id: institutionId, code: institutionCode } = garden;
  const countyCode = newCounty();
  Object.assign(garden, { countyCode });
  if (kind === 'MERGED') Object.assign(garden, { id: newId(), code: `12${countyCode}00`.slice(0, 10) });
  const { provinceCode, cityCode } = garden;
  const to = { institutionId: garden.id, institutionCode: garden.code, seq, provinceCode, cityCode };
  const counted = { countyCode, ownership: 'PUBLIC', urbanRural: 'URBAN' } as const;
  const change = { id: newId(), institutionId, institutionCode, seq, kind, on, account: 'office' };
  await service.applyInstitutionChanges([{ ...change, to: { ...to, ...counted } }]);
  return countyCode;
}

/** The act that took effect, or null. */
async function takeTurn(here: Corner, turn: Turn, on: string): Promise<string | null> {
  const { service, childIds } = here;
  const [record] = await service.recordsByChild([childIds[turn.child]!]);
  const applications = record ? await service.applicationsByRecord([record.id]) : [];
  const last = applications.at(-1);
  const asked = last?.kind === 'DEFERRAL' && last.task !== null;
  const acts = FITTING[asked ? 'asked' : (record?.status ?? 'none')] ?? [];
  const act = acts[turn.roll % acts.length];
  if (act === undefined) return null;
  const { results } = await perform(here, turn, {
    act,
    on,
    record: record ?? null,
    last,
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
    case 'defer': {
      const evidence = [{ kind: 'DEFERRAL_PROOF', reference: 'A-2', digest: '0'.repeat(64) }] as const;
      const until = addDays(on, 30 + turn.roll);
      return service.requestDeferral(entry(gardens[at]!.code), key, { recordId, on, until, evidence });
    }
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
