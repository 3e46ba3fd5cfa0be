import type { Peers } from '../../kernel/peers.ts';
import { today } from '../../kernel/rules/plain-date.ts';
import type { Viewer } from '../../kernel/rules/viewer.ts';
import type { NumberQuery, NumberResolution } from './model.ts';
import { DAILY_QUOTA } from './rules/quota.ts';
import { resolutionOf, type FoundRecord } from './rules/resolution.ts';
import { useQueries } from './store/queries.ts';
import type { PrimaryLinkStore } from './store/store.ts';

export interface Deps {
  readonly store: PrimaryLinkStore;
  readonly peers: Peers;
  readonly now: () => Date;
}

const LOOKUP = `query($items: [NumberLookupInput!]!) {
  numberLookups(items: $items) { currentNumber status issuedOn changedOn changeReason institutionCode } }`;

/** What this subgraph does: answers whether a number and a birth date belong to a preschool record. */
export function primaryLinkService({ store, peers, now }: Deps) {
  const queries = useQueries(store);
  return {
    /**
     * One answer for each item, in order; null when the day's quota does not hold that many.
     * The quota is taken before asking: a client that breaks off has still asked.
     */
    async resolve({ account }: Viewer, items: readonly NumberQuery[]): Promise<NumberResolution[] | null> {
      if (items.length === 0) return [];
      const day = { account, day: today(now()) };
      if (!(await queries.spend(day, items.length, DAILY_QUOTA))) return null;
      const asked = items.map(({ number, bornOn }) => ({ number, bornOn }));
      const { numberLookups } = await peers.ask<{ numberLookups: (FoundRecord | null)[] }>(
        'records',
        LOOKUP,
        {
          items: asked,
        },
      );
      await queries.noteFound(day, numberLookups.filter((found) => found !== null).length);
      return numberLookups.map(resolutionOf);
    },
  };
}
export type PrimaryLinkService = ReturnType<typeof primaryLinkService>;
