import { buildGraph } from '../../../kernel/graph/build.ts';
import { references } from './entities.ts';
import { ChildFields } from './fields.ts';
import { ChildMutations } from './mutations.ts';
import { ChildQueries } from './queries.ts';
import { ChildType, RegionStub } from './types.ts';

export const childrenGraph = () =>
  buildGraph({
    resolvers: [ChildFields, ChildQueries, ChildMutations],
    entities: [ChildType, RegionStub],
    references,
  });
