import { always, type GoesOn } from '../../kernel/rules/goes-on.ts';
import { addDays, today } from '../../kernel/rules/plain-date.ts';
import { normaliseRecordNumber } from '../../kernel/rules/record-number.ts';
import { seesSealed } from '../../kernel/rules/sight.ts';
import type { Area, Call, Viewer } from '../../kernel/rules/viewer.ts';
import { serviceOf, guardedChild, type Peers } from '../../kernel/peers.ts';
import { auditReader } from '../../kernel/store/audit/reading.ts';
import { SHIELDED, WHOLE, type Eyes, type SealedChild } from '../../kernel/store/sealed-children.ts';
import type { CountDimension, InstitutionChange, ProblemCase, Record } from './model.ts';
import type { NewOffer } from './rules/offering.ts';
import { actOnApplications, type ApplicationAct } from './service/act-on-applications.ts';
import { agreement, objection, type Objection } from './service/answer-transfer.ts';
import { applyInstitutionChanges } from './service/apply-institution-change.ts';
import { approval, NOTHING, resubmission } from './service/by-kind.ts';
import { climbOverdue } from './service/climb.ts';
import {
  answerProblemCase,
  arbitrateProblemCase,
  knownProblems,
  type ProblemAnswering,
  type ProblemArbitration,
} from './service/act-on-problem.ts';
import { climbProblems } from './service/climb-problems.ts';
import { openProblemCases, type NewProblem } from './service/open-problem-cases.ts';
import type { NewSetting } from './rules/setting-values.ts';
import { areaAsked, type AreaAsked } from './service/areas.ts';
import { countEnrolments, type CountFilter } from './service/count-enrolments.ts';
import { spendingOf } from './service/daily-budgets.ts';
import { countDelays, delays, timedSteps, type DelaysAsked } from './service/delays.ts';
import type { Deps } from './service/deps.ts';
import { deliverRecordChanges } from './service/deliver-record-changes.ts';
import { finishAll } from './service/follow-ups.ts';
import { eventsFor, type ApplicationsOf } from './service/events-for.ts';
import { headcountsOfClasses, headcountsOfInstitutions } from './service/headcounts.ts';
import { leave, type Leaving } from './service/leave.ts';
import { lookUpNumbers, type NumberQuestion } from './service/look-up-numbers.ts';
import { moveClass, type ClassMove } from './service/move-class.ts';
import { convertNumber, type NumberConversion } from './service/convert-number.ts';
import { requestNumberDeletion, type NewNumberDeletion } from './service/request-number-deletion.ts';
import { requestCorrection, type NewCorrection } from './service/request-correction.ts';
import { lapseDeferrals } from './service/lapse-deferrals.ts';
import { requestCancellation, type NewCancellation } from './service/request-cancellation.ts';
import { requestReinstatement, type NewReinstatement } from './service/request-reinstatement.ts';
import { requestDeferral, type NewDeferral } from './service/request-deferral.ts';
import { requestTransfer, type NewTransfer } from './service/request-transfer.ts';
import { neighbours } from './service/neighbours.ts';
import { offerTransfers, withdrawTransferOffers } from './service/offer-transfers.ts';
import { returning } from './service/return.ts';
import { readSetting, readSettings, type SettingsAsked } from './service/read-settings.ts';
import { setSetting } from './service/set-setting.ts';
import { giveBack, promote, type GivingBack, type Promoting } from './service/promote.ts';
import { settingsFor } from './service/settings.ts';
import { takeOverSubjects, type SubjectQuestion } from './service/take-over-subjects.ts';
import { takeInSeals } from './service/take-in-seals.ts';
import { submitEnrolments, type NewEnrolment } from './service/submit-enrolments.ts';
import { dataExportActs } from './service/data-exports.ts';
import { yearEndActs } from './service/year-end.ts';
import { foldCounts } from './store/fold.ts';
import { recordReads } from './store/reads.ts';
import type { RecordStore } from './store/store.ts';

/** What goes on by itself, and what is done while a call is answered: with the reads its viewer's eyes may have. */
export function recordServices(store: RecordStore, peers: Peers, now: () => Date) {
  const whole = recordService(store, peers, now, WHOLE);
  const shielded = recordService(store, peers, now, SHIELDED);
  return {
    whole,
    shielded,
    now,
    during: (call: Call): RecordService => (seesSealed(call.viewer) ? whole : shielded).during(call),
  };
}
export type RecordServices = ReturnType<typeof recordServices>;

/** What this subgraph does: its reads as they are, its acts one file each in service/. */
export function recordService(store: RecordStore, peers: Peers, now: () => Date, eyes: Eyes = SHIELDED) {
  const queries = recordReads(store, eyes);
  const deps: Deps = { store, queries, peers, now };
  const reads = { ...queries, auditEntries: auditReader(store), ...spendingOf(deps) };
  return serviceOf(reads, deps, actsOf);
}
export type RecordService = ReturnType<ReturnType<typeof recordService>['during']>;

function actsOf(deps: Deps) {
  const { store, queries, peers, now } = deps;
  type Acts = readonly ApplicationAct[];
  return {
    yesterday: () => addDays(today(now()), -1),
    today: () => today(now()),
    areaAsked: (viewer: Viewer, asked: AreaAsked) => areaAsked(deps, viewer, asked),
    /** The record a number belongs to, if it is the viewer's; also by a number it had before. */
    recordByNumber: ({ area }: Viewer, number: string): Promise<Record | null> =>
      queries.recordByDigest(area, queries.digestOf(normaliseRecordNumber(number))),
    eventsFor: (viewer: Viewer, ids: readonly string[], applicationsOf: ApplicationsOf) =>
      eventsFor(deps, viewer, ids, applicationsOf),
    enrolmentCounts: (area: Area, by: readonly CountDimension[], filter: CountFilter, on: string | null) =>
      countEnrolments(deps, area, by, filter, on),
    headcountsIn: (viewer: Viewer, codes: readonly string[]) => headcountsOfInstitutions(deps, viewer, codes),
    headcountsInClasses: (viewer: Viewer, ids: readonly string[]) => headcountsOfClasses(deps, viewer, ids),
    lookUpNumbers: (questions: readonly NumberQuestion[]) => lookUpNumbers(deps, questions),
    applySeals: (seals: readonly SealedChild[]) => takeInSeals(deps, seals),
    submitEnrolments: (viewer: Viewer, key: string, items: readonly NewEnrolment[]) =>
      submitEnrolments(deps, viewer, key, items),
    requestTransfer: (viewer: Viewer, key: string, transfer: NewTransfer) =>
      requestTransfer(deps, viewer, key, transfer),
    requestCorrection: (viewer: Viewer, key: string, correction: NewCorrection) =>
      requestCorrection(deps, viewer, key, correction),
    requestDeferral: (viewer: Viewer, key: string, deferral: NewDeferral) =>
      requestDeferral(deps, viewer, key, deferral),
    convertNumber: (viewer: Viewer, key: string, conversion: NumberConversion) =>
      convertNumber(deps, viewer, key, conversion),
    requestNumberDeletion: (viewer: Viewer, key: string, deletion: NewNumberDeletion) =>
      requestNumberDeletion(deps, viewer, key, deletion),
    requestCancellation: (viewer: Viewer, key: string, cancellation: NewCancellation) =>
      requestCancellation(deps, viewer, key, cancellation),
    requestReinstatement: (viewer: Viewer, key: string, reinstatement: NewReinstatement) =>
      requestReinstatement(deps, viewer, key, reinstatement),
    agreeToTransfer: (viewer: Viewer, key: string, act: ApplicationAct) =>
      actOnApplications(deps, viewer, 'agreeToTransfer', key, [act], agreement),
    objectToTransfer: (viewer: Viewer, key: string, act: Objection) =>
      actOnApplications(deps, viewer, 'objectToTransfer', key, [act], objection),
    approveApplications: (viewer: Viewer, key: string, acts: Acts) =>
      actOnApplications(deps, viewer, 'approveApplication', key, acts, approval(deps)),
    returnApplications: (viewer: Viewer, key: string, acts: Acts) =>
      actOnApplications(deps, viewer, 'returnApplication', key, acts, returning),
    refuseApplications: (viewer: Viewer, key: string, acts: Acts) =>
      actOnApplications(deps, viewer, 'refuseApplication', key, acts, NOTHING),
    withdrawApplications: (viewer: Viewer, key: string, acts: Acts) =>
      actOnApplications(deps, viewer, 'withdrawApplication', key, acts, NOTHING),
    resubmitApplications: (viewer: Viewer, key: string, acts: Acts) =>
      actOnApplications(deps, viewer, 'resubmitApplication', key, acts, resubmission(deps, viewer)),
    /** What the clock does by itself: hands on what is overdue, ends deferrals, does what is left at neighbours. */
    async keepTime(goesOn: GoesOn = always): Promise<void> {
      const failures: unknown[] = [];
      // One that fails keeps none of the others waiting.
      for (const work of [climbOverdue, climbProblems, lapseDeferrals, finishAll])
        if (goesOn())
          await Promise.resolve(work(deps, goesOn)).catch((error: unknown) => failures.push(error));
      if (failures.length > 0) throw failures[0];
    },
    openProblemCases: (viewer: Viewer, key: string, items: readonly NewProblem[]) =>
      openProblemCases(deps, viewer, key, items),
    answerProblemCase: (viewer: Viewer, key: string, answer: ProblemAnswering) =>
      answerProblemCase(deps, viewer, key, answer),
    arbitrateProblemCase: (viewer: Viewer, key: string, arbitration: ProblemArbitration) =>
      arbitrateProblemCase(deps, viewer, key, arbitration),
    /** Cases with the records they are about, as these are now. */
    withRecords: (problems: readonly ProblemCase[]) => knownProblems(deps, problems),
    moveClass: (viewer: Viewer, key: string, move: ClassMove) => moveClass(deps, viewer, key, move),
    leave: (viewer: Viewer, key: string, leaving: Leaving) => leave(deps, viewer, key, leaving),
    /** What holds in provinces today, whoever asks. */
    settingsNow: (provinces: readonly string[]) => settingsFor(queries, provinces, today(now())),
    settings: (viewer: Viewer, asked: SettingsAsked) => readSettings(deps, viewer, asked),
    setting: (name: string, version: number | null) => readSetting(deps, name, version),
    setSetting: (viewer: Viewer, key: string, wish: NewSetting) => setSetting(deps, viewer, key, wish),
    delays: (asked: DelaysAsked, limit: number, from: string | null) => delays(deps, asked, limit, from),
    countDelays: (asked: DelaysAsked) => countDelays(deps, asked),
    timedSteps: (applicationIds: readonly string[]) => timedSteps(deps, applicationIds),
    offerTransfers: (viewer: Viewer, key: string, items: readonly NewOffer[]) =>
      offerTransfers(deps, viewer, key, items),
    withdrawTransferOffers: (viewer: Viewer, key: string, offerIds: readonly string[]) =>
      withdrawTransferOffers(deps, viewer, key, offerIds),
    /** Those of the children whom this institution holds. */
    heldBy: (institution: string, childIds: readonly string[]) =>
      neighbours.heldBy(peers, institution, childIds),
    guardedChild: ({ account }: Viewer, childId: string) => guardedChild(peers, account, childId),
    takeOverSubjects: (questions: readonly SubjectQuestion[]) => takeOverSubjects(deps, questions),
    promote: (viewer: Viewer, key: string, items: readonly Promoting[]) => promote(deps, viewer, key, items),
    giveBack: (viewer: Viewer, key: string, items: readonly GivingBack[]) =>
      giveBack(deps, viewer, key, items),
    applyInstitutionChanges: (changes: readonly InstitutionChange[]) =>
      applyInstitutionChanges(deps, changes),
    ...yearEndActs(deps),
    ...dataExportActs(deps),
    foldCounts: () => foldCounts(store),
    deliverRecordChanges: (goesOn?: GoesOn) => deliverRecordChanges(deps, goesOn),
  };
}
