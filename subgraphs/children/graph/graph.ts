import { buildGraph } from '../../../kernel/graph/build.ts';
import { Corrections } from './corrections.ts';
import { references } from './entities.ts';
import { ChildFields } from './fields.ts';
import { InstitutionChangeMutations } from './institution-changes.ts';
import { ChildMutations } from './mutations.ts';
import { Moves } from './moves.ts';
import { ChildQueries } from './queries.ts';
import { ChildType, RegionStub } from './types.ts';

export const childrenGraph = () =>
  buildGraph({
    resolvers: [ChildFields, ChildQueries, ChildMutations, Corrections, Moves, InstitutionChangeMutations],
    entities: [ChildType, RegionStub],
    references,
  });
