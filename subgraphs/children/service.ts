import type { DocumentKind } from '../../kernel/rules/code-sets/document-kind.ts';
import { seesSealed, sightOf } from '../../kernel/rules/sight.ts';
import { covers, type Call, type Place, type Viewer } from '../../kernel/rules/viewer.ts';
import { serviceOf, type Peers } from '../../kernel/peers.ts';
import { auditReader } from '../../kernel/store/audit/reading.ts';
import { SHIELDED, WHOLE, type Eyes } from '../../kernel/store/sealed-children.ts';
import { budgetsToldBy, keptShortly } from '../../kernel/store/budgets-set.ts';
import { unmaskingIn } from '../../kernel/store/unmasking.ts';
import type { DetailChange } from './rules/changing.ts';
import type { Correction } from './rules/correcting.ts';
import type { Move } from './rules/moving.ts';
import type { NewChild } from './rules/new-child.ts';
import { documentText } from './rules/sameness.ts';
import { applyInstitutionChanges, type InstitutionChange } from './service/apply-institution-changes.ts';
import {
  bindGuardian,
  childrenOfGuardian,
  unbindGuardian,
  type NewBinding,
} from './service/bind-guardian.ts';
import { placeOfInstitution } from './service/neighbours.ts';
import { correctChild, type CorrectionOrder } from './service/correct-child.ts';
import { judgeCorrections } from './service/judge-corrections.ts';
import { matchChildren, type MatchQuestion } from './service/match-children.ts';
import { moveHolders } from './service/move-holders.ts';
import { registerChildren } from './service/register-children.ts';
import { sealing } from './service/seal-child.ts';
import { updateChild } from './service/update-child.ts';
import { childQueries, type ChildQueries, type HolderFilter } from './store/queries.ts';
import type { ChildStore } from './store/store.ts';

export interface Deps {
  readonly store: ChildStore;
  readonly queries: ChildQueries;
  readonly peers: Peers;
  readonly now: () => Date;
}

/** What goes on by itself, and what is done while a call is answered: with the reads its viewer's eyes may have. */
export function childServices(deps: Omit<Deps, 'queries'>) {
  const whole = childService(deps, WHOLE);
  const shielded = childService(deps, SHIELDED);
  return {
    whole,
    now: deps.now,
    during: (call: Call): ChildService => (seesSealed(call.viewer) ? whole : shielded).during(call),
  };
}
export type ChildServices = ReturnType<typeof childServices>;

/** What this subgraph does: its reads as they are, its acts in service/. */
export function childService({ store, peers, now }: Omit<Deps, 'queries'>, eyes: Eyes = SHIELDED) {
  const queries = childQueries(store, eyes);
  const deps: Deps = { store, queries, peers, now };
  const budgetsOf = keptShortly(budgetsToldBy(peers), now);
  const reads = {
    ...queries,
    auditEntries: auditReader(store),
    unmasking: (call: Call) =>
      unmaskingIn(store, call, now, budgetsOf, async (ids) => {
        const holders = await queries.holdersWithin(sightOf(call.viewer), ids);
        return new Map(holders.map(({ childId, countyCode }) => [childId, countyCode]));
      }),
  };
  return serviceOf(reads, deps, actsOf);
}
export type ChildService = ReturnType<ReturnType<typeof childService>['during']>;

function actsOf(deps: Deps) {
  const { queries, peers } = deps;
  return {
    /** The child of the viewer's area this very document was registered for. */
    childIdByDocument({ area }: Viewer, kind: DocumentKind, number: string): Promise<string | null> {
      // What can be no number is asked like one that is nobody's, so that the answer takes no less time.
      const text = documentText(kind, number) ?? '';
      return queries.childIdByDocument(area, queries.digestOf('document', text));
    },
    ...sealing(deps),
    /** For whoever breaks the glass; wherever the child is. */
    childIdOfDocument: (kind: DocumentKind, number: string): Promise<string | null> =>
      queries.childIdOfDocument(queries.digestOf('document', documentText(kind, number) ?? '')),
    /** What the viewer may list; null when the institution asked for lies outside the area, or nowhere. */
    async filterFor({ area }: Viewer, institution: string | null): Promise<HolderFilter | null> {
      if (institution === null || area.level === 'NATION') return { area, institution };
      if (area.level === 'INSTITUTION') return area.code === institution ? { area, institution } : null;
      const place: Place | null = await placeOfInstitution(peers, institution);
      return place && covers(area, place) ? { area, institution } : null;
    },
    /** How many in all, where an index over one county or institution answers; elsewhere counting would be dear. */
    async countIfCheap(filter: HolderFilter): Promise<number | null> {
      const small = filter.institution !== null || ['COUNTY', 'INSTITUTION'].includes(filter.area.level);
      return small ? queries.countChildren(filter) : null;
    },
    childrenOfGuardian: (account: string) => childrenOfGuardian(deps, account),
    guardedChild: async (account: string, childId: string) =>
      (await childrenOfGuardian(deps, account)).find(({ id }) => id === childId) ?? null,
    bindGuardian: (viewer: Viewer, key: string, wish: NewBinding) => bindGuardian(deps, viewer, key, wish),
    unbindGuardian: (viewer: Viewer, key: string, bindingId: string) =>
      unbindGuardian(deps, viewer, key, bindingId),
    registerChildren: (viewer: Viewer, key: string, institution: string | null, items: readonly NewChild[]) =>
      registerChildren(deps, viewer, key, institution, items),
    updateChild: (viewer: Viewer, key: string, childId: string, change: DetailChange) =>
      updateChild(deps, viewer, key, childId, change),
    matchChildren: (questions: readonly MatchQuestion[]) => matchChildren(queries, questions),
    judgeCorrections: (items: readonly Correction[]) => judgeCorrections(deps, items),
    correctChild: (viewer: Viewer, key: string, order: CorrectionOrder) =>
      correctChild(deps, viewer, key, order),
    moveHolders: (viewer: Viewer, key: string, moves: readonly Move[]) =>
      moveHolders(deps, viewer, key, moves),
    applyInstitutionChanges: (viewer: Viewer, changes: readonly InstitutionChange[]) =>
      applyInstitutionChanges(deps, viewer, changes),
  };
}
