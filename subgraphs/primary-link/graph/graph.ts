import { buildGraph } from '../../../kernel/graph/build.ts';
import { ResolutionQueries } from './queries.ts';
import { InstitutionStub } from './types.ts';

export const primaryLinkGraph = () =>
  buildGraph({ resolvers: [ResolutionQueries], entities: [InstitutionStub], references: {} });
