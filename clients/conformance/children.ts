/** The children of the trial: invented, of school age, in a kindergarten, and nobody's yet. */
import { readFileSync } from 'node:fs';

export interface TrialChild {
  readonly number: string;
  readonly bornOn: string;
  /** As the kindergarten knows it, which can offer it. */
  readonly recordId: string;
}

export interface TrialChildren {
  readonly children: readonly TrialChild[];
  /** Not of school age this year. */
  readonly young: TrialChild;
}

export const CHILDREN_NEEDED = 8;

/** Throws, naming no child, where the file is not whole. */
export function readChildren(file: string): TrialChildren {
  const { children = [], young } = JSON.parse(readFileSync(file, 'utf8')) as Partial<TrialChildren>;
  const isWhole = (one: Partial<TrialChild> | undefined) =>
    Boolean(one?.number && one.bornOn && one.recordId);
  if (children.length < CHILDREN_NEEDED || !children.every(isWhole) || !isWhole(young))
    throw new Error(
      `${CHILDREN_NEEDED} children and one that is too young were expected, each with number, bornOn and recordId; ${children.length} came`,
    );
  return { children, young: young! };
}

/** One after the other, round and round: each case ends with its child free again. */
export function inTurn(children: readonly TrialChild[]): () => TrialChild {
  let n = 0;
  return () => children[n++ % children.length]!;
}
