import type { UserError } from '../../../kernel/rules/user-errors.ts';
import type { Facts } from './facts.ts';
import { CORRECTION_NEEDS } from './needs/correction.ts';
import { CANCELLATION_NEEDS } from './needs/cancellation.ts';
import { DECISION_NEEDS } from './needs/decision.ts';
import { DEFERRAL_NEEDS } from './needs/deferral.ts';
import { ENROLMENT_NEEDS } from './needs/enrolment.ts';
import { NUMBER_NEEDS } from './needs/number.ts';
import { REINSTATEMENT_NEEDS } from './needs/reinstatement.ts';
import { STAY_NEEDS } from './needs/stay.ts';
import { TAKE_OVER_NEEDS } from './needs/take-over.ts';
import { TRANSFER_NEEDS } from './needs/transfer.ts';
import { YEAR_END_NEEDS } from './needs/year-end.ts';

/** Every need is one row: what it asks, for people, and the refusal when it does not hold. */
export interface NeedRow {
  readonly zh: string;
  readonly en: string;
  readonly unmet: (facts: Facts) => UserError | readonly UserError[] | null;
}

export const NEEDS = {
  ...ENROLMENT_NEEDS,
  ...DECISION_NEEDS,
  ...STAY_NEEDS,
  ...TRANSFER_NEEDS,
  ...CORRECTION_NEEDS,
  ...DEFERRAL_NEEDS,
  ...YEAR_END_NEEDS,
  ...NUMBER_NEEDS,
  ...CANCELLATION_NEEDS,
  ...REINSTATEMENT_NEEDS,
  ...TAKE_OVER_NEEDS,
};
export type Need = keyof typeof NEEDS;

/** Every unmet need of the list, in its order. */
export function unmet(needs: readonly Need[], facts: Facts): UserError[] {
  return needs.flatMap((need) => NEEDS[need].unmet(facts) ?? []);
}
