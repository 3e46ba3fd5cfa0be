import { buildGraph } from '../../../kernel/graph/build.ts';
import { references } from './entities.ts';
import { ClassFields, InstitutionFields, RegionFields } from './fields.ts';
import { InstitutionMutations } from './mutations.ts';
import { InstitutionQueries, RegionQueries } from './queries.ts';
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
    ],
    entities: [RegionType, InstitutionType, ClassType],
    references,
  });
