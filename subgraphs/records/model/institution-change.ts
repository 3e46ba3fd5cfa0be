import type { Ownership } from '../../../kernel/rules/code-sets/ownership.ts';
import type { UrbanRural } from '../../../kernel/rules/code-sets/urban-rural.ts';
import type { PlainDate } from '../../../kernel/rules/plain-date.ts';
import type { Place } from '../../../kernel/rules/viewer.ts';

/** Where the children of an institution are after a change, with what they are counted by. */
export interface ChangedSeat extends Place {
  readonly institutionId: string;
  readonly institutionCode: string;
  /** The version that institution had when the change was made. */
  readonly seq: number;
  readonly ownership: Ownership;
  readonly urbanRural: UrbanRural;
}

/** What became of an institution, as the institutions subgraph tells it. */
export interface InstitutionChange {
  readonly id: string;
  readonly institutionId: string;
  readonly institutionCode: string;
  /** Its place among the changes of this institution. */
  readonly seq: number;
  readonly kind: string;
  readonly on: PlainDate;
  readonly account: string;
  readonly to: ChangedSeat;
}

/** The last change of an institution that took children elsewhere; what comes into it later follows there. */
export interface InstitutionMoved {
  readonly institutionId: string;
  readonly seq: number;
  readonly facts: InstitutionChange;
}
