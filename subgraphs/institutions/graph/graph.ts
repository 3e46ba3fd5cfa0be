import { buildGraph } from '../../../kernel/graph/build.ts';
import { AccountMutations } from './accounts/mutations.ts';
import { AccountQueries } from './accounts/queries.ts';
import { AccountStandings } from './accounts/standings.ts';
import { AccountFields } from './accounts/types.ts';
import { InstitutionAuditQueries } from './audit.ts';
import { InstitutionChanges } from './change-mutations.ts';
import { references } from './entities.ts';
import { ClassFields, InstitutionFields, RegionFields } from './fields.ts';
import { InstitutionOverTime, InstitutionVersionFields } from './history.ts';
import { InstitutionMutations } from './mutations.ts';
import { InstitutionQueries, RegionQueries } from './queries.ts';
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
    ],
    entities: [RegionType, InstitutionType, ClassType],
    references,
  });
