import type { Peers } from '../../../kernel/peers.ts';
import type { UserError } from '../../../kernel/rules/user-errors.ts';
import type { RecordReads } from '../store/reads.ts';
import type { RecordStore } from '../store/store.ts';

export type { BatchAnswer } from '../../../kernel/store/batch.ts';

/** What the acts of this subgraph work with. Time is handed in. */
export interface Deps {
  readonly store: RecordStore;
  readonly queries: RecordReads;
  readonly peers: Peers;
  readonly now: () => Date;
}

/** What an act on one thing came to; ids and codes only, since it is kept for replays. */
export interface Done {
  readonly recordId: string | null;
  readonly applicationId: string | null;
  readonly warnings: readonly UserError[];
  readonly userErrors: readonly UserError[];
  /** Something is still to be done at a neighbour. */
  readonly followUp?: true;
}

export const refused = (userErrors: readonly UserError[]): Done => ({
  recordId: null,
  applicationId: null,
  warnings: [],
  userErrors,
});
