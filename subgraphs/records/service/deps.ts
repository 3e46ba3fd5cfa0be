import type { Peers } from '../../../kernel/peers.ts';
import type { UserError } from '../../../kernel/rules/user-errors.ts';
import type { CountQueries } from '../store/counts.ts';
import type { DataExportQueries } from '../store/data-exports.ts';
import type { DelayQueries } from '../store/delays.ts';
import type { InstitutionQueries } from '../store/institution-changes.ts';
import type { OfferQueries } from '../store/offers.ts';
import type { GraduationQueries } from '../store/graduation.ts';
import type { LedToQueries } from '../store/led-to.ts';
import type { PromotionQueries } from '../store/promotions.ts';
import type { ProblemQueries } from '../store/problem-cases.ts';
import type { RecordQueries } from '../store/queries.ts';
import type { SettingQueries } from '../store/settings.ts';
import type { RecordStore } from '../store/store.ts';

export type { BatchAnswer } from '../../../kernel/store/batch.ts';

/** What the acts of this subgraph work with. Time is handed in. */
export interface Deps {
  readonly store: RecordStore;
  readonly queries: RecordQueries &
    CountQueries &
    SettingQueries &
    DelayQueries &
    InstitutionQueries &
    OfferQueries &
    GraduationQueries &
    PromotionQueries &
    LedToQueries &
    DataExportQueries &
    ProblemQueries;
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
