import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Subgraph } from '../../../kernel/graph/subgraph.ts';
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import { inProcess } from '../../../kernel/serve/in-process.ts';
import { newId } from '../../../kernel/store/ids.ts';
import { openRecords } from '../../../subgraphs/records/main.ts';
import { eachDatabase } from '../../support/databases.ts';
import { county, kindergarten, town, type Garden } from '../town/town.ts';
import { city, ministry, province, service } from './support.ts';

const SEEN = `... on ProblemCase { kind state holder { level code } otherRecord { id } record { id } opened { statement } openedBy answered { answer } reason decidedBy }`;
const ONE = `query($id: ID!) { one: problemCase(id: $id) { ${SEEN} } }`;
const ENTITY = `query($id: ID!) { found: _entities(representations: [{ __typename: "ProblemCase", id: $id }]) { ${SEEN} } }`;
const LIST = `query($filter: ProblemCaseFilter, $first: Int!, $after: String) {
  problemCases(filter: $filter, first: $first, after: $after) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } }`;
const OPEN = `mutation($input: OpenProblemCaseInput!) { openProblemCase(input: $input) { problemCase { id } userErrors { code field } } }`;
const REPORT = `mutation($input: ReportProblemCasesInput!) { reportProblemCases(input: $input) { results { problemCaseId userErrors { code field } } userErrors { code } } }`;
const ANSWER = `mutation($input: AnswerProblemCaseInput!) { answerProblemCase(input: $input) { problemCase { task } userErrors { code field } } }`;
const RULE = `mutation($input: ArbitrateProblemCaseInput!) { arbitrateProblemCase(input: $input) { problemCase { state } userErrors { code field } } }`;

interface Case {
  readonly record: { id: string } | null;
  readonly otherRecord: { id: string } | null;
  readonly opened: object | null;
  readonly openedBy: string | null;
  readonly answered: object | null;
  readonly reason: string | null;
  readonly decidedBy: string | null;
}
interface Opened {
  readonly problemCase: { id: string } | null;
  readonly userErrors: readonly { code: string; field: string[] }[];
}

eachDatabase('Problem cases in the graph', (databases) => {
  let day = '2026-11-23';
  const here = town(12);
  const [first, second, , far] = here.gardens as [Garden, Garden, Garden, Garden];
  let records: Subgraph;
  let [own, beside]: [string, string] = ['', ''];
  beforeAll(async () => {
    records = await openRecords({
      location: await databases.fresh('problem-graph'),
      peers: here.peers,
      now: () => new Date(`${day}T02:00:00Z`),
    });
    own = await enrolled(first, 0);
    beside = await enrolled(second, 1);
  });
  afterAll(() => records.close());

  const ask = async <T>(viewer: Viewer, query: string, variables: object = {}) => {
    const asked = { query, variables: variables as Record<string, unknown> };
    const { data, errors } = await inProcess(records).ask(asked, { viewer, requestId: newId() });
    return { data: data as T, codes: (errors ?? []).map(({ extensions }) => extensions?.['code']) };
  };
  async function enrolled(garden: Garden, n: number): Promise<string> {
    const enrolment = {
      ...{ childId: here.children[n]!.id, institutionCode: garden.code, classId: garden.classIds[0] },
      enteredOn: '2026-10-08',
    };
    const submitted = await ask<{ submitEnrolment: { application: { id: string }; record: { id: string } } }>(
      kindergarten(garden),
      `mutation($input: SubmitEnrolmentInput!) { submitEnrolment(input: $input) { application { id } record { id } } }`,
      { input: { idempotencyKey: newId(), enrolment } },
    );
    const { application, record } = submitted.data.submitEnrolment;
    const input = { idempotencyKey: newId(), applicationId: application.id };
    await ask(
      county(garden),
      `mutation($input: ApproveApplicationInput!) { approveApplication(input: $input) { userErrors { code } } }`,
      { input },
    );
    return record.id;
  }
  const open = async (viewer: Viewer, recordId: string, more: object = {}) => {
    const input = { idempotencyKey: newId(), kind: 'FALSE', recordId, statement: '待核对', evidence: [], ...more };
    return (await ask<{ openProblemCase: Opened }>(viewer, OPEN, { input })).data.openProblemCase;
  }; // prettier-ignore
  const act = (viewer: Viewer, mutation: string, problemCaseId: string, said: object) =>
    ask(viewer, mutation, { input: { idempotencyKey: newId(), problemCaseId, ...said } });
  /** What a viewer sees of a case: both ways in must say the same. */
  const seen = async (viewer: Viewer, id: string): Promise<Case | null> => {
    const { one } = (await ask<{ one: Case | null }>(viewer, ONE, { id })).data;
    const { found } = (await ask<{ found: (Case | null)[] }>(viewer, ENTITY, { id })).data;
    expect(found).toEqual([one]);
    return one;
  };

  describe('opening one', () => {
    it('is for authorities over the record, and for neighbours in another way', async () => {
      const input = {
        idempotencyKey: newId(),
        ...{ kind: 'FALSE', recordId: own, statement: null, evidence: [] },
      };
      expect((await ask(kindergarten(first), OPEN, { input })).codes).toEqual(['FORBIDDEN']);
      expect((await ask(service, OPEN, { input })).codes).toEqual(['FORBIDDEN']);
      const report = { input: { idempotencyKey: newId(), items: [] } };
      for (const viewer of [county(first), ministry, kindergarten(first)])
        expect((await ask(viewer, REPORT, report)).codes).toEqual(['FORBIDDEN']);
      const refused = async (viewer: Viewer, recordId: string, more: object = {}) =>
        (await open(viewer, recordId, more)).userErrors.map(({ code, field }) => `${code} ${field.join('.')}`);
      expect(await refused(county(second), own)).toEqual(['NOT_FOUND recordId']);
      expect(await refused(county(first), newId())).toEqual(['NOT_FOUND recordId']);
      expect(await refused(county(first), own, { otherRecordId: beside })).toEqual(['NOT_FOUND otherRecordId']);
      expect(await refused(county(first), own, { otherRecordId: own })).toEqual(['NOT_FOUND otherRecordId']);
      expect(await refused(county(first), own, { statement: '长'.repeat(201) })).toEqual(['TOO_LONG statement']);
      const paper = { kind: 'OTHER', reference: '张', digest: 'x' };
      expect(await refused(county(first), own, { evidence: [paper] })).toEqual([
        'EVIDENCE_REFERENCE evidence.0.reference',
        'EVIDENCE_DIGEST evidence.0.digest',
      ]);
    }); // prettier-ignore

    it('is done once for each key of a neighbour, however often it is reported', async () => {
      const item = { kind: 'SEX_DIFFERS', recordId: own, evidence: [] };
      const report = async (items: object[], idempotencyKey = newId()) =>
        (
          await ask<{
            reportProblemCases: {
              results: { problemCaseId: string | null; userErrors: { code: string; field: string[] }[] }[];
            };
          }>(service, REPORT, { input: { idempotencyKey, items } })
        ).data.reportProblemCases.results;
      const [one, two] = await report([
        { ...item, key: 'a' },
        { ...item, key: 'a' },
      ]);
      expect(two).toEqual(one);
      expect(await report([{ ...item, key: 'a' }])).toEqual([one]);
      const [other, unknown, long] = await report([
        { ...item, key: 'b' },
        { ...item, key: 'c', recordId: newId() },
        { ...item, key: 'k'.repeat(101) },
      ]);
      expect(other!.problemCaseId).not.toBe(one!.problemCaseId);
      expect(unknown!.userErrors).toEqual([{ code: 'NOT_FOUND', field: ['items', '1', 'recordId'] }]);
      expect(long!.userErrors).toEqual([{ code: 'TOO_LONG', field: ['items', '2', 'key'] }]);
    });
  });

  it('are seen by who has either record, read by who has it or has to decide, and are nothing to anybody else', async () => {
    const cityOver = city('190100');
    const provinceOver = province('190000');
    const { problemCase } = await open(cityOver, own, { otherRecordId: beside });
    const { id } = problemCase!;
    const reading = async (viewer: Viewer) => {
      const one = await seen(viewer, id);
      if (one === null) return null;
      return [one.record !== null, one.otherRecord !== null, one.opened !== null, one.answered !== null];
    };
    const near = [kindergarten(first), county(first)];
    for (const viewer of near) expect(await reading(viewer)).toEqual([true, false, true, false]);
    for (const viewer of [kindergarten(second), county(second)])
      expect(await reading(viewer)).toEqual([false, true, false, false]);
    for (const viewer of [cityOver, provinceOver, ministry])
      expect(await reading(viewer)).toEqual([true, true, false, false]);
    for (const viewer of [kindergarten(far), county(far), province('191000'), city('190200')])
      expect(await reading(viewer)).toBeNull();
    const evidence = [{ kind: 'OTHER', reference: 'T-1', digest: 'ab'.repeat(32) }];
    await act(kindergarten(first), ANSWER, id, { answer: 'EVIDENCE', statement: '无误', evidence });
    // The lowest authority over both is the city: now it reads, and the province still does not.
    expect(await reading(cityOver)).toEqual([true, true, true, true]);
    expect(await reading(provinceOver)).toEqual([true, true, false, false]);
    // Whoever opened it does not rule on it.
    const other: Viewer = { ...cityOver, account: 'city-second' };
    const ruling = { ruling: 'NO_FAULT', reason: '无误' };
    const own_ = await act(cityOver, RULE, id, ruling);
    expect(own_.data).toMatchObject({ arbitrateProblemCase: { userErrors: [{ code: 'SAME_ACCOUNT' }] } });
    await act(other, RULE, id, ruling);
    expect(await reading(other)).toEqual([true, true, true, true]);
    expect(await reading(cityOver)).toEqual([true, true, false, false]);
    expect((await seen(county(first), id))!.decidedBy).toBe('city-second');
    expect((await seen(county(second), id))!.decidedBy).toBeNull();
    const strangers: Viewer[] = [
      { ...ministry, role: 'MINISTRY_ANALYST' },
      { account: 'school', role: 'PRIMARY_SCHOOL', area: { level: 'INSTITUTION', code: '2133000001' } },
      { ...ministry, role: 'AUDITOR' },
    ];
    for (const viewer of strangers) {
      expect((await ask(viewer, ONE, { id })).codes).toEqual(['FORBIDDEN']);
      expect((await ask(viewer, LIST, { first: 5 })).codes).toEqual(['FORBIDDEN']);
      expect((await ask(viewer, ENTITY, { id })).codes).toContain('FORBIDDEN');
    }
  });

  it('are a queue with filters, pages and totals, and refuse another’s area', async () => {
    const [one, two, three] = [
      (await open(county(far), await enrolled(far, 2))).problemCase!.id,
      (await open(county(far), await enrolled(far, 3), { kind: 'EMPTY' })).problemCase!.id,
      (await open(county(far), await enrolled(far, 4), { kind: 'EMPTY' })).problemCase!.id,
    ];
    const list = async (viewer: Viewer, filter: object = {}, first = 10, after: string | null = null) => {
      const { data, codes } = await ask<{
        problemCases: {
          totalCount: number;
          nodes: { id: string }[];
          pageInfo: { hasNextPage: boolean; endCursor: string };
        } | null;
      }>(viewer, LIST, { filter, first, after });
      const page = data.problemCases;
      return { codes, total: page?.totalCount, ids: page?.nodes.map(({ id }) => id), info: page?.pageInfo };
    };
    const page = await list(county(far), {}, 2);
    expect([page.total, page.ids, page.info!.hasNextPage]).toEqual([3, [one, two], true]);
    const rest = await list(county(far), {}, 2, page.info!.endCursor);
    expect([rest.total, rest.ids, rest.info!.hasNextPage]).toEqual([3, [three], false]);
    expect((await list(county(far), { kind: 'EMPTY' })).ids).toEqual([two, three]);
    expect((await list(county(far), { state: 'RESOLVED' })).total).toBe(0);
    expect((await list(county(far), { mine: true })).ids).toEqual([]);
    expect((await list(kindergarten(far), { mine: true })).ids).toEqual([one, two, three]);
    const said = { answer: 'EVIDENCE', statement: null, evidence: [{ kind: 'OTHER', reference: 'T-1', digest: 'ab'.repeat(32) }] };
    await act(kindergarten(far), ANSWER, two, said);
    expect((await list(county(far), { mine: true })).ids).toEqual([two]);
    expect((await list(county(far), { overdue: true })).ids).toEqual([]);
    day = '2026-12-08';
    expect((await list(county(far), { overdue: true })).ids).toEqual([one, two, three]);
    day = '2026-11-23';
    expect((await list(province('191000'), { institution: far.code })).total).toBe(3);
    expect((await list(ministry)).total).toBeGreaterThan(3);
    expect((await list(county(far), { institution: first.code })).codes).toEqual(['FORBIDDEN']);
    expect((await list(county(far), {}, 10, 'nothing')).codes).toEqual(['BAD_USER_INPUT']);
    expect((await list(county(far), {}, 101)).codes).toEqual(['BAD_USER_INPUT']);
  }); // prettier-ignore
});
