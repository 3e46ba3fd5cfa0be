import type { Founder } from './code-sets/founder.ts';
import type { Ownership } from './code-sets/ownership.ts';

export interface OwnershipFacts {
  readonly founder: Founder;
  /** Recognised as an inclusive private kindergarten (普惠性民办). */
  readonly inclusive: boolean;
  readonly creditCode: string | null;
}

/** Companies registered for profit have credit codes that begin so. */
const FOR_PROFIT = '91';

/** Public is whatever is not private; only a non-profit private institution can be inclusive. */
export function ownershipOf({ founder, inclusive, creditCode }: OwnershipFacts): Ownership {
  if (founder !== 'PRIVATE') return 'PUBLIC';
  return inclusive && !creditCode?.startsWith(FOR_PROFIT) ? 'INCLUSIVE_PRIVATE' : 'OTHER_PRIVATE';
}
