import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ViewerSpec } from '../../clients/cli/demo/viewer-spec.ts';
import * as story from '../support/story.ts';
import { everywhere, type World } from '../support/world.ts';

const { analyst, deciding, garden, inventedChild, inventedId, otherGarden, school } = story;
const province: ViewerSpec = { account: 'province-1', role: 'PROVINCE', region: '330000' };
const ministry: ViewerSpec = { account: 'ministry-1', role: 'MINISTRY' };

const BORN = '2022-10-15';
const paper = (kind: string) => ({ kind, reference: 'ZY-2026-0031', digest: 'ab'.repeat(32) });
const PROOF = [paper('GUARDIAN_APPLICATION'), paper('HOUSEHOLD_REGISTER')];

const RECORD = `query($id: ID!) { record(id: $id) {
  status number numbers { seq number endedOn endReason } child { name bornOn }
  events { type reason } applications { kind state reason changes { name bornOn documentNumber } }
} }`;
interface Shown {
  readonly number: string;
  readonly numbers: { number: string; endReason: string | null }[];
  readonly child: { name: string; bornOn: string } | null;
  readonly events: { type: string; reason: string | null }[];
  readonly applications: { kind: string; state: string; changes: { name: string | null } | null }[];
}

everywhere('What a child is recognised by', (start) => {
  let world: World;
  let acts: ReturnType<typeof story.acts>;
  let serial = 701;
  let keys = 0;
  beforeAll(async () => {
    world = await start({ now: () => new Date('2026-11-23T02:00:00Z') });
    acts = story.acts(world, await story.openGardens(world));
  });
  afterAll(() => world.close());

  async function enrolled(changes: Parameters<typeof inventedChild>[1] = {}) {
    const child = inventedChild((serial += 2), changes);
    const [applicationId] = await acts.enrol(garden, [child]);
    const approved = await acts.approve(deciding, [applicationId!]);
    const { id, number } = approved.results[0]!.record!;
    return { child, id, number: number! };
  }
  const shown = async (id: string, as: ViewerSpec = deciding) =>
    (await world.data<{ record: Shown }>(as, RECORD, { id })).record;
  async function request(recordId: string, changes: object): Promise<string> {
    const asked = await acts.act(garden, 'requestCorrection', { recordId, changes, evidence: PROOF });
    expect(asked.userErrors).toEqual([]);
    return (asked.application as unknown as { id: string }).id;
  }
  async function corrected(recordId: string, changes: object): Promise<void> {
    const applicationId = await request(recordId, changes);
    const approved = await acts.act(deciding, 'approveApplication', { applicationId });
    expect([approved.application?.state, approved.userErrors]).toEqual(['APPROVED', []]);
  }
  const resolved = async (number: string, bornOn = BORN) =>
    (
      await world.data<{ resolveNumber: object }>(
        school,
        `query($number: String!, $bornOn: LocalDate!) { resolveNumber(number: $number, bornOn: $bornOn) {
          outcome currentNumber changedOn changeReason } }`,
        { number, bornOn },
      )
    ).resolveNumber;
  const countedByAge = async () => {
    const { enrolmentCounts } = await world.data<{ enrolmentCounts: { age: number; count: number }[] }>(
      analyst,
      '{ enrolmentCounts(by: [AGE]) { age count } }',
    );
    return Object.fromEntries(enrolmentCounts.map(({ age, count }) => [age, count])) as Record<
      number,
      number
    >;
  };

  it('a wrong name is corrected after the number was issued, and the number stays', async () => {
    const { id, number } = await enrolled();
    const applicationId = await request(id, { name: '甲丙' });
    expect((await shown(id)).child?.name).toBe('甲乙');
    await acts.act(deciding, 'approveApplication', { applicationId });
    const record = await shown(id);
    expect([record.child?.name, record.number]).toEqual(['甲丙', number]);
    expect(record.events.map(({ type }) => type)).toEqual([
      ...['SUBMIT_ENROLMENT', 'APPROVE_APPLICATION'],
      ...['REQUEST_CORRECTION', 'APPROVE_APPLICATION', 'APPLY_CORRECTION'],
    ]);
    expect(record.applications.at(-1)).toEqual({
      ...{ kind: 'CORRECTION', state: 'APPROVED', reason: null },
      changes: { name: '甲丙', bornOn: null, documentNumber: null },
    });
    expect((await shown(id, province)).applications.at(-1)?.changes).toBeNull();
  });

  it('a wrong birth date is corrected: counts by age move, the number stays and leads on', async () => {
    const { id, number, child } = await enrolled();
    const before = await countedByAge();
    const bornOn = '2022-03-02';
    const documentNumber = inventedId(bornOn, serial);
    await corrected(id, { bornOn, documentKind: 'RESIDENT_ID', documentNumber });
    const after = await countedByAge();
    expect([after[3]! - before[3]!, (after[4] ?? 0) - (before[4] ?? 0)]).toEqual([-1, 1]);
    expect(await shown(id)).toMatchObject({ number, child: { bornOn }, numbers: [{ seq: 1 }] });
    expect(await resolved(number, bornOn)).toMatchObject({ outcome: 'FOUND', currentNumber: number });
    expect(await resolved(number, child.bornOn)).toMatchObject({ outcome: 'NO_PRESCHOOL_RECORD' });
  });

  it('an L number becomes G when the ID is proven, and still resolves', async () => {
    const { id, number } = await enrolled({ documentKind: 'NONE', documentNumber: null, name: '庚辛' });
    expect(number[0]).toBe('L');
    const documentNumber = inventedId(BORN, serial);
    await corrected(id, { documentKind: 'RESIDENT_ID', documentNumber });
    const record = await shown(id);
    expect(record.numbers).toEqual([
      { seq: 1, number, endedOn: '2026-11-23', endReason: 'ID_PROVEN' },
      { seq: 2, number: `G${documentNumber}`, endedOn: null, endReason: null },
    ]);
    const current = { outcome: 'FOUND', currentNumber: `G${documentNumber}` };
    expect(await resolved(number)).toEqual({
      ...current,
      changedOn: '2026-11-23',
      changeReason: 'ID_PROVEN',
    });
    expect(await resolved(record.number)).toEqual({ ...current, changedOn: null, changeReason: null });
  });

  it('an L number becomes J by the county where there is no ID, and still resolves', async () => {
    const { id, number } = await enrolled({ documentKind: 'NONE', documentNumber: null, name: '壬癸' });
    const converted = await acts.act(deciding, 'convertNumber', { recordId: id });
    expect([converted.record?.number?.[0], converted.userErrors]).toEqual(['J', []]);
    expect(await resolved(number)).toMatchObject({
      ...{ currentNumber: converted.record?.number, changeReason: 'FORMAL_WITHOUT_ID' },
    });
  });

  it('a G number deleted by province and ministry still resolves, and neither reads a number', async () => {
    const { id, number } = await enrolled();
    const asked = await acts.act(province, 'requestNumberDeletion', {
      ...{ recordId: id, reason: '重号', evidence: [paper('OTHER')] },
    });
    const applicationId = (asked.application as unknown as { id: string }).id;
    const early = await acts.act(deciding, 'approveApplication', { applicationId });
    expect(early.userErrors.map(({ code }) => code)).toEqual(['NOT_WITH_YOU']);
    const decided = await acts.act(ministry, 'approveApplication', { applicationId });
    expect([decided.application?.state, decided.userErrors]).toEqual(['APPROVED', []]);
    for (const above of [province, ministry]) {
      const { numbers } = await shown(id, above);
      expect(numbers.map((one) => [one.number, one.endReason])).toEqual([
        [`G${'*'.repeat(18)}`, 'DELETED'],
        [`L${'*'.repeat(18)}`, null],
      ]);
    }
    const record = await shown(id);
    expect(await resolved(number)).toEqual({
      ...{ outcome: 'FOUND', currentNumber: record.number },
      ...{ changedOn: '2026-11-23', changeReason: 'DELETED' },
    });
  });

  it('another kindergarten neither asks for a correction nor learns that there is a record', async () => {
    const { id } = await enrolled();
    const input = { recordId: id, changes: { name: '甲丙' }, evidence: PROOF };
    const foreign = await acts.act(otherGarden, 'requestCorrection', input);
    const nowhere = await acts.act(otherGarden, 'requestCorrection', { ...input, recordId: 'no record' });
    expect(foreign).toEqual(nowhere);
    expect(foreign.userErrors.map(({ code }) => code)).toEqual(['NOT_FOUND']);
  });

  // The approval asks children once before it writes; what comes next carries the correction out.
  it.each(['retry', 'clock'])('children down in the middle: the %s completes it', async (finish) => {
    const { id } = await enrolled();
    const applicationId = await request(id, { name: '甲丁' });
    const input = { idempotencyKey: `down-${keys++}`, applicationId };
    const approve = `mutation($input: ApproveApplicationInput!) { approveApplication(input: $input) {
      application { state } userErrors { code } } }`;
    await world.down('children', 1);
    const failed = await world.ask(deciding, approve, { input });
    expect(failed.errors?.map(({ path, extensions }) => [path, extensions.code])).toEqual([
      [['approveApplication'], 'SUBGRAPH_UNAVAILABLE'],
    ]);
    await world.up('children');
    expect((await shown(id)).child?.name).toBe('甲乙');
    if (finish === 'retry')
      expect(await world.data(deciding, approve, { input })).toEqual({
        approveApplication: { application: { state: 'APPROVED' }, userErrors: [] },
      });
    else for (const subgraph of world.subgraphs) await subgraph.tick?.();
    const { child, events } = await shown(id);
    expect([child?.name, events.length, events.at(-1)?.type]).toEqual(['甲丁', 5, 'APPLY_CORRECTION']);
  });
});
