/** What may happen to one child of the town, each as its clerk does it; every act has a key of its own. */
import { newId } from '../../../kernel/store/ids.ts';
import { addDays } from '../../../kernel/rules/plain-date.ts';
import type { BatchAnswer, Done } from '../../../subgraphs/records/service/deps.ts';
import type { RecordService } from '../../../subgraphs/records/service.ts';
import { county, GUARDIANS_APPLICATION, kindergarten, paper, type Garden, type Town } from './town.ts';

export const ENTERED = '2026-09-01';
export const MOVING_ON = '2026-11-16';

/** A child that is, or was first, in one kindergarten, and what is known of its record by now. */
export interface Life {
  readonly child: number;
  readonly home: Garden;
  recordId: string;
  applicationId: string;
}

/** The refusals of an act on one thing; none when it took effect. */
export function codesOf({ results, userErrors }: BatchAnswer<Done>): string[] {
  return [...userErrors, ...results.flatMap((done) => done.userErrors)].map(({ code }) => code);
}

export function acts({ children }: Pick<Town, 'children'>) {
  const note = (life: Life, answer: BatchAnswer<Done>) => {
    const [done] = answer.results;
    if (done?.userErrors.length === 0) {
      life.recordId = done.recordId!;
      life.applicationId = done.applicationId ?? life.applicationId;
    }
    return codesOf(answer);
  };
  return {
    submit: async (on: RecordService, life: Life, { code, ...garden } = life.home, enteredOn = ENTERED) =>
      note(
        life,
        await on.submitEnrolments(kindergarten({ code, ...garden }), newId(), [
          {
            childId: children[life.child]!.id,
            institutionCode: code,
            classId: garden.classIds[0],
            enteredOn,
          },
        ]),
      ),
    request: async (on: RecordService, life: Life, to: Garden, key = newId()) =>
      note(
        life,
        await on.requestTransfer(kindergarten(to), key, {
          ...{ childId: children[life.child]!.id, institutionCode: to.code, classId: to.classIds[0] },
          ...{ enteredOn: MOVING_ON, evidence: [GUARDIANS_APPLICATION] },
        }),
      ),
    agree: async (on: RecordService, { applicationId, home }: Life, account?: string) =>
      codesOf(await on.agreeToTransfer(kindergarten(home, account), newId(), { applicationId })),
    object: async (on: RecordService, { applicationId, home }: Life) =>
      codesOf(
        await on.objectToTransfer(kindergarten(home), newId(), { applicationId, ground: 'CUSTODY_DISPUTED' }),
      ),
    approve: async (on: RecordService, { applicationId }: Life, by: Garden, account?: string) =>
      codesOf(await on.approveApplications(county(by, account), newId(), [{ applicationId, reason: '核' }])),
    return: async (on: RecordService, { applicationId }: Life, by: Garden) =>
      codesOf(await on.returnApplications(county(by), newId(), [{ applicationId, reason: '补' }])),
    refuse: async (on: RecordService, { applicationId }: Life, by: Garden) =>
      codesOf(await on.refuseApplications(county(by), newId(), [{ applicationId, reason: '否' }])),
    withdraw: async (on: RecordService, { applicationId }: Life, by: Garden) =>
      codesOf(await on.withdrawApplications(kindergarten(by), newId(), [{ applicationId }])),
    resubmit: async (on: RecordService, { applicationId }: Life, by: Garden) =>
      codesOf(await on.resubmitApplications(kindergarten(by), newId(), [{ applicationId }])),
    leave: async (on: RecordService, { recordId, home }: Life, by = home) =>
      codesOf(
        await on.leave(kindergarten(by), newId(), {
          recordId,
          reason: 'MOVED_AWAY',
          on: addDays(MOVING_ON, 2),
        }),
      ),
    reportDeath: async (on: RecordService, { recordId, home }: Life) =>
      codesOf(
        await on.requestCancellation(kindergarten(home), newId(), {
          ...{ recordId, reason: 'DEATH', on: addDays(MOVING_ON, 4), evidence: [paper('DEATH_CERTIFICATE')] },
        }),
      ),
    reinstate: async (on: RecordService, { recordId, home }: Life) =>
      codesOf(
        await on.requestReinstatement(kindergarten(home), newId(), { recordId, reason: '误', evidence: [] }),
      ),
    moveClass: async (on: RecordService, { recordId, home }: Life, by = home) =>
      codesOf(
        await on.moveClass(kindergarten(by), newId(), {
          recordId,
          classId: by.classIds[1],
          on: '2026-10-12',
        }),
      ),
  };
}
export type TownActs = ReturnType<typeof acts>;

/** Everything overdue climbs; only what climbed of this child's is told. */
export async function climb(on: RecordService, { applicationId }: Life): Promise<string[]> {
  const climbs = async () =>
    (await on.stepsByApplication([applicationId])).filter(({ outcome }) => outcome === 'CLIMBED').length;
  const before = await climbs();
  await on.keepTime();
  return (await climbs()) > before ? [] : ['nothing climbed'];
}
