/** What must hold of a records database whatever has happened to it, read from its tables alone. */
import { NATION } from '../../../kernel/rules/viewer.ts';
import { raw } from '../../../kernel/store/sql.ts';
import type {
  Application,
  ApplicationStep,
  IssuedNumber,
  Placement,
  Record,
  RecordEvent,
} from '../../../subgraphs/records/model.ts';
import { countsAsInKindergarten } from '../../../subgraphs/records/rules/lifecycle.ts';
import { countQueries } from '../../../subgraphs/records/store/counts.ts';
import type { RecordStore } from '../../../subgraphs/records/store/store.ts';

export interface Whole {
  readonly records: readonly Record[];
  readonly applications: readonly Application[];
  readonly placements: readonly Placement[];
  readonly events: readonly RecordEvent[];
}

export async function readWhole({ reader, tables }: RecordStore) {
  return {
    records: await reader.rows(tables.record, raw('')),
    applications: await reader.rows(tables.application, raw('ORDER BY record_id, id')),
    steps: await reader.rows(tables.applicationStep, raw('ORDER BY application_id, seq')),
    placements: await reader.rows(tables.placement, raw('ORDER BY record_id, from_on')),
    events: await reader.rows(tables.recordEvent, raw('ORDER BY record_id, seq')),
    numbers: await reader.rows(tables.recordNumber, raw('')),
    followUps: await reader.rows(tables.followUp, raw('')),
    graduationRows: await reader.rows(tables.graduationRow, raw('')),
  };
}

/** What is broken, in words; empty where everything holds. `day` is today, for the recount. */
export async function brokenIn(store: RecordStore, day: string): Promise<string[]> {
  const whole = await readWhole(store);
  const of = {
    placements: grouped(whole.placements, ({ recordId }) => recordId),
    applications: grouped(whole.applications, ({ recordId }) => recordId),
    events: grouped(whole.events, ({ recordId }) => recordId),
    numbers: grouped(whole.numbers, ({ recordId }) => recordId),
    steps: grouped(whole.steps, ({ applicationId }) => applicationId),
  };
  const once = new Set(whole.records.map(({ childId }) => childId)).size === whole.records.length;
  return [
    ...(once ? [] : ['a child has two records']),
    ...whole.records.flatMap((record) => [
      ...brokenStay(record, of.placements.get(record.id) ?? []),
      ...brokenHistory(record, of.events.get(record.id) ?? []),
      ...brokenQueue(record, of.applications.get(record.id) ?? []),
      ...brokenNumbers(record, of.numbers.get(record.id) ?? []),
    ]),
    ...whole.applications.flatMap((one) => brokenTurn(one, of.steps.get(one.id) ?? [])),
    ...whole.followUps.filter(({ doneAt }) => doneAt === null).map(({ kind }) => `${kind} was never done`),
    ...(await brokenCounts(store, day)),
  ];
}

/** One number is in use; none where the one of a cancelled duplicate has gone to the record that goes on. */
function brokenNumbers({ status, number }: Record, numbers: readonly IssuedNumber[]): string[] {
  const merged = status === 'CANCELLED' && numbers.some(({ endReason }) => endReason === 'MERGED');
  const current = numbers.filter(({ endedOn }) => endedOn === null).length;
  return current === (number === null || merged ? 0 : 1)
    ? []
    : [`${status}: current numbers and the record's own differ`];
}

function brokenStay(
  { status, institutionCode, classId }: Record,
  placements: readonly Placement[],
): string[] {
  const open = placements.filter(({ untilOn }) => untilOn === null);
  if (open.length !== (countsAsInKindergarten(status) ? 1 : 0))
    return [`${status} with ${open.length} open placements`];
  const [stay] = open;
  if (stay && (stay.institutionCode !== institutionCode || stay.classId !== classId))
    return [`${status}: the open placement is elsewhere than the record`];
  return [];
}

/** Without a gap, each line beginning where the one before ended, and the last is what is stored. */
function brokenHistory({ status, events }: Record, history: readonly RecordEvent[]): string[] {
  const gapless = history.every(({ seq }, i) => seq === i + 1) && history.length === events;
  const chained = history.every(({ statusFrom }, i) => statusFrom === (history[i - 1]?.statusTo ?? null));
  return [
    ...(gapless ? [] : [`${status}: ${history.length} events where ${events} were counted`]),
    ...(chained && history.at(-1)?.statusTo === status
      ? []
      : [`${status} is not what its history replays to`]),
  ];
}

function brokenQueue({ status }: Record, applications: readonly Application[]): string[] {
  const open = applications.filter(({ task }) => task !== null);
  if (open.length > 1) return [`${status} with ${open.length} undecided applications`];
  const kind = PENDING[status];
  return kind && open[0]?.kind !== kind ? [`${status} without an undecided ${kind}`] : [];
}
const PENDING: Partial<{ [S in Record['status']]: Application['kind'] }> = {
  PENDING: 'ENROLMENT',
  RETURNED: 'ENROLMENT',
  TRANSFERRING: 'TRANSFER',
};

/** Undecided: one open step, the last, with whom the application says. Decided: none. */
function brokenTurn(application: Application, steps: readonly ApplicationStep[]): string[] {
  const { kind, state, task, holderLevel, holderCode } = application;
  const undecided = state === 'SUBMITTED' || state === 'RETURNED';
  const open = steps.filter(({ endedAt }) => endedAt === null);
  const last = steps.at(-1);
  const held = open.length === 1 && last === open[0] && last?.task === task;
  const fits = undecided
    ? held && last.holderCode === holderCode && last.holderLevel === holderLevel
    : open.length === 0;
  const gapless = steps.every(({ seq }, i) => seq === i + 1) && steps.length === application.steps;
  return [
    ...(undecided === (task !== null) && (task === null) === (holderCode === null)
      ? []
      : [`${kind} ${state}: task ${task}`]),
    ...(fits ? [] : [`${kind} ${state}: ${open.length} open steps`]),
    ...(gapless ? [] : [`${kind} ${state}: ${steps.length} steps where ${application.steps} were counted`]),
  ];
}

async function brokenCounts(store: RecordStore, day: string): Promise<string[]> {
  const query = { by: ['COUNTY', 'AGE', 'SEX', 'CLASS_LEVEL'] as const, area: NATION, where: {} };
  const { countNow, recount } = countQueries(store);
  const [now, again] = [await countNow(query), await recount(query, day)];
  return JSON.stringify(now) === JSON.stringify(again) ? [] : ['the counts are not what a recount gives'];
}

export function grouped<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}
