import type { Peers } from '../../kernel/peers.ts';
import { today } from '../../kernel/rules/plain-date.ts';
import type { Viewer } from '../../kernel/rules/viewer.ts';
import type { NumberQuery, NumberResolution, TakeOver } from './model.ts';
import type { NewTakeOver } from './rules/offering.ts';
import { DAILY_QUOTA } from './rules/quota.ts';
import { resolutionOf, type FoundRecord } from './rules/resolution.ts';
import type { NewSchool } from './rules/schools.ts';
import { sees, type TakeOverAct } from './rules/take-over.ts';
import { actOnTakeOvers, type ActOnTakeOver } from './service/act.ts';
import type { Deps, Receipts } from './service/deps.ts';
import { feedLags, readFeed, sequence, takeIn, type ToldChange } from './service/feed.ts';
import { finishAll } from './service/finish.ts';
import { neighbours } from './service/neighbours.ts';
import { offerTakeOvers } from './service/offer.ts';
import { closePrimarySchool, openPrimarySchools, type ClosingSchool } from './service/schools.ts';
import { feedQueries } from './store/feed.ts';
import { useQueries } from './store/queries.ts';
import type { PrimaryLinkStore } from './store/store.ts';
import { takeOverQueries } from './store/take-overs.ts';

export interface Wiring {
  readonly store: PrimaryLinkStore;
  readonly peers: Peers;
  readonly now: () => Date;
  readonly receipts: Receipts;
}

const LOOKUP = `query($items: [NumberLookupInput!]!) {
  numberLookups(items: $items) { currentNumber status issuedOn changedOn changeReason institutionCode } }`;

/** What this subgraph does: tells schools which record a child has, and hands records over, each to one school. */
export function primaryLinkService({ store, peers, now, receipts }: Wiring) {
  const queries = { ...useQueries(store), ...takeOverQueries(store), ...feedQueries(store) };
  const deps: Deps = { store, queries, peers, now, receipts };
  /** The quota is taken before asking: a client that breaks off has still asked. */
  const spend = ({ account }: Viewer, items: number) =>
    queries.spend({ account, day: today(now()) }, items, DAILY_QUOTA);
  return {
    ...queries,
    receiptKeys: receipts.publicKeys,
    /** One answer for each item, in order; null when the day's quota does not hold that many. */
    async resolve(viewer: Viewer, items: readonly NumberQuery[]): Promise<NumberResolution[] | null> {
      if (items.length === 0) return [];
      if (!(await spend(viewer, items.length))) return null;
      const asked = items.map(({ number, bornOn }) => ({ number, bornOn }));
      const { numberLookups } = await peers.ask<{ numberLookups: (FoundRecord | null)[] }>(
        'records',
        LOOKUP,
        { items: asked },
      );
      const found = numberLookups.filter((one) => one !== null).length;
      await queries.noteFound({ account: viewer.account, day: today(now()) }, found);
      return numberLookups.map(resolutionOf);
    },
    openPrimarySchools: (viewer: Viewer, key: string, items: readonly NewSchool[]) =>
      openPrimarySchools(deps, viewer, key, items),
    closePrimarySchool: (viewer: Viewer, key: string, item: ClosingSchool) =>
      closePrimarySchool(deps, viewer, key, item),
    /** Null when a school's quota of the day does not hold that many: a claim is a guess like any other. */
    async offerTakeOvers(viewer: Viewer, key: string, items: readonly NewTakeOver[]) {
      const counts = viewer.role === 'PRIMARY_SCHOOL' && items.length > 0;
      if (counts && !(await spend(viewer, items.length))) return null;
      return offerTakeOvers(deps, viewer, key, items);
    },
    actOnTakeOvers: (viewer: Viewer, action: TakeOverAct, key: string, items: readonly ActOnTakeOver[]) =>
      actOnTakeOvers(deps, viewer, action, key, items),
    /** Those of the take-overs the viewer has to do with. */
    async takeOversFor(viewer: Viewer, ids: readonly string[]): Promise<TakeOver[]> {
      return (await queries.takeOversById(ids)).filter((one) => sees(viewer, one));
    },
    /** Of each record the take-over that counts: the one that stands, or else the last. */
    async takeOversOfRecords(viewer: Viewer, recordIds: readonly string[]): Promise<TakeOver[]> {
      const all = (await queries.takeOversByRecord(recordIds)).filter((one) => sees(viewer, one));
      const rank = ({ state }: TakeOver) => (['OFFERED', 'ACCEPTED', 'ACKNOWLEDGED'].includes(state) ? 1 : 0);
      return recordIds.flatMap(
        (id) =>
          all
            .filter(({ recordId }) => recordId === id)
            .sort((a, b) => rank(a) - rank(b))
            .at(-1) ?? [],
      );
    },
    subjectsById: async (ids: readonly string[]) => {
      const found = await neighbours.subjects(
        peers,
        ids.map((recordId) => ({ recordId })),
      );
      return found.flatMap((one) => one ?? []);
    },
    /** What the clock does by itself: does what is left at records. */
    async keepTime(): Promise<void> {
      await finishAll(deps);
      await sequence(deps);
    },
    sequence: () => sequence(deps),
    applyRecordChanges: async (told: readonly ToldChange[]) => {
      const applied = await takeIn(deps, told);
      await sequence(deps);
      return applied;
    },
    readFeed: (viewer: Viewer, part: number, after: number | null, limit: number) =>
      readFeed(deps, viewer, part, after, limit),
    feedLags: (viewer: Viewer) => feedLags(deps, viewer),
  };
}
export type PrimaryLinkService = ReturnType<typeof primaryLinkService>;
