import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import { newId } from '../../../kernel/store/ids.ts';
import type { ProblemAnswer, ProblemRuling } from '../../../subgraphs/records/model.ts';
import { eachDatabase } from '../../support/databases.ts';
import {
  codes,
  county,
  garden,
  inventedId,
  ministry,
  openBoth,
  PROOF,
  province,
  resident,
  type Both,
} from './support.ts';

const BORN = '2022-10-16';
const NAMES = '甲乙丙丁戊己庚辛壬癸';
const IN_NATION = { area: ministry.area };

eachDatabase('A G number that was issued on somebody else’s ID', (databases) => {
  let both: Both;
  let serial = 1;
  beforeAll(async () => {
    both = await openBoth(databases);
  });
  afterAll(() => both.close());

  const free = () => inventedId(BORN, (serial += 2));
  const name = () => [...String(1000 + (serial += 2))].map((digit) => NAMES[Number(digit)]).join('');
  const enrolled = async (id: string | null) => {
    const childId = await both.register({ name: name(), sex: 'MALE', bornOn: BORN, id });
    return both.enrol(childId);
  };
  /** One record that got its number on a mistaken ID, which was corrected since, and the child whose ID it is. */
  const contested = async () => {
    const id = free();
    const wrong = await enrolled(id);
    await both.correct(wrong, resident(free()));
    const rightful = await enrolled(id);
    const cases = await both.records.problemCases({ ...IN_NATION, state: 'OPEN' }, 100, null);
    return { id, wrong, rightful, problem: cases.find((one) => one.recordId === wrong)! };
  };
  const numberOf = async (recordId: string) => (await both.recordOf(recordId)).number!;
  const chainOf = async (recordId: string) =>
    (await both.records.numbersByRecord([recordId])).map(
      ({ number, seq, claim, endReason }) => [number[0], seq, claim, endReason] as const,
    );
  const answer = async (problemCaseId: string, word: ProblemAnswer, viewer: Viewer = garden) => {
    const item = { problemCaseId, answer: word, statement: '已核对', evidence: PROOF };
    return codes((await both.records.answerProblemCase(viewer, newId(), item)).results[0]!.userErrors);
  };
  const rule = async (problemCaseId: string, ruling: ProblemRuling, viewer: Viewer = county) => {
    const item = { problemCaseId, ruling, reason: '经核对' };
    return codes((await both.records.arbitrateProblemCase(viewer, newId(), item)).results[0]!.userErrors);
  };

  it('keeps its rightful owner from nothing: it is approved with an L number, and a case is opened about both', async () => {
    const { rightful, wrong, problem } = await contested();
    expect([(await both.recordOf(rightful)).status, await chainOf(rightful)]).toEqual([
      'ENROLLED',
      [['L', 1, 0, null]],
    ]);
    expect(problem).toMatchObject({
      ...{ kind: 'ID_DUPLICATE', recordId: wrong, otherRecordId: rightful, state: 'OPEN' },
      ...{ task: 'ANSWER', holderLevel: 'INSTITUTION', openedBy: 'system:numbers', dueOn: '2026-12-07' },
    });
    const [application] = await both.records.applicationsByRecord([rightful]);
    expect(codes(application!.warnings)).toEqual(['NUMBER_TAKEN']);
  });

  it('goes to the child whose ID it is when the ministry deletes it, and the case is resolved by that', async () => {
    const { id, wrong, rightful, problem } = await contested();
    const first = await numberOf(rightful);
    const item = { recordId: wrong, reason: '重号', evidence: PROOF };
    const { results } = await both.records.requestNumberDeletion(province, newId(), item);
    expect(codes((await both.approve(results[0]!.applicationId!, ministry)).userErrors)).toEqual([]);
    expect(await numberOf(rightful)).toBe(`G${id}`);
    expect(await chainOf(wrong)).toEqual([
      ['G', 1, 0, 'DELETED'],
      ['L', 2, 0, null],
    ]);
    expect(await chainOf(rightful)).toEqual([
      ['L', 1, 0, 'ID_PROVEN'],
      ['G', 2, 1, null],
    ]);
    const [resolved] = await both.records.problemCasesById([problem.id]);
    expect(resolved).toMatchObject({ state: 'RESOLVED', ruling: 'NUMBER_TO_OTHER', task: null });
    const found = await both.records.lookUpNumbers(
      [`G${id}`, first].map((number) => ({ number, bornOn: BORN })),
    );
    expect(found.map((one) => [one?.currentNumber, one?.changeReason])).toEqual([
      [`G${id}`, null],
      [`G${id}`, 'ID_PROVEN'],
    ]);
    expect((await both.records.recordByNumber(county, `G${id}`))?.id).toBe(rightful);
  });

  it('is moved by the ministry’s ruling, after the county has referred the case and the kindergarten has spoken', async () => {
    const { id, wrong, rightful, problem } = await contested();
    expect(await rule(problem.id, 'NO_FAULT')).toEqual(['NOT_WITH_YOU']);
    expect(await answer(problem.id, 'EVIDENCE')).toEqual([]);
    expect(await answer(problem.id, 'EVIDENCE')).toEqual(['NOT_WITH_YOU']);
    expect(await rule(problem.id, 'NUMBER_TO_OTHER')).toEqual(['PROBLEM_NUMBER_BY_MINISTRY']);
    expect(await rule(problem.id, 'REFERRED')).toEqual([]);
    const cityOf: Viewer = { account: 'city-1', role: 'CITY', area: { level: 'CITY', code: '190100' } };
    expect(await rule(problem.id, 'REFERRED', cityOf)).toEqual([]);
    expect(await rule(problem.id, 'REFERRED', province)).toEqual([]);
    expect(await rule(problem.id, 'REFERRED', ministry)).toEqual(['PROBLEM_NOBODY_ABOVE']);
    expect(await rule(problem.id, 'NUMBER_TO_OTHER', ministry)).toEqual([]);
    expect(await rule(problem.id, 'NO_FAULT', ministry)).toEqual(['ALREADY_DECIDED']);
    expect([await numberOf(rightful), (await numberOf(wrong))[0]]).toEqual([`G${id}`, 'L']);
    expect((await both.eventsOf(wrong)).at(-1)).toBe('arbitrateProblemCase');
    expect((await both.eventsOf(rightful)).at(-1)).toBe('convertNumber');
    const steps = await both.records.timedSteps([problem.id]);
    expect(steps.map(({ task, holderLevel, outcome }) => [task, holderLevel, outcome])).toEqual([
      ['ANSWER', 'INSTITUTION', 'ANSWERED'],
      ['DECIDE', 'COUNTY', 'REFERRED'],
      ['DECIDE', 'CITY', 'REFERRED'],
      ['DECIDE', 'PROVINCE', 'REFERRED'],
      ['DECIDE', 'NATION', 'RULED'],
    ]);
  });

  it('stays where it is when the county rules that nothing is wrong, and is nobody else’s', async () => {
    const { id, wrong, rightful, problem } = await contested();
    await answer(problem.id, 'EVIDENCE');
    expect(await rule(problem.id, 'NO_FAULT')).toEqual([]);
    expect([await numberOf(wrong), (await numberOf(rightful))[0]]).toEqual([`G${id}`, 'L']);
    const convert = await both.records.convertNumber(county, newId(), { recordId: rightful });
    expect(codes(convert.results[0]!.userErrors)).toEqual(['NUMBER_TAKEN']);
  });

  it('opens one case however often the same two meet', async () => {
    const { id, wrong, rightful } = await contested();
    await both.correct(rightful, resident(free()));
    await both.correct(rightful, resident(id));
    const cases = await both.records.problemCases(IN_NATION, 100, null);
    expect(cases.filter((one) => one.recordId === wrong)).toHaveLength(1);
  });

  it('is given once when the ministry rules and deletes at once', async () => {
    const { id, wrong, rightful, problem } = await contested();
    await answer(problem.id, 'WITHDRAWAL');
    for (const viewer of [
      county,
      { account: 'city-1', role: 'CITY', area: { level: 'CITY', code: '190100' } },
      province,
    ])
      await rule(problem.id, 'REFERRED', viewer as Viewer);
    const item = { recordId: wrong, reason: '重号', evidence: PROOF };
    const { results } = await both.records.requestNumberDeletion(province, newId(), item);
    const answers = await Promise.all([
      rule(problem.id, 'NUMBER_TO_OTHER', ministry),
      both.approve(results[0]!.applicationId!, ministry).then(({ userErrors }) => codes(userErrors)),
    ]);
    expect(answers.filter((refusals) => refusals.length === 0)).toHaveLength(1);
    expect(await numberOf(rightful)).toBe(`G${id}`);
    expect((await chainOf(rightful)).map(([type]) => type)).toEqual(['L', 'G']);
    expect((await chainOf(wrong)).map(([type]) => type)).toEqual(['G', 'L']);
  });
});
