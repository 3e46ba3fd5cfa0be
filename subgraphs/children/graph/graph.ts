import { buildGraph } from '../../../kernel/graph/build.ts';
import { ChildAccesses, ChildAuditQueries, ChildLooks } from './audit.ts';
import { Corrections } from './corrections.ts';
import { ChildExport, ChildExportFactsFields } from './export-facts.ts';
import {
  ChildGuardianAccounts,
  GuardedChildFields,
  GuardedChildType,
  GuardianResolvers,
} from './guardians.ts';
import { references } from './entities.ts';
import { ChildFields, GuardianFields, IdentityDocumentFields } from './fields.ts';
import { InstitutionChangeMutations } from './institution-changes.ts';
import { ChildChangeFields, ChildChangeQueries, ChildHistory, ChildVersionFields } from './history.ts';
import { ChildMutations } from './mutations.ts';
import { ChildMatches } from './matches.ts';
import { Moves } from './moves.ts';
import { ChildQueries } from './queries.ts';
import { ChildSealField, ChildSeals } from './seals.ts';
import { ChildUpdates } from './update.ts';
import { ChildType, InstitutionStub, RegionStub } from './types.ts';

export const childrenGraph = () =>
  buildGraph({
    resolvers: [
      ChildFields,
      GuardianFields,
      IdentityDocumentFields,
      ChildQueries,
      ChildAuditQueries,
      ChildLooks,
      ChildAccesses,
      ChildMutations,
      ChildUpdates,
      ChildHistory,
      ChildVersionFields,
      ChildChangeFields,
      ChildChangeQueries,
      Corrections,
      GuardianResolvers,
      ChildGuardianAccounts,
      GuardedChildFields,
      ChildExport,
      ChildExportFactsFields,
      Moves,
      ChildMatches,
      ChildSealField,
      ChildSeals,
      InstitutionChangeMutations,
    ],
    entities: [ChildType, GuardedChildType, InstitutionStub, RegionStub],
    references,
  });
