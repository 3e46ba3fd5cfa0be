import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseRecordNumber } from '../../../kernel/rules/record-number.ts';
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import { newId } from '../../../kernel/store/ids.ts';
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
  TODAY,
  type Both,
  type Someone,
} from './support.ts';

const BORN = '2022-10-15';
const NAMES = '甲乙丙丁戊己庚辛壬癸';

eachDatabase('The numbers of a record', (databases) => {
  let both: Both;
  let serial = -1;
  beforeAll(async () => {
    both = await openBoth(databases);
  });
  afterAll(() => both.close());

  const free = () => inventedId(BORN, (serial += 2));
  /** Each with another name, so that no two are taken for one. */
  const name = () => [...String(1000 + (serial += 2))].map((digit) => NAMES[Number(digit)]).join('');
  const enrolled = async (changes: Partial<Someone> = {}) => {
    const childId = await both.register({ name: name(), sex: 'MALE', bornOn: BORN, id: null, ...changes });
    return { childId, recordId: await both.enrol(childId) };
  };
  const chainOf = async (recordId: string) =>
    (await both.records.numbersByRecord([recordId])).map(
      ({ number, seq, endedOn, endReason }) => [number[0], seq, endedOn, endReason] as const,
    );
  const convert = async (recordId: string, viewer: Viewer = county) =>
    (await both.records.convertNumber(viewer, newId(), { recordId })).results[0]!;
  const askDeletion = async (recordId: string, reason = '重号', evidence = PROOF) =>
    (await both.records.requestNumberDeletion(province, newId(), { recordId, reason, evidence })).results[0]!;
  const deleted = async (recordId: string) => {
    const { applicationId } = await askDeletion(recordId);
    await both.approve(applicationId!, ministry);
    return applicationId!;
  };

  it('become G when a correction proves the ID, and the first one still leads to the record', async () => {
    const { recordId } = await enrolled();
    const first = (await both.recordOf(recordId)).number!;
    const id = free();
    const application = await both.correct(recordId, resident(id));
    expect(application.warnings).toEqual([]);
    expect((await both.recordOf(recordId)).number).toBe(`G${id}`);
    expect(await chainOf(recordId)).toEqual([
      ['L', 1, TODAY, 'ID_PROVEN'],
      ['G', 2, null, null],
    ]);
    expect((await both.records.recordByNumber(county, first))?.id).toBe(recordId);
    const found = await both.records.lookUpNumbers([
      { number: first, bornOn: BORN },
      { number: `G${id}`, bornOn: BORN },
    ]);
    expect(found.map((one) => [one?.currentNumber, one?.changedOn, one?.changeReason])).toEqual([
      [`G${id}`, TODAY, 'ID_PROVEN'],
      [`G${id}`, null, null],
    ]);
  });

  it('stay G when the ID turns out to be another', async () => {
    const { recordId } = await enrolled({ id: free() });
    const { number } = await both.recordOf(recordId);
    await both.correct(recordId, resident(free()));
    expect((await both.recordOf(recordId)).number).toBe(number);
    expect(await chainOf(recordId)).toEqual([['G', 1, null, null]]);
  });

  it('stay as they are where another record has the G, and the correction stands with a warning', async () => {
    const id = free();
    const first = await enrolled({ id });
    await both.correct(first.recordId, resident(free()));
    const { recordId, childId } = await enrolled();
    const application = await both.correct(recordId, resident(id));
    expect([application.state, codes(application.warnings)]).toEqual(['APPROVED', ['NUMBER_TAKEN']]);
    expect(await chainOf(recordId)).toEqual([['L', 1, null, null]]);
    expect(await both.childOf(childId)).toMatchObject({ residentIdForNumber: id });
    expect(codes((await convert(recordId)).userErrors)).toEqual(['NUMBER_TAKEN']);
    expect(await chainOf(recordId)).toEqual([['L', 1, null, null]]);
  });

  it('become J by the county for a child without an ID, with a serial nobody has', async () => {
    const { recordId } = await enrolled();
    expect(codes((await convert(recordId)).userErrors)).toEqual([]);
    const { number } = await both.recordOf(recordId);
    expect(parseRecordNumber(number!)).toMatchObject({ type: 'J', regionCode: '190101', bornOn: BORN });
    expect(await chainOf(recordId)).toEqual([
      ['L', 1, TODAY, 'FORMAL_WITHOUT_ID'],
      ['J', 2, null, null],
    ]);
    expect(codes((await convert(recordId)).userErrors)).toEqual(['NUMBER_FORMAL']);
    await both.correct(recordId, resident(free()));
    expect((await chainOf(recordId)).map(([type, seq]) => [type, seq])).toEqual([
      ['L', 1],
      ['J', 2],
      ['G', 3],
    ]);
    expect(codes((await convert(recordId)).userErrors)).toEqual(['NUMBER_FORMAL']);
  });

  it('become no J while another child looks the same', async () => {
    const same = name();
    const { recordId } = await enrolled({ name: same });
    await both.register({ name: same, sex: 'MALE', bornOn: BORN, id: free() });
    expect(codes((await convert(recordId)).userErrors)).toEqual(['DUPLICATES_SUSPECTED']);
    expect(await chainOf(recordId)).toEqual([['L', 1, null, null]]);
  });

  it('are converted by the county of the record and nobody else', async () => {
    const { recordId } = await enrolled();
    expect(codes((await convert(recordId, garden)).userErrors)).toEqual(['NOT_YOUR_ACT']);
    const elsewhere: Viewer = { ...county, area: { level: 'COUNTY', code: '190102' } };
    expect(codes((await convert(recordId, elsewhere)).userErrors)).toEqual(['NOT_FOUND']);
  });

  it('change once when two convert at once', async () => {
    const { recordId } = await enrolled();
    const answers = await Promise.all([convert(recordId), convert(recordId)]);
    expect(answers.map(({ userErrors }) => codes(userErrors)).sort()).toEqual([[], ['NUMBER_FORMAL']]);
    expect((await chainOf(recordId)).map(([, seq]) => seq)).toEqual([1, 2]);
  });

  it('are deleted by the ministry on the province’s request, and still lead to the record', async () => {
    const { recordId } = await enrolled({ id: free() });
    const gone = (await both.recordOf(recordId)).number!;
    const applicationId = await deleted(recordId);
    const [application] = await both.records.applicationsById([applicationId]);
    expect(application).toMatchObject({
      ...{ kind: 'NUMBER_DELETION', state: 'APPROVED', decidedBy: 'ministry-1' },
      ...{ applicantLevel: 'PROVINCE', applicantCode: '190000', dueRule: 'NUMBER_DELETION_DECISION' },
    });
    expect(await chainOf(recordId)).toEqual([
      ['G', 1, TODAY, 'DELETED'],
      ['L', 2, null, null],
    ]);
    const [found] = await both.records.lookUpNumbers([{ number: gone, bornOn: BORN }]);
    expect([found?.currentNumber, found?.changeReason]).toEqual([
      (await both.recordOf(recordId)).number,
      'DELETED',
    ]);
    expect(codes((await convert(recordId)).userErrors)).toEqual(['NUMBER_NOT_REISSUED']);
    const correction = await both.correct(recordId, { name: name() });
    expect(codes(correction.warnings)).toEqual(['NUMBER_NOT_REISSUED']);
  });

  it('are deleted only where they are G, with a reason and a paper, by the ministry', async () => {
    const temporary = await enrolled();
    expect(codes((await askDeletion(temporary.recordId)).userErrors)).toEqual(['NUMBER_NOT_G']);
    const { recordId } = await enrolled({ id: free() });
    expect(codes((await askDeletion(recordId, ' ', [])).userErrors)).toEqual([
      'EVIDENCE_MISSING',
      'REASON_REQUIRED',
    ]);
    const { applicationId } = await askDeletion(recordId);
    expect(codes((await both.approve(applicationId!, county)).userErrors)).toEqual(['NOT_WITH_YOU']);
    const act = { applicationId: applicationId!, reason: '材料不全' };
    await both.records.returnApplications(ministry, newId(), [act]);
    const kindergarten = await both.records.withdrawApplications(garden, newId(), [act]);
    expect(codes(kindergarten.results[0]!.userErrors)).toEqual(['NOT_YOUR_ACT']);
    const again = await both.records.resubmitApplications(province, newId(), [act]);
    expect(codes(again.results[0]!.userErrors)).toEqual([]);
    await both.records.withdrawApplications(province, newId(), [act]);
    expect(await chainOf(recordId)).toEqual([['G', 1, null, null]]);
    expect((await both.recordOf(recordId)).status).toBe('ENROLLED');
  });
});
