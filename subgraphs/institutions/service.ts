import type { UserError } from '../../kernel/rules/user-errors.ts';
import { NATION, type Area, type Viewer } from '../../kernel/rules/viewer.ts';
import type { InstitutionStatus } from './model.ts';
import type { NewClass, NewInstitution } from './rules/opening.ts';
import { openClasses } from './service/open-classes.ts';
import { openInstitutions } from './service/open-institutions.ts';
import { institutionQueries, type InstitutionQueries } from './store/queries.ts';
import type { InstitutionStore } from './store/store.ts';

export interface Deps {
  readonly store: InstitutionStore;
  readonly queries: InstitutionQueries;
  readonly now: () => Date;
}

/** What opening one thing came to: its id, or why not. */
export interface Opened {
  readonly id: string | null;
  readonly userErrors: readonly UserError[];
}

/** What this subgraph does: its reads as they are, its acts one file each in service/. */
export function institutionService(store: InstitutionStore, now: () => Date) {
  const queries = institutionQueries(store);
  const deps: Deps = { store, queries, now };
  return {
    ...queries,
    /** A filter over a region's whole subtree; a code nobody knows covers nothing. */
    async filterOf(region: string | null, status: InstitutionStatus | null) {
      return { area: region === null ? NATION : await areaOf(queries, region), status };
    },
    openInstitutions: (viewer: Viewer, key: string, items: readonly NewInstitution[]) =>
      openInstitutions(deps, viewer, key, items),
    openClasses: (viewer: Viewer, key: string, items: readonly NewClass[]) =>
      openClasses(deps, viewer, key, items),
  };
}
export type InstitutionService = ReturnType<typeof institutionService>;

async function areaOf(queries: InstitutionQueries, code: string): Promise<Area> {
  const [region] = await queries.regionsByCode([code]);
  return { level: region?.level ?? 'COUNTY', code };
}
