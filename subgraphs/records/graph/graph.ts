import { buildGraph } from '../../../kernel/graph/build.ts';
import { sealsMutation } from '../../../kernel/graph/seals.ts';
import type { Context } from './context.ts';
import { ApplicationFields } from './application-fields.ts';
import { RecordAuditQueries, RecordLooks } from './audit.ts';
import { RecordAvailability } from './available.ts';
import { CorrectionFields, CorrectionMutations, KeyChangesFields } from './corrections.ts';
import { CountQueries, EnrolmentCountFields } from './counts.ts';
import { DataExportFields, DataExportMutations, DataExportQueries } from './data-exports.ts';
import { DailyBudgetQueries } from './daily-budgets.ts';
import { DelayFields, DelayQueries } from './delays.ts';
import { references } from './entities.ts';
import {
  GraduationCandidateFields,
  GraduationMutations,
  GraduationQueries,
  GraduationRowFields,
  GraduationRunFields,
} from './graduation.ts';
import { ClassPromotionFields, PromotionMutations, PromotionStayedFields } from './promotion.ts';
import { GuardedChildLent, GuardedChildRef } from './guardians.ts';
import { PlacementFields, RecordEventFields, RecordFields } from './fields.ts';
import { InstitutionChangeResolvers } from './institution-changes.ts';
import { ChildLent, ClassLent, InstitutionLent, RegionLent } from './lent.ts';
import { DecisionMutations, EnrolmentMutations } from './mutations.ts';
import { ChildRef, ClassRef, InstitutionRef, RegionRef } from './neighbours.ts';
import { NumberMutations, RecordNumberFields, RecordNumbers } from './number-changes.ts';
import { NumberQueries } from './numbers.ts';
import { ProblemMutations } from './problem-mutations.ts';
import { ProblemReports } from './problem-reports.ts';
import { ProblemQueries } from './problem-queries.ts';
import { ProblemCaseFields, ProblemCaseType } from './problem-types.ts';
import { RecordQueries } from './queries.ts';
import { ApplicationQueries } from './queue.ts';
import { OfferMutations } from './offer-mutations.ts';
import { OfferQueries, RecordOffers, TransferOfferFields } from './offers.ts';
import { CancellationMutations, EndedFields, RecordMerged } from './endings.ts';
import { DeferralFields, DeferralMutations, RecordDeferral } from './deferrals.ts';
import { TakeOverResolvers } from './take-overs.ts';
import { TransferMutations } from './transfers.ts';
import { SettingFields, SettingMutations, SettingQueries } from './settings.ts';
import { ApplicationStepFields, ApplicationStepsField } from './steps.ts';
import { ApplicationType, RecordType } from './types.ts';
import { ApplicationWords } from './words.ts';

const RecordSeals = sealsMutation<Context>('applySealsToRecords', ({ records }, seals) =>
  records.applySeals(seals),
);

export const recordsGraph = () =>
  buildGraph({
    resolvers: [
      RecordSeals,
      RecordFields,
      RecordAvailability,
      PlacementFields,
      ApplicationFields,
      ApplicationWords,
      CorrectionFields,
      KeyChangesFields,
      RecordNumbers,
      RecordNumberFields,
      RecordEventFields,
      EnrolmentCountFields,
      ChildLent,
      InstitutionLent,
      ClassLent,
      RegionLent,
      RecordQueries,
      RecordAuditQueries,
      RecordLooks,
      ApplicationQueries,
      CountQueries,
      NumberQueries,
      InstitutionChangeResolvers,
      TakeOverResolvers,
      RecordOffers,
      TransferOfferFields,
      OfferQueries,
      OfferMutations,
      EnrolmentMutations,
      TransferMutations,
      CorrectionMutations,
      DeferralMutations,
      CancellationMutations,
      EndedFields,
      RecordMerged,
      DeferralFields,
      RecordDeferral,
      NumberMutations,
      DecisionMutations,
      DailyBudgetQueries,
      SettingQueries,
      SettingMutations,
      SettingFields,
      ApplicationStepsField,
      ApplicationStepFields,
      DelayQueries,
      DelayFields,
      GraduationQueries,
      GraduationCandidateFields,
      GraduationRunFields,
      GraduationRowFields,
      GraduationMutations,
      PromotionMutations,
      ClassPromotionFields,
      PromotionStayedFields,
      ProblemQueries,
      ProblemCaseFields,
      ProblemMutations,
      ProblemReports,
      DataExportQueries,
      DataExportMutations,
      DataExportFields,
      GuardedChildLent,
    ],
    entities: [
      RecordType,
      GuardedChildRef,
      ApplicationType,
      ProblemCaseType,
      ChildRef,
      InstitutionRef,
      ClassRef,
      RegionRef,
    ],
    references,
  });
