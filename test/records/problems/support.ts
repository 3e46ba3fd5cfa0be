/** Records of a town's children that are suspected, with a clock the test moves. */
import { newId } from '../../../kernel/store/ids.ts';
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import type {
  Evidence,
  ProblemAnswer,
  ProblemKind,
  ProblemRuling,
} from '../../../subgraphs/records/model.ts';
import { recordService } from '../../../subgraphs/records/service.ts';
import { seedCalendar } from '../../../subgraphs/records/service/load-calendar.ts';
import { openRecordStore } from '../../../subgraphs/records/store/store.ts';
import type { Databases } from '../../support/databases.ts';
import { years } from '../support.ts';
import { codesOf } from '../town/life.ts';
import { county, kindergarten, paper, town, type Garden } from '../town/town.ts';

export const service: Viewer = {
  account: 'service:primary-link',
  role: 'SERVICE',
  area: { level: 'NATION', code: '000000' },
};
export const ministry: Viewer = { account: 'ministry-1', role: 'MINISTRY', area: service.area };
export const province = (code: string): Viewer => ({
  account: `province-${code}`,
  role: 'PROVINCE',
  area: { level: 'PROVINCE', code },
});
export const city = (code: string): Viewer => ({
  account: `city-${code}`,
  role: 'CITY',
  area: { level: 'CITY', code },
});

export async function suspicions(databases: Databases, children: number) {
  const store = await openRecordStore(await databases.fresh('problems'));
  let day = '2026-11-23';
  const now = () => new Date(`${day}T02:00:00Z`);
  await seedCalendar({ store, now }, years);
  const here = town(children);
  const on = recordService(store, here.peers, now);
  const codes = ({ userErrors }: { userErrors: readonly { code: string }[] }) =>
    userErrors.map(({ code }) => code);
  let next = 0;
  return {
    store,
    on,
    town: here,
    now,
    codes,
    /** The clock goes on to a day, and does its work. */
    until: async (later: string): Promise<void> => {
      day = later;
      await on.keepTime();
    },
    /** Enrols the next child: an even one has a resident ID, and so a G number. */
    async enrolled(garden: Garden): Promise<string> {
      const item = { institutionCode: garden.code, classId: garden.classIds[0], enteredOn: '2026-10-08' };
      const { results } = await on.submitEnrolments(kindergarten(garden), newId(), [
        { childId: here.children[next++]!.id, ...item },
      ]);
      const { recordId, applicationId } = results[0]!;
      const approved = await on.approveApplications(county(garden), newId(), [
        { applicationId: applicationId! },
      ]);
      if (codesOf(approved).length > 0) throw new Error(codesOf(approved).join());
      return recordId!;
    },
    async report(recordId: string, otherRecordId: string | null = null, key: string = newId()) {
      const one = { kind: 'NAME_DIFFERS' as ProblemKind, recordId, otherRecordId, evidence: [], key };
      const { results } = await on.openProblemCases(service, newId(), [one]);
      return results[0]!.problemCaseId!;
    },
    async answer(viewer: Viewer, problemCaseId: string, answer: ProblemAnswer = 'EVIDENCE') {
      const evidence: Evidence[] = [paper('OTHER')];
      const { results } = await on.answerProblemCase(viewer, newId(), {
        ...{ problemCaseId, answer, statement: '已核对', evidence },
      });
      return codes(results[0]!);
    },
    async rule(viewer: Viewer, problemCaseId: string, ruling: ProblemRuling) {
      const item = { problemCaseId, ruling, reason: '经核对' };
      return codes((await on.arbitrateProblemCase(viewer, newId(), item)).results[0]!);
    },
    caseOf: async (id: string) => (await on.problemCasesById([id]))[0]!,
    stepsOf: async (id: string) =>
      (await on.timedSteps([id])).map(({ task, holderLevel, holderCode, outcome }) =>
        [task, holderLevel, holderCode, outcome].join(' ').trim(),
      ),
    close: () => store.close(),
  };
}
export type Suspicions = Awaited<ReturnType<typeof suspicions>>;
