import type { BatchAnswer } from '../../../kernel/store/batch.ts';
import type { FollowUp } from '../model.ts';
import { endFollowUps } from '../store/ends.ts';
import type { Deps, Done } from './deps.ts';

/** What each kind does at a neighbour. Every one may be repeated and ends in the same state. */
type Handler = (deps: Deps, followUps: readonly FollowUp[]) => Promise<void>;

const HANDLERS: Readonly<Partial<Record<FollowUp['kind'], Handler>>> = { MOVE_HOLDER: moveHolders };

const AT_ONCE = 200;

/**
 * Once an act stands, what follows from it at the neighbours. When a neighbour is down the caller gets its fault;
 * the retry with the same key finds the act done and only this left; so does the timer, for callers who never come back.
 */
export async function finishing(deps: Deps, answer: Promise<BatchAnswer<Done>>): Promise<BatchAnswer<Done>> {
  const { results, userErrors } = await answer;
  const ids = results.flatMap(({ applicationId, followUp }) =>
    followUp && applicationId ? [applicationId] : [],
  );
  if (ids.length > 0) await finish(deps, await deps.queries.openFollowUps(ids, AT_ONCE));
  return { results, userErrors };
}

/** Everything that is still to be done, oldest first; answers how much was done. Throws where a neighbour is down. */
export async function finishAll(deps: Deps): Promise<number> {
  let done = 0;
  for (;;) {
    const open = await deps.queries.openFollowUps(null, AT_ONCE);
    if (open.length === 0) return done;
    await finish(deps, open);
    done += open.length;
  }
}

/** In their order, so that two changes of one child arrive as they were made; neighbouring ones of a kind together. */
async function finish(deps: Deps, followUps: readonly FollowUp[]): Promise<void> {
  for (const run of runs(followUps)) {
    await HANDLERS[run[0]!.kind]!(deps, run);
    await deps.store.transaction((tx) => endFollowUps(deps.store, tx, run, deps.now()));
  }
}

function runs(followUps: readonly FollowUp[]): FollowUp[][] {
  const all: FollowUp[][] = [];
  for (const one of followUps) {
    const last = all.at(-1);
    if (last && last[0]!.kind === one.kind) last.push(one);
    else all.push([one]);
  }
  return all;
}

const MOVE = `mutation($input: MoveHoldersInput!) { moveHolders(input: $input) { userErrors { code } } }`;

/** Who may see a child follows it: the new kindergarten holds it, the one before no longer does. */
async function moveHolders({ peers }: Deps, followUps: readonly FollowUp[]): Promise<void> {
  const moves = followUps.map(({ facts }) => facts);
  const idempotencyKey = `move-${followUps[0]!.id}-${followUps.length}`;
  const { moveHolders: answer } = await peers.ask<{ moveHolders: { userErrors: { code: string }[] } }>(
    'children',
    MOVE,
    { input: { idempotencyKey, moves } },
  );
  // It is decided and cannot be refused; a refusal is a fault of the two subgraphs, to be seen and mended.
  if (answer.userErrors.length > 0)
    throw new Error(`children refused to move holders: ${answer.userErrors[0]!.code}`);
}
