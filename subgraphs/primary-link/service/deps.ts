import type { Peers } from '../../../kernel/peers.ts';
import type { UserError } from '../../../kernel/rules/user-errors.ts';
import type { Receipt } from '../model.ts';
import type { CaseReportQueries } from '../store/case-reports.ts';
import type { ClientQuotaQueries } from '../store/client-quotas.ts';
import type { ClientUseQueries } from '../store/client-use.ts';
import type { PrimaryLinkStore } from '../store/store.ts';
import type { FeedQueries } from '../store/feed.ts';
import type { TakeOverQueries } from '../store/take-overs.ts';

export type { BatchAnswer } from '../../../kernel/store/batch.ts';

/** Signs what proves a take-over; keys and chance are whoever's starts the subgraph. */
export interface Receipts {
  /** `number` does not enter the text: only a digest of it with chance, that whoever knows the number can check. */
  issue(facts: Readonly<Record<string, unknown>>, number: string): Promise<Receipt>;
  readonly publicKeys: readonly ReceiptKey[];
}

export interface ReceiptKey {
  readonly kid: string;
  readonly alg: string;
  /** SPKI, PEM. */
  readonly publicKey: string;
}

/** What the acts of this subgraph work with. Time is handed in. */
export interface Deps {
  readonly store: PrimaryLinkStore;
  readonly queries: ClientUseQueries & ClientQuotaQueries & CaseReportQueries & TakeOverQueries & FeedQueries;
  readonly peers: Peers;
  readonly now: () => Date;
  readonly receipts: Receipts;
}

/** What an act on one thing came to; ids and codes only, since it is kept for replays. */
export interface Done {
  readonly takeOverId: string | null;
  readonly warnings: readonly UserError[];
  readonly userErrors: readonly UserError[];
}

export const refused = (userErrors: readonly UserError[], takeOverId: string | null = null): Done => ({
  ...{ takeOverId, warnings: [], userErrors },
});

export const done = (takeOverId: string, warnings: readonly UserError[] = []): Done => ({
  ...{ takeOverId, warnings, userErrors: [] },
});
