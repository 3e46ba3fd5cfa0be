import { serviceOf, guardedChild, type Peers } from '../../kernel/peers.ts';
import type { GoesOn } from '../../kernel/rules/goes-on.ts';
import { seesSealed } from '../../kernel/rules/sight.ts';
import type { Call, Viewer } from '../../kernel/rules/viewer.ts';
import { appendReads } from '../../kernel/store/audit/append.ts';
import { auditReader } from '../../kernel/store/audit/reading.ts';
import {
  applySeals,
  SHIELDED,
  WHOLE,
  type Eyes,
  type SealedChild,
} from '../../kernel/store/sealed-children.ts';
import type { DocumentQuery, NumberQuery, TakeOver, Whose } from './model.ts';
import type { LateLink } from './rules/linking.ts';
import type { NewTakeOver } from './rules/offering.ts';
import type { QuotaSetting } from './rules/quota.ts';
import type { NewSchool } from './rules/schools.ts';
import type { TakeOverAct } from './rules/take-over.ts';
import { actOnTakeOvers, type ActOnTakeOver } from './service/act.ts';
import { ofShown } from './service/audited.ts';
import { clientQuotas, setClientQuota } from './service/client-quotas.ts';
import { clientUse } from './service/client-use.ts';
import { compareRoster, type RosterEntry } from './service/compare.ts';
import type { Deps, Receipts } from './service/deps.ts';
import { feedLags, readFeed, sequence, sequenceSome, takeIn, type ToldChange } from './service/feed.ts';
import { finishAll, finishingByTurns } from './service/finish.ts';
import { gaugesOf } from './service/gauges.ts';
import { linkLateRecords } from './service/link-late.ts';
import { neighbours } from './service/neighbours.ts';
import { offerTakeOvers } from './service/offer.ts';
import { resolveDocuments, resolveNumbers } from './service/resolve.ts';
import { closePrimarySchool, openPrimarySchools, type ClosingSchool } from './service/schools.ts';
import { caseReportQueries } from './store/case-reports.ts';
import { clientQuotaQueries } from './store/client-quotas.ts';
import { clientUseQueries, type ClientUseFilter } from './store/client-use.ts';
import { feedQueries } from './store/feed.ts';
import type { PrimaryLinkStore } from './store/store.ts';
import { takeOverQueries } from './store/take-overs.ts';

export interface Wiring {
  readonly store: PrimaryLinkStore;
  readonly peers: Peers;
  readonly now: () => Date;
  readonly receipts: Receipts;
}

/** What goes on by itself, and what is done while a call is answered: with the reads its viewer's eyes may have. */
export function primaryLinkServices(wiring: Wiring) {
  const whole = primaryLinkService(wiring, WHOLE);
  const shielded = primaryLinkService(wiring, SHIELDED);
  return {
    whole,
    during: (call: Call): PrimaryLinkService => (seesSealed(call.viewer) ? whole : shielded).during(call),
  };
}
export type PrimaryLinkServices = ReturnType<typeof primaryLinkServices>;

/** What this subgraph does: tells schools which record a child has, and hands records over, each to one school. */
export function primaryLinkService({ store, peers, now, receipts }: Wiring, eyes: Eyes = SHIELDED) {
  const queries = {
    ...clientUseQueries(store),
    ...clientQuotaQueries(store),
    ...caseReportQueries(store),
    ...takeOverQueries(store, eyes),
    ...feedQueries(store),
  };
  const deps: Deps = { store, queries, peers, now, receipts };
  const reads = {
    ...queries,
    receiptKeys: receipts.publicKeys,
    auditEntries: auditReader(store),
    uses: clientUse(deps),
    /** Writes down whose numbers are about to be shown. */
    noteShown: ({ viewer, requestId, purpose }: Call, children: readonly Whose[]) =>
      appendReads(store, { ...viewer, requestId, purpose: purpose ?? null }, children.map(ofShown)),
  };
  return {
    ...serviceOf(reads, deps, actsOf),
    gauges: gaugesOf(deps),
    /** What the clock does by itself: all that is left at records, of what nobody is at. */
    finishLeft: finishingByTurns(deps),
  };
}
export type PrimaryLinkService = ReturnType<ReturnType<typeof primaryLinkService>['during']>;

function actsOf(deps: Deps) {
  const { store, queries, peers } = deps;
  return {
    guardedChild: ({ account }: Viewer, childId: string) => guardedChild(peers, account, childId),
    resolveNumbers: (items: readonly NumberQuery[]) => resolveNumbers(deps, items),
    resolveDocuments: (items: readonly DocumentQuery[]) => resolveDocuments(deps, items),
    clientQuotas: (client: Viewer) => clientQuotas(deps, client),
    setClientQuota: (viewer: Viewer, key: string, item: QuotaSetting) =>
      setClientQuota(deps, viewer, key, item),
    /** Groups of counts within the viewer's area; null where there are more than fit. */
    async clientUseIn(filter: ClientUseFilter, limit: number) {
      const found = await queries.clientUse(filter, limit + 1);
      return found.length > limit ? null : found;
    },
    openPrimarySchools: (viewer: Viewer, key: string, items: readonly NewSchool[]) =>
      openPrimarySchools(deps, viewer, key, items),
    closePrimarySchool: (viewer: Viewer, key: string, item: ClosingSchool) =>
      closePrimarySchool(deps, viewer, key, item),
    offerTakeOvers: (viewer: Viewer, key: string, items: readonly NewTakeOver[]) =>
      offerTakeOvers(deps, viewer, key, items),
    linkLateRecords: (viewer: Viewer, key: string, items: readonly LateLink[]) =>
      linkLateRecords(deps, viewer, key, items),
    compareRoster: (viewer: Viewer, key: string, items: readonly RosterEntry[]) =>
      compareRoster(deps, viewer, key, items),
    actOnTakeOvers: (viewer: Viewer, action: TakeOverAct, key: string, items: readonly ActOnTakeOver[]) =>
      actOnTakeOvers(deps, viewer, action, key, items),
    /** Those of the take-overs the viewer has to do with. */
    takeOversFor: (viewer: Viewer, ids: readonly string[]): Promise<TakeOver[]> =>
      queries.takeOversSeen(viewer, ids),
    /** Of each record the take-over that counts: the one that stands, or else the last. */
    async takeOversOfRecords(viewer: Viewer, recordIds: readonly string[]): Promise<TakeOver[]> {
      const all = await queries.takeOversOfRecordsSeen(viewer, recordIds);
      const rank = ({ state }: TakeOver) => (['OFFERED', 'ACCEPTED', 'ACKNOWLEDGED'].includes(state) ? 1 : 0);
      return recordIds.flatMap(
        (id) =>
          all
            .filter(({ recordId }) => recordId === id)
            .sort((a, b) => rank(a) - rank(b))
            .at(-1) ?? [],
      );
    },
    /** The records of take-overs, in order; of a duplicate, the one that goes on. */
    subjectsById: (ids: readonly string[]) =>
      neighbours.subjects(
        peers,
        ids.map((recordId) => ({ recordId })),
      ),
    /** Does all that is left at records. */
    async keepTime(): Promise<void> {
      await finishAll(deps);
      await sequence(deps);
    },
    sequence: (goesOn?: GoesOn) => sequence(deps, goesOn),
    applySeals: (seals: readonly SealedChild[]) =>
      store.transaction((tx) => applySeals(tx, store.tables, seals, new Map())),
    applyRecordChanges: async (told: readonly ToldChange[]) => {
      const applied = await takeIn(deps, told);
      // The rest, where there is one, is the clock's.
      await sequenceSome(deps);
      return applied;
    },
    readFeed: (viewer: Viewer, part: number, after: number | null, limit: number) =>
      readFeed(deps, viewer, part, after, limit),
    feedLags: (viewer: Viewer) => feedLags(deps, viewer),
  };
}
