/**
 * Numbers that are shown to a school, within one request: each child is noted before its number leaves. An archive is paid
 * for as well; what a school asks after has been paid for by then, found or not.
 */
import DataLoader from 'dataloader';
import type { Call } from '../../../kernel/rules/viewer.ts';
import type { TakeOver, Whose } from '../model.ts';
import type { PrimaryLinkService } from '../service.ts';
import { ITEMS_MAX } from '../rules/quota.ts';
import { over } from './quota.ts';

export interface Showing {
  /** The number itself, once it is written down that it was shown. */
  number(whose: Whose, number: string): Promise<string>;
  /** Takes the archive out of the asker's day, or throws RATE_LIMITED; once a request. */
  pay(takeOver: Pick<TakeOver, 'id'>): Promise<void>;
}

export function showingOf(call: Call, primaryLink: PrimaryLinkService): Showing {
  const noted = new DataLoader<Whose, true, string>(
    async (children) => {
      await primaryLink.noteShown(call, children);
      return children.map(() => true);
    },
    { cacheKeyFn: ({ childId }) => childId, maxBatchSize: ITEMS_MAX },
  );
  const paid = new DataLoader<string, true>(async (ids) => {
    const { fits, most, freesAt } = await primaryLink.uses.spendArchives(call, ids.length);
    if (!fits) throw over('ARCHIVES', most, freesAt);
    return ids.map(() => true);
  });
  return {
    number: ({ childId, countyCode }, number) => noted.load({ childId, countyCode }).then(() => number),
    async pay({ id }) {
      await paid.load(id);
    },
  };
}
