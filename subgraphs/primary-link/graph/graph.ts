import { buildGraph } from '../../../kernel/graph/build.ts';
import { sealsMutation } from '../../../kernel/graph/seals.ts';
import { isId } from '../../../kernel/rules/ids.ts';
import { TakeOverArchiveFields } from './archive-type.ts';
import { GuardedChildLent, GuardedChildRef, TakeOverAuditQueries } from './audit.ts';
import type { Context } from './context.ts';
import { ClientQuotas } from './client-quotas.ts';
import { ClientUseQueries } from './client-use.ts';
import { FeedResolvers } from './feed.ts';
import { LateLinks } from './late.ts';
import { InstitutionStub, RecordStub, RegionStub } from './neighbours.ts';
import { ResolutionQueries } from './queries.ts';
import { RosterComparisons } from './roster.ts';
import { PrimarySchoolFields, PrimarySchoolType, schoolReference } from './school-types.ts';
import { SchoolResolvers } from './schools.ts';
import { RecordLent, TakeOverFields, TakeOverType } from './take-over-types.ts';
import { AcceptTakeOver, AcknowledgeTakeOver, CancelTakeOver, ReleaseTakeOver } from './take-over-acts.ts';
import { TakeOverResolvers } from './take-overs.ts';
import { NumberResolutionFields } from './types.ts';

const TakeOverSeals = sealsMutation<Context>('applySealsToTakeOvers', ({ primaryLink }, seals) =>
  primaryLink.applySeals(seals),
);

export const primaryLinkGraph = () =>
  buildGraph({
    resolvers: [
      ResolutionQueries,
      NumberResolutionFields,
      TakeOverArchiveFields,
      SchoolResolvers,
      PrimarySchoolFields,
      TakeOverResolvers,
      TakeOverFields,
      RecordLent,
      FeedResolvers,
      AcceptTakeOver,
      AcknowledgeTakeOver,
      CancelTakeOver,
      ReleaseTakeOver,
      LateLinks,
      RosterComparisons,
      ClientUseQueries,
      ClientQuotas,
      TakeOverSeals,
      TakeOverAuditQueries,
      GuardedChildLent,
    ],
    entities: [InstitutionStub, RegionStub, RecordStub, PrimarySchoolType, TakeOverType, GuardedChildRef],
    references: {
      PrimarySchool: schoolReference,
      TakeOver: ({ id }: { id: string }, { loaders }: Context) =>
        isId(id) ? loaders.takeOver.load(id) : null,
      // Whose child it is is known to the neighbour that binds guardians, and asked of it, whoever sends the key.
      GuardedChild: ({ id }: { id: string }, { primaryLink, viewer }: Context) =>
        isId(id) ? primaryLink.guardedChild(viewer, id) : null,
      Record: ({ id }: { id: string }) => (isId(id) ? { id } : null),
    },
  });
