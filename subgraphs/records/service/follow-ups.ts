import { always, type GoesOn } from '../../../kernel/rules/goes-on.ts';
import type { BatchAnswer } from '../../../kernel/store/batch.ts';
import type { FollowUp } from '../model.ts';
import { endFollowUps } from '../store/ends.ts';
import { applyCorrections } from './apply-correction.ts';
import type { Deps, Done } from './deps.ts';

/** What each kind does at a neighbour. Every one may be repeated and ends in the same state. */
type Handler = (deps: Deps, followUps: readonly FollowUp[]) => Promise<void>;

const HANDLERS: Readonly<Record<FollowUp['kind'], Handler>> = {
  MOVE_HOLDER: moveHolders,
  CORRECT_CHILD: applyCorrections,
};

const PAGE = 200;
/** Records at a time; of one record never two at a time. */
const LANES = 8;

/**
 * Once an act stands, what follows from it at the neighbours. When a neighbour is down the caller gets its fault;
 * the retry with the same key finds the act done and only this left; so does the timer, for callers who never come back.
 */
export async function finishing(deps: Deps, answer: Promise<BatchAnswer<Done>>): Promise<BatchAnswer<Done>> {
  const { results, userErrors } = await answer;
  const ids = results.flatMap(({ recordId, followUp }) => (followUp && recordId ? [recordId] : []));
  if (ids.length > 0) await finish(deps, await deps.queries.openFollowUpsOf(ids));
  return { results, userErrors };
}

/**
 * Everything that is still to be done, oldest first. Throws the first failure when all the others are done: one
 * record's trouble holds up nobody else's.
 */
export async function finishAll(deps: Deps, goesOn: GoesOn = always): Promise<void> {
  const failures: unknown[] = [];
  let after: string | null = null;
  while (goesOn()) {
    const page: FollowUp[] = await deps.queries.openFollowUps(PAGE, after);
    // With what is open of the same records from before this page, if that has failed.
    const records = [...new Set(page.map(({ recordId }) => recordId))];
    await finish(deps, await deps.queries.openFollowUpsOf(records)).catch((error: unknown) =>
      failures.push(error),
    );
    if (page.length < PAGE) break;
    after = page.at(-1)!.id;
  }
  if (failures.length > 0) throw failures[0];
}

/** Each record's in their order, so that two changes of one child arrive as they were made. */
async function finish(deps: Deps, followUps: readonly FollowUp[]): Promise<void> {
  const byRecord = new Map<string, FollowUp[]>();
  for (const one of followUps) byRecord.set(one.recordId, [...(byRecord.get(one.recordId) ?? []), one]);
  const queues = [...byRecord.values()];
  const failures: unknown[] = [];
  const lane = async () => {
    for (let queue = queues.shift(); queue; queue = queues.shift())
      await finishOne(deps, queue).catch((error: unknown) => failures.push(error));
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  if (failures.length > 0) throw failures[0];
}

async function finishOne(deps: Deps, queue: readonly FollowUp[]): Promise<void> {
  for (const followUp of queue) {
    await HANDLERS[followUp.kind](deps, [followUp]);
    await deps.store.transaction((tx) => endFollowUps(deps.store, tx, [followUp], deps.now()));
  }
}

const MOVE = `mutation($input: MoveHoldersInput!) { moveHolders(input: $input) { userErrors { code } } }`;

/** Who may see a child follows it: the new kindergarten holds it, the one before no longer does. */
async function moveHolders({ peers }: Deps, followUps: readonly FollowUp[]): Promise<void> {
  for (const { id, facts } of followUps) {
    // One key for each, whoever sends it: a request that was delayed cannot undo what came after it.
    const { moveHolders: answer } = await peers.ask<{ moveHolders: { userErrors: { code: string }[] } }>(
      'children',
      MOVE,
      { input: { idempotencyKey: id, moves: [facts] } },
    );
    // It is decided and cannot be refused; a refusal is a fault of the two subgraphs, to be seen and mended.
    if (answer.userErrors.length > 0)
      throw new Error(`children refused to move a holder: ${answer.userErrors[0]!.code}`);
  }
}
