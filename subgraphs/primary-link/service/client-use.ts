import { today } from '../../../kernel/rules/plain-date.ts';
import type { Call } from '../../../kernel/rules/viewer.ts';
import type { ClientOperation, ClientUse, QuotaKind, UseCounts } from '../model.ts';
import { freesAt, quotaOf } from '../rules/quota.ts';
import type { Deps } from './deps.ts';

type Asker = Pick<Call, 'viewer' | 'purpose'>;

/** Whether it was taken, how much there is in a day, and when it is free again. */
export interface Taken {
  readonly fits: boolean;
  readonly most: number;
  readonly freesAt: Date;
}

const NOTHING = { calls: 0, items: 0, found: 0, refused: 0 };

/** What client systems are rationed by, and what is counted of them; noted whatever comes of the request. */
export function clientUse({ queries, now }: Pick<Deps, 'queries' | 'now'>) {
  const useOf = (
    { viewer, purpose }: Asker,
    operation: ClientOperation,
    counts: Partial<UseCounts>,
  ): ClientUse => {
    const at = now();
    return {
      ...NOTHING,
      ...counts,
      ...{ account: viewer.account, day: today(at), hour: hourOf(at), operation, purpose: purpose ?? 'NONE' },
      ...{ areaLevel: viewer.area.level, areaCode: viewer.area.code },
    };
  };
  const take = async (
    { viewer }: Asker,
    kind: QuotaKind,
    items: number,
    useOfIt?: (fits: boolean) => ClientUse,
  ): Promise<Taken> => {
    const day = { account: viewer.account, day: today(now()), kind };
    const most = quotaOf(kind, viewer, await queries.quotasSetFor(viewer));
    const fits = await queries.spend(day, items, most, useOfIt);
    return { fits, most, freesAt: freesAt(day.day) };
  };
  return {
    /** One call with so many items. */
    noteCall: (asker: Asker, operation: ClientOperation, items: number, found = 0) =>
      queries.noteUse(useOf(asker, operation, { calls: 1, items, found })),
    async noteFound(asker: Asker, operation: ClientOperation, found: number): Promise<void> {
      if (found > 0) await queries.noteUse(useOf(asker, operation, { found }));
    },
    /** Takes the items out of the day's quota before anything is asked, so that a client that breaks off has still asked. */
    spend: (asker: Asker, operation: ClientOperation, kind: QuotaKind, items: number) =>
      take(asker, kind, items, (taken) =>
        useOf(asker, operation, taken ? { calls: 1, items } : { calls: 1, refused: 1 }),
      ),
    /** The same of archives; the call they come with is counted as what it is. */
    spendArchives: (asker: Asker, many: number) => take(asker, 'ARCHIVES', many),
  };
}

/** The hour of the day in China, whose time has no other offset. */
const hourOf = (at: Date): number => (at.getUTCHours() + 8) % 24;
