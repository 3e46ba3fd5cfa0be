import { serviceOf, type Peers } from '../../kernel/peers.ts';
import type { UserError } from '../../kernel/rules/user-errors.ts';
import { NATION, type Area, type Viewer } from '../../kernel/rules/viewer.ts';
import { auditReader } from '../../kernel/store/audit/reading.ts';
import type { BatchAnswer } from '../../kernel/store/batch.ts';
import { budgetsToldBy, keptShortly, type BudgetsOf } from '../../kernel/store/budgets-set.ts';
import type { PlainDate } from '../../kernel/rules/plain-date.ts';
import type { Institution, InstitutionStatus, Region } from './model.ts';
import type { Account, AccountRole, AccountState } from './model.ts';
import { coversAccount } from './rules/accounts/filing.ts';
import type { Certificate } from './rules/accounts/acts.ts';
import type { NewAccount } from './rules/accounts/opening.ts';
import { asOf, versionOn } from './rules/changing.ts';
import type { Merger } from './rules/merging.ts';
import type { NewClass, NewInstitution } from './rules/opening.ts';
import type { Reorganisation } from './rules/reorganising.ts';
import {
  activateAccount,
  changeAccount,
  reopenAccount,
  revokeAccount,
  sealAccount,
  type AccountChange,
  type AccountWish,
} from './service/accounts/account-acts.ts';
import { openAccount } from './service/accounts/open-account.ts';
import { placesOf } from './service/accounts/places.ts';
import { sealIdleAccounts } from './service/accounts/seal-idle.ts';
import { standingsOf } from './service/accounts/standings.ts';
import { breakGlassService } from './service/break-glass/service.ts';
import type { InstitutionWish } from './service/change-institution.ts';
import {
  beginClosing,
  cancelClosing,
  closeInstitution,
  moveInstitution,
  renameInstitution,
  type Moving,
  type Renaming,
} from './service/institution-acts.ts';
import { withHistory } from './service/known.ts';
import { mergeInstitutions } from './service/merge-institutions.ts';
import { openClasses } from './service/open-classes.ts';
import { openInstitutions } from './service/open-institutions.ts';
import { outboxOf, type Outbox } from './service/outbox.ts';
import { reorganiseRegions } from './service/reorganise-regions.ts';
import { accountQueries, type AccountQueries } from './store/accounts.ts';
import { breakGlassQueries, type BreakGlassQueries } from './store/break-glass.ts';
import { changeQueries } from './store/changes.ts';
import { institutionQueries, type InstitutionQueries } from './store/queries.ts';
import type { InstitutionStore } from './store/store.ts';

export interface Deps {
  readonly store: InstitutionStore;
  readonly queries: InstitutionQueries;
  readonly accounts: AccountQueries;
  readonly glasses: BreakGlassQueries;
  readonly peers: Peers;
  readonly now: () => Date;
}

/** What opening one thing came to: its id, or why not. */
export interface Opened {
  readonly id: string | null;
  readonly userErrors: readonly UserError[];
}

/** What an act on one thing came to, or why the request could not be taken. */
export type ActAnswer = BatchAnswer<Opened>;

/** What this subgraph does: its reads as they are, its acts one file each in service/. */
export function institutionService(
  store: InstitutionStore,
  peers: Peers,
  now: () => Date,
  failed: (error: unknown) => void = () => undefined,
) {
  const queries = institutionQueries(store);
  const accounts = accountQueries(store);
  const glasses = breakGlassQueries(store);
  const deps: Deps = { store, queries, accounts, glasses, peers, now };
  const outbox = outboxOf({ queries: changeQueries(store), peers, now }, failed);
  const budgetsOf = keptShortly(budgetsToldBy(peers), now);
  const reads = {
    ...queries,
    auditEntries: auditReader(store),
    ...accounts,
    ...standingsOf(deps),
    outbox,
  };
  return serviceOf(reads, deps, (its) => actsOf(its, outbox, budgetsOf));
}
export type InstitutionService = ReturnType<ReturnType<typeof institutionService>['during']>;

function actsOf(deps: Deps, outbox: Outbox, budgetsOf: BudgetsOf) {
  const { queries } = deps;
  /** What was written is told to the neighbours at once; where they do not answer, later. */
  const told = async <Answer>(act: Promise<Answer>): Promise<Answer> => {
    const answer = await act;
    await outbox.deliver();
    return answer;
  };
  return {
    ...breakGlassService(deps, budgetsOf),
    /** Only accounts of the viewer's own area are there for it. */
    async accountsSeenBy(viewer: Viewer, found: readonly Account[]): Promise<Account[]> {
      const places = await placesOf(queries, found);
      return found.filter((_, i) => places[i] && coversAccount(viewer.area, places[i]));
    },
    async accountFilterOf(
      viewer: Viewer,
      region: string | null,
      role: AccountRole | null,
      state: AccountState | null,
    ) {
      return { area: region === null ? viewer.area : await areaOf(queries, region), role, state };
    },
    /** Does the area of one lie in the area of the other? */
    async liesWithin(inner: Area, outer: Area): Promise<boolean> {
      const [region] = await queries.regionsByCode([inner.code]);
      return region !== undefined && coversAccount(outer, region);
    },
    openAccount: (viewer: Viewer, key: string, item: NewAccount) => openAccount(deps, viewer, key, item),
    activateAccount: (viewer: Viewer, key: string, wish: AccountWish & Certificate) =>
      activateAccount(deps, viewer, key, wish),
    changeAccount: (viewer: Viewer, key: string, wish: AccountChange) =>
      changeAccount(deps, viewer, key, wish),
    sealAccount: (viewer: Viewer, key: string, wish: AccountWish) => sealAccount(deps, viewer, key, wish),
    reopenAccount: (viewer: Viewer, key: string, wish: AccountWish) => reopenAccount(deps, viewer, key, wish),
    revokeAccount: (viewer: Viewer, key: string, wish: AccountWish) => revokeAccount(deps, viewer, key, wish),
    sealIdleAccounts: () => sealIdleAccounts(deps),
    /** A filter over a region's whole subtree; a code nobody knows covers nothing. */
    async filterOf(region: string | null, status: InstitutionStatus | null) {
      return { area: region === null ? NATION : await areaOf(queries, region), status };
    },
    openInstitutions: (viewer: Viewer, key: string, items: readonly NewInstitution[]) =>
      openInstitutions(deps, viewer, key, items),
    openClasses: (viewer: Viewer, key: string, items: readonly NewClass[]) =>
      openClasses(deps, viewer, key, items),
    /** What an institution was on a day; null where it was not yet, or not yet under that code. */
    async institutionOn(institution: Institution, on: PlainDate): Promise<Institution | null> {
      const [known] = await withHistory(queries, [institution]);
      const version = versionOn(known!.versions, on);
      return version && asOf(institution, version);
    },
    /** Regions with one that came before them, in pairs. */
    predecessors: async (codes: readonly string[]): Promise<{ code: string; before: Region }[]> => {
      const abolished = await queries.regionsWithSuccessors();
      return codes.flatMap((code) =>
        abolished.filter(({ successors }) => successors.includes(code)).map((before) => ({ code, before })),
      );
    },
    renameInstitution: (viewer: Viewer, key: string, wish: Renaming) =>
      told(renameInstitution(deps, viewer, key, wish)),
    moveInstitution: (viewer: Viewer, key: string, wish: Moving) =>
      told(moveInstitution(deps, viewer, key, wish)),
    beginClosing: (viewer: Viewer, key: string, wish: InstitutionWish) =>
      told(beginClosing(deps, viewer, key, wish)),
    cancelClosing: (viewer: Viewer, key: string, wish: InstitutionWish) =>
      told(cancelClosing(deps, viewer, key, wish)),
    closeInstitution: (viewer: Viewer, key: string, wish: InstitutionWish) =>
      told(closeInstitution(deps, viewer, key, wish)),
    mergeInstitutions: (viewer: Viewer, key: string, merger: Merger) =>
      told(mergeInstitutions(deps, viewer, key, merger)),
    reorganiseRegions: (viewer: Viewer, key: string, wish: Reorganisation) =>
      told(reorganiseRegions(deps, viewer, key, wish)),
  };
}

async function areaOf(queries: InstitutionQueries, code: string): Promise<Area> {
  const [region] = await queries.regionsByCode([code]);
  return { level: region?.level ?? 'COUNTY', code };
}
