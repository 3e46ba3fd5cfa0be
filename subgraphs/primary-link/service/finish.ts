import { always, type GoesOn } from '../../../kernel/rules/goes-on.ts';
import { today } from '../../../kernel/rules/plain-date.ts';
import type { UserError } from '../../../kernel/rules/user-errors.ts';
import type { BatchAnswer } from '../../../kernel/store/batch.ts';
import { appendAudit, systemActor } from '../../../kernel/store/audit/append.ts';
import { Conflict } from '../../../kernel/store/errors.ts';
import { newId } from '../../../kernel/store/ids.ts';
import type { Receipt, TakeOver } from '../model.ts';
import { cancelUntil } from '../rules/take-over.ts';
import { ofTakeOver } from './audited.ts';
import type { Deps, Done } from './deps.ts';
import { takeOverChange } from './feed.ts';
import { reportCases } from './report-cases.ts';

/** As many as records takes in one act. */
const PER_CALL = 500;

interface Told {
  readonly takeOverId: string;
  readonly state: string | null;
  /** The record's, for the receipt; null where it was not promoted. */
  readonly number: string | null;
  readonly userErrors: readonly UserError[];
}

/**
 * Once an act stands, what follows from it at records. When records is down the caller gets its fault; the retry with the
 * same key finds the act done and only this left; so does the clock, for callers who never come back.
 */
export async function finishing(deps: Deps, answer: Promise<BatchAnswer<Done>>): Promise<BatchAnswer<Done>> {
  const { results, userErrors } = await answer;
  const ids = results.flatMap(({ takeOverId }) => takeOverId ?? []);
  if (ids.length === 0) return { results, userErrors };
  await finish(deps, await deps.queries.pendingOf(ids));
  return { results, userErrors };
}

/** Everything that is still to be done and is `left`, oldest first; the first failure is thrown when all the others are done. */
export async function finishAll(
  deps: Deps,
  left: (takeOver: TakeOver) => boolean = () => true,
  goesOn: GoesOn = always,
): Promise<void> {
  const failures: unknown[] = [];
  for (let after: string | null = null; ;) {
    const page: TakeOver[] = await deps.queries.pending(PER_CALL, after);
    await finish(deps, page.filter(left)).catch((error: unknown) => failures.push(error));
    if (page.length < PER_CALL || !goesOn()) break;
    after = page.at(-1)!.id;
  }
  if (goesOn()) await reportCases(deps, goesOn).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}

/**
 * The clock's turns: what has come up since the last one is somebody's who is at it this moment, and is left to them. Two who
 * settle the same at once would only be in each other's way.
 */
export function finishingByTurns(deps: Deps): (goesOn?: GoesOn) => Promise<void> {
  let before = new Set<string>();
  return async (goesOn) => {
    const seen = new Set<string>();
    const left = ({ id, version }: TakeOver) => {
      const key = `${id} ${version}`;
      seen.add(key);
      return before.has(key);
    };
    await finishAll(deps, left, goesOn).finally(() => (before = seen));
  };
}

async function finish(deps: Deps, pending: readonly TakeOver[]): Promise<void> {
  const promoting = pending.filter((one) => one.pending === 'PROMOTE');
  const givingBack = pending.filter((one) => one.pending !== 'PROMOTE');
  for (const chunk of chunks(promoting)) await settle(deps, chunk, await tell(deps, 'promoteRecords', chunk));
  for (const chunk of chunks(givingBack))
    await settle(deps, chunk, await tell(deps, 'giveBackRecords', chunk));
}

function* chunks(rows: readonly TakeOver[]): Generator<readonly TakeOver[]> {
  for (let i = 0; i < rows.length; i += PER_CALL) yield rows.slice(i, i + PER_CALL);
}

/** Told as often as it takes: records knows each take-over by its id and does it once. */
async function tell(
  { peers }: Deps,
  mutation: 'promoteRecords' | 'giveBackRecords',
  chunk: readonly TakeOver[],
): Promise<ReadonlyMap<string, Told>> {
  const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
  const query = `mutation($input: ${type}!) { told: ${mutation}(input: $input) {
    results { takeOverId state number userErrors { code message messageEn field } } userErrors { code } } }`;
  const items = chunk.map(({ id: takeOverId, recordId, schoolCode, admittedOn, acknowledgedBy, endedBy }) =>
    mutation === 'promoteRecords'
      ? { takeOverId, recordId, schoolCode, admittedOn, account: acknowledgedBy }
      : { takeOverId, recordId, schoolCode, account: endedBy },
  );
  const { told } = await peers.ask<{ told: { results: Told[]; userErrors: { code: string }[] } }>(
    'records',
    query,
    { input: { idempotencyKey: newId(), items } },
  );
  if (told.userErrors.length > 0) throw new Error(`records refused: ${told.userErrors[0]!.code}`);
  return new Map(told.results.map((one) => [one.takeOverId, one]));
}

async function settle(
  deps: Deps,
  chunk: readonly TakeOver[],
  told: ReadonlyMap<string, Told>,
): Promise<void> {
  const at = deps.now();
  const receipts = await receiptsOf(deps, chunk, told, at);
  const all = chunk.flatMap((before) => {
    const answer = told.get(before.id);
    return answer ? [{ before, after: settled(before, answer, receipts, at) }] : [];
  });
  // Somebody else, told the same, may be faster with some of them: what they have done is left out.
  for (let [left, attempt] = [all, 1]; left.length > 0; attempt++) {
    try {
      return await write(deps, left, at);
    } catch (error) {
      if (!(error instanceof Conflict) || attempt === ATTEMPTS) throw error;
    }
    const pending = await deps.queries.pendingOf(left.map(({ before }) => before.id));
    const versions = new Map(pending.map(({ id, version }) => [id, version]));
    left = left.filter(({ before: { id, version } }) => versions.get(id) === version);
  }
}

const ATTEMPTS = 5;

const write = (
  { store }: Deps,
  changes: readonly { readonly before: TakeOver; readonly after: TakeOver }[],
  at: Date,
): Promise<void> =>
  store.transaction(async (tx) => {
    await tx.update(store.tables.takeOver, changes);
    await tx.insert(
      store.tables.feedChange,
      changes.map(({ before, after }) => takeOverChange({ ...after, version: before.version + 1 }, at)),
    );
    await appendAudit(
      store,
      tx,
      changes.map(({ after }) => ofTakeOver(after.state === 'ACCEPTED' ? 'REFUSED' : after.state, after)),
      systemActor('service:primary-link'),
    );
  });

function settled(
  takeOver: TakeOver,
  { state, userErrors: refusal }: Told,
  receipts: ReadonlyMap<string, Receipt>,
  at: Date,
): TakeOver {
  const after = { ...takeOver, pending: null };
  if (takeOver.pending === 'CANCEL') return { ...after, state: 'CANCELLED', endedAt: at };
  if (takeOver.pending === 'RELEASE') return { ...after, state: 'RELEASED', endedAt: at };
  if (state === 'PROMOTED')
    return {
      ...{ ...after, state: 'ACKNOWLEDGED', acknowledgedAt: at, cancelUntil: cancelUntil(today(at)) },
      receipt: receipts.get(takeOver.id) ?? null,
    };
  // It stays accepted and says why: what stands in the way may pass.
  return { ...after, admittedOn: null, acknowledgedBy: null, refusal };
}

/** One receipt for each that was promoted, signed before anything is written. */
async function receiptsOf(
  { receipts }: Deps,
  chunk: readonly TakeOver[],
  told: ReadonlyMap<string, Told>,
  at: Date,
): Promise<ReadonlyMap<string, Receipt>> {
  const acknowledgedAt = at.toISOString();
  const issued = chunk.flatMap((one) => {
    const number = told.get(one.id)?.number ?? null;
    if (one.pending !== 'PROMOTE' || number === null) return [];
    const { id: takeOver, schoolCode: school, institutionCode: kindergarten, countyCode: county } = one;
    const facts = { takeOver, school, kindergarten, county, admittedOn: one.admittedOn, acknowledgedAt };
    return [receipts.issue(facts, number).then((receipt) => [takeOver, receipt] as const)];
  });
  return new Map(await Promise.all(issued));
}
