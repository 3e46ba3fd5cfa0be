import { buildGraph } from '../../../kernel/graph/build.ts';
import { AccountMutations } from './accounts/mutations.ts';
import { AccountQueries } from './accounts/queries.ts';
import { AccountStandings } from './accounts/standings.ts';
import { AccountFields } from './accounts/types.ts';
import { InstitutionAuditQueries } from './audit.ts';
import { BreakGlassMutations } from './break-glass/mutations.ts';
import { BreakGlassLooks } from './break-glass/looks.ts';
import { BreakGlassQueries } from './break-glass/queries.ts';
import { BreakGlassFields } from './break-glass/types.ts';
import { InstitutionChanges } from './change-mutations.ts';
import { references } from './entities.ts';
import { ClassFields, InstitutionFields, RegionFields } from './fields.ts';
import { InstitutionOverTime, InstitutionVersionFields } from './history.ts';
import { InstitutionMutations } from './mutations.ts';
import { InstitutionQueries, RegionQueries, ViewerFields } from './queries.ts';
import { RegionChanges } from './reorganise.ts';
import { ClassType, InstitutionType, RegionType } from './types.ts';

export const institutionsGraph = () =>
  buildGraph({
    resolvers: [
      RegionFields,
      InstitutionFields,
      ClassFields,
      RegionQueries,
      InstitutionQueries,
      ViewerFields,
      InstitutionMutations,
      InstitutionOverTime,
      InstitutionVersionFields,
      InstitutionChanges,
      RegionChanges,
      InstitutionAuditQueries,
      AccountFields,
      AccountQueries,
      AccountMutations,
      AccountStandings,
      BreakGlassFields,
      BreakGlassQueries,
      BreakGlassLooks,
      BreakGlassMutations,
    ],
    entities: [RegionType, InstitutionType, ClassType],
    references,
  });
