import { ask, type GraphClientOptions } from '../roster/graph-client.ts';
import { UNDO, UNDO_PROMOTIONS, type Run, type RunAnswer, type UndoPromotionsAnswer } from './operations.ts';
import type { Told } from './run.ts';

export interface Undoing {
  /** The graduation to take back, if one is. */
  readonly run: string | null;
  /** Promotions to take back, each as the class left and the class gone on to. */
  readonly promotions: readonly { readonly fromClassId: string; readonly toClassId: string }[];
  readonly reason: string | null;
  readonly key: string;
}

export interface Undone {
  readonly run: Run | null;
  /** Children that are back in the class they came from. */
  readonly movedBack: number;
  readonly warnings: readonly Told[];
  readonly refusals: readonly Told[];
}

/** Takes back in the order in which it was not done: promotions first, then the graduation. */
export async function undoYearEnd(graph: GraphClientOptions, undoing: Undoing): Promise<Undone> {
  const warnings: Told[] = [];
  const refusals: Told[] = [];
  const movedBack = await undoPromotions(graph, undoing, warnings, refusals);
  const run = refusals.length === 0 ? await undoGraduation(graph, undoing, refusals) : null;
  return { run, movedBack, warnings, refusals };
}

async function undoPromotions(
  graph: GraphClientOptions,
  { promotions: items, reason, key }: Undoing,
  warnings: Told[],
  refusals: Told[],
): Promise<number> {
  if (items.length === 0) return 0;
  const input = { idempotencyKey: `${key}-promotions`, items, reason };
  const { undoPromotions: answer } = await ask<UndoPromotionsAnswer>(graph, UNDO_PROMOTIONS, { input });
  refusals.push(...answer.userErrors.map((refusal) => ({ of: 'promotions', refusal })));
  answer.results.forEach(({ userErrors, stayed }, i) => {
    refusals.push(...userErrors.map((refusal) => ({ of: items[i]!.toClassId, refusal })));
    for (const child of stayed)
      warnings.push(...child.userErrors.map((refusal) => ({ of: child.recordId, refusal })));
  });
  return answer.results.reduce((sum, { moved }) => sum + moved, 0);
}

async function undoGraduation(
  graph: GraphClientOptions,
  { run: runId, reason, key }: Undoing,
  refusals: Told[],
): Promise<Run | null> {
  if (runId === null) return null;
  const { act } = await ask<RunAnswer>(graph, UNDO, { input: { idempotencyKey: key, runId, reason } });
  refusals.push(...act.userErrors.map((refusal) => ({ of: runId, refusal })));
  return act.userErrors.length === 0 ? act.run : null;
}
