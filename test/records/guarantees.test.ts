import { describe, expect, it } from 'vitest';
import { newId } from '../../kernel/store/ids.ts';
import { Conflict } from '../../kernel/store/errors.ts';
import type { Application, Placement, Record } from '../../subgraphs/records/model.ts';
import { openRecordStore } from '../../subgraphs/records/store/store.ts';
import { eachDatabase } from '../support/databases.ts';

const seat = {
  institutionId: newId(),
  institutionCode: '1133990001',
  classId: newId(),
  provinceCode: '330000',
  cityCode: '330100',
  countyCode: '330110',
};

const record = (childId: string): Record => ({
  id: newId(),
  childId,
  status: 'PENDING',
  number: null,
  ...seat,
  bornOn: '2022-10-15',
  birthCohort: 2023,
  sex: 'FEMALE',
  enteredOn: '2026-09-01',
  deferredUntil: null,
  mergedInto: null,
  events: 1,
  version: 1,
});

const placement = (recordId: string, untilOn: string | null = null): Placement => ({
  id: newId(),
  recordId,
  ...seat,
  birthCohort: 2023,
  sex: 'FEMALE',
  classLevel: 'SMALL',
  ownership: 'PUBLIC',
  urbanRural: 'URBAN',
  fromOn: '2026-09-01',
  untilOn,
  version: 1,
});

const application = (recordId: string, state: Application['state']): Application => ({
  id: newId(),
  recordId,
  kind: 'ENROLMENT',
  state,
  ...{
    applicantLevel: 'INSTITUTION',
    applicantCode: seat.institutionCode,
    task: null,
    holderLevel: null,
    holderCode: null,
  },
  ...{ steps: 0, statusBefore: null, evidence: [], details: null },
  ...{ fromInstitutionCode: null, fromProvinceCode: null, fromCityCode: null, fromCountyCode: null },
  ...seat,
  enteredOn: '2026-09-01',
  submittedAt: new Date(),
  submittedBy: 'a',
  dueOn: '2026-11-01',
  dueRule: 'ENROLMENT',
  dueFrom: '2026-09-01',
  dueVersion: 1,
  dueProvisional: false,
  decidedAt: null,
  decidedBy: null,
  reason: null,
  warnings: [],
  version: 1,
});

eachDatabase('Whatever the code does, the database itself', (databases) => {
  const open = async () => openRecordStore(await databases.fresh('guarantees'));
  const put = (
    store: Awaited<ReturnType<typeof open>>,
    table: 'record' | 'placement' | 'application' | 'recordNumber',
    row: object,
  ) => store.transaction((tx) => tx.insert(store.tables[table] as never, [row] as never));

  it('takes one record per child', async () => {
    const store = await open();
    const childId = newId();
    await put(store, 'record', record(childId));
    await expect(put(store, 'record', record(childId))).rejects.toThrow(Conflict);
    await store.close();
  });

  it('takes one open placement per record, and any number of closed ones', async () => {
    const store = await open();
    const recordId = newId();
    await put(store, 'placement', placement(recordId));
    await put(store, 'placement', placement(recordId, '2026-10-01'));
    await put(store, 'placement', placement(recordId, '2026-11-01'));
    await expect(put(store, 'placement', placement(recordId))).rejects.toThrow(Conflict);
    await store.close();
  });

  it('takes no placement that ends before it began', async () => {
    const store = await open();
    await expect(put(store, 'placement', placement(newId(), '2026-08-31'))).rejects.toThrow(
      /The database refused/,
    );
    await store.close();
  });

  describe('takes one undecided application per record', () => {
    it.each(['SUBMITTED', 'RETURNED'] as const)('beside one that is %s no other', async (state) => {
      const store = await open();
      const recordId = newId();
      await put(store, 'application', application(recordId, 'REFUSED'));
      await put(store, 'application', application(recordId, state));
      await expect(put(store, 'application', application(recordId, 'SUBMITTED'))).rejects.toThrow(Conflict);
      await store.close();
    });
  });

  it('takes a number once', async () => {
    const store = await open();
    const number = {
      digest: '00'.repeat(16),
      number: 'L',
      claim: 0,
      seq: 1,
      issuedOn: '2026-09-01',
      endedOn: null,
      endReason: null,
    };
    const recordId = newId();
    await put(store, 'recordNumber', { ...number, recordId });
    await expect(put(store, 'recordNumber', { ...number, recordId: newId() })).rejects.toThrow(Conflict);
    // And one at each place of a record's chain.
    const other = { ...number, digest: '11'.repeat(16), recordId };
    await expect(put(store, 'recordNumber', other)).rejects.toThrow(Conflict);
    await put(store, 'recordNumber', { ...other, seq: 2 });
    await store.close();
  });
});
