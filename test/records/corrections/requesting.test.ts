import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { newId } from '../../../kernel/store/ids.ts';
import type { Evidence, KeyChanges } from '../../../subgraphs/records/model.ts';
import { LOOKS, shownChanges } from '../../../subgraphs/records/rules/showing.ts';
import { eachDatabase } from '../../support/databases.ts';
import {
  codes,
  county,
  garden,
  inventedId,
  openBoth,
  PROOF,
  province,
  resident,
  type Both,
} from './support.ts';

const BORN = '2022-10-15';

eachDatabase('Asking for key information to be corrected', (databases) => {
  let both: Both;
  let recordId: string;
  let serial = -1;
  beforeAll(async () => {
    both = await openBoth(databases);
  });
  afterAll(() => both.close());
  const free = () => inventedId(BORN, (serial += 2));
  beforeEach(async () => {
    const id = free();
    recordId = await both.enrol(await both.register({ name: '甲乙', sex: 'MALE', bornOn: BORN, id }));
  });

  const refusals = async (changes: Partial<KeyChanges>, evidence: readonly Evidence[] = PROOF) =>
    (await both.request(recordId, changes, evidence)).userErrors.map(({ code, field }) => [code, ...field]);

  it('is with the county, and changes nothing before it has decided', async () => {
    const before = await both.recordOf(recordId);
    const { applicationId } = await both.request(recordId, { name: '甲丙' });
    const [application] = await both.records.applicationsById([applicationId!]);
    expect(application).toMatchObject({
      ...{
        kind: 'CORRECTION',
        state: 'SUBMITTED',
        task: 'DECIDE',
        holderLevel: 'COUNTY',
        holderCode: '190101',
      },
      ...{
        dueRule: 'CORRECTION_DECISION',
        dueOn: '2026-12-07',
        enteredOn: '2026-11-23',
        statusBefore: 'ENROLLED',
      },
    });
    expect(await both.recordOf(recordId)).toEqual({ ...before, events: 3, version: 3 });
  });

  it('needs something to correct, the guardians, and a paper that proves it', async () => {
    const [guardians, identity] = PROOF;
    expect(await refusals({})).toEqual([['CORRECTION_EMPTY', 'changes']]);
    expect(await refusals({ name: '甲丙' }, [guardians!])).toEqual([['EVIDENCE_MISSING', 'evidence']]);
    expect(await refusals({ name: '甲丙' }, [identity!])).toEqual([['EVIDENCE_MISSING', 'evidence']]);
    expect(await refusals({ name: '甲乙' })).toEqual([['CORRECTION_CHANGES_NOTHING', 'changes']]);
  });

  it('is refused at its fields where the child would not fit together', async () => {
    expect(await refusals({ bornOn: '2022-03-02' })).toEqual([
      ['ID_BIRTH_DATE_MISMATCH', 'changes', 'bornOn'],
    ]);
    const id = free();
    await both.register({ name: '戊己', sex: 'MALE', bornOn: BORN, id });
    expect(await refusals(resident(id))).toEqual([
      ['DOCUMENT_BELONGS_TO_ANOTHER', 'changes', 'documentNumber'],
    ]);
  });

  it('is judged again when the county approves', async () => {
    const id = free();
    const { applicationId } = await both.request(recordId, resident(id));
    await both.register({ name: '戊己', sex: 'MALE', bornOn: BORN, id });
    const { userErrors } = await both.approve(applicationId!);
    expect(userErrors.map(({ code, field }) => [code, ...field])).toEqual([
      ['DOCUMENT_BELONGS_TO_ANOTHER', 'applicationId'],
    ]);
    expect((await both.recordOf(recordId)).events).toBe(3);
  });

  it('is for the kindergarten that has the record, one at a time', async () => {
    const item = { recordId, changes: { name: '甲丙' } as KeyChanges, evidence: PROOF };
    const other = { ...garden, area: { level: 'INSTITUTION', code: '1119000002' } } as const;
    const { results } = await both.records.requestCorrection(other, newId(), item);
    expect(codes(results[0]!.userErrors)).toEqual(['NOT_FOUND']);
    await both.request(recordId, { name: '甲丙' });
    expect(await refusals({ name: '甲丁' })).toEqual([['APPLICATION_UNDECIDED']]);
    const { userErrors } = (
      await both.records.leave(garden, newId(), { recordId, reason: 'HEALTH', on: '2026-11-02' })
    ).results[0]!;
    expect(codes(userErrors)).toEqual(['APPLICATION_UNDECIDED']);
  });

  it('holds up an enrolment elsewhere until it is decided', async () => {
    await both.records.leave(garden, newId(), { recordId, reason: 'HEALTH', on: '2026-11-02' });
    const { applicationId } = await both.request(recordId, { name: '甲丙' });
    const { childId } = await both.recordOf(recordId);
    const again = async () => {
      const [institution, stay] = [garden.area.code, (await both.records.placementsByRecord([recordId]))[0]!];
      const item = { childId, institutionCode: institution, classId: stay.classId, enteredOn: '2026-11-03' };
      return codes((await both.records.submitEnrolments(garden, newId(), [item])).results[0]!.userErrors);
    };
    expect(await again()).toEqual(['APPLICATION_UNDECIDED']);
    await both.approve(applicationId!);
    expect(await again()).toEqual([]);
  });

  it('comes back for completion with other values and papers, or is withdrawn, and the status stays', async () => {
    const { applicationId } = await both.request(recordId, { name: '甲丙' });
    const act = { applicationId: applicationId!, reason: '材料不清' };
    await both.records.returnApplications(county, newId(), [act]);
    const changes = { name: '甲丁', sex: null, bornOn: null, documentKind: null, documentNumber: null };
    const again = await both.records.resubmitApplications(garden, newId(), [{ ...act, changes }]);
    expect(codes(again.results[0]!.userErrors)).toEqual([]);
    const [application] = await both.records.applicationsById([applicationId!]);
    expect([application!.task, application!.details?.changes]).toEqual(['DECIDE', changes]);
    await both.records.withdrawApplications(garden, newId(), [{ applicationId: applicationId! }]);
    expect((await both.recordOf(recordId)).status).toBe('ENROLLED');
  });

  it('shows what it asks for to the kindergarten, its county and whoever decides, the number masked', async () => {
    const id = free();
    const { applicationId } = await both.request(recordId, { ...resident(id), name: '甲丙' });
    const [application] = await both.records.applicationsById([applicationId!]);
    const asked = { name: '甲丙', sex: null, bornOn: null, documentKind: 'RESIDENT_ID', documentNumber: id };
    expect([garden, county].map((viewer) => shownChanges(application!, viewer))).toEqual([asked, asked]);
    expect(shownChanges(application!, province)).toBeNull();
    const climbed = { ...application!, holderLevel: 'PROVINCE', holderCode: '190000' } as const;
    expect(shownChanges(climbed, province)).toEqual(asked);
    // How they look is another matter: no character of a number without a purpose, the last four with one.
    const { masked, open } = LOOKS.DOCUMENT_NUMBER;
    expect([masked(id), open(id)]).toEqual(['*'.repeat(18), `${'*'.repeat(14)}${id.slice(-4)}`]);
  });
});
