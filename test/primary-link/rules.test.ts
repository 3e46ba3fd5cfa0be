import { describe, expect, it } from 'vitest';
import { NUMBER_END_REASON, RECORD_STATUS } from '../../subgraphs/records/model.ts';
import { NUMBER_CHANGE_REASON, PRESCHOOL_STATUS } from '../../subgraphs/primary-link/model.ts';
import { MESSAGE, resolutionOf } from '../../subgraphs/primary-link/rules/resolution.ts';

const KNOWN = { bornOn: '2022-05-20', sex: 'FEMALE', enteredOn: '2025-10-08' };
const PLACE = { provinceCode: '330000', cityCode: '330100', countyCode: '330110' };
const IDS = {
  recordId: '01900000-0000-7000-8000-000000000001',
  childId: '01900000-0000-7000-8000-000000000002',
};

const WHOSE = { childId: IDS.childId, countyCode: PLACE.countyCode };

const record = (status: string, changeReason: string | null = null) => ({
  ...{ ...IDS, ...KNOWN, ...PLACE },
  currentNumber: 'L190101202205200001',
  status,
  issuedOn: '2025-10-08',
  changedOn: changeReason && '2026-03-02',
  changeReason,
  institutionCode: '1133000001',
});

describe('A resolution', () => {
  it.each([
    ['ENROLLED', 'IN_KINDERGARTEN'],
    ['TRANSFERRING', 'IN_KINDERGARTEN'],
    ['DEFERRED', 'IN_KINDERGARTEN'],
    ['LEFT', 'LEFT'],
    ['PENDING', 'LEFT'],
    ['RETURNED', 'LEFT'],
    ['WITHDRAWN', 'LEFT'],
    ['GRADUATED', 'GRADUATED'],
    ['PROMOTED', 'PROMOTED'],
    ['CANCELLED', 'CANCELLED'],
  ])('of a record that is %s says %s', (status, expected) => {
    const { currentNumber, issuedOn, changedOn, changeReason, institutionCode } = record(status);
    expect(resolutionOf(record(status))).toEqual({
      ...{ outcome: 'FOUND', currentNumber, status: expected },
      ...{ issuedOn, changedOn, changeReason, institutionCode },
      archive: { number: currentNumber, status: expected, ...KNOWN, ...WHOSE },
      whose: WHOSE,
    });
  });

  it('has a word for every status a record can have', () => {
    const words = Object.keys(RECORD_STATUS).map((status) => resolutionOf(record(status)).status);
    expect(words.filter((word) => word === null || !(word in PRESCHOOL_STATUS))).toEqual([]);
  });

  it('of a status nobody here knows yet is found without one', () => {
    expect(resolutionOf(record('SOMETHING_NEW'))).toMatchObject({ outcome: 'FOUND', status: null });
  });

  it('has a word for every reason a number can end by', () => {
    const reasons = Object.keys(NUMBER_END_REASON);
    expect(reasons.map((reason) => resolutionOf(record('LEFT', reason)).changeReason)).toEqual(reasons);
    expect(Object.keys(NUMBER_CHANGE_REASON)).toEqual([...reasons, 'LINKED_LATE']);
    expect(resolutionOf(record('LEFT', 'SOMETHING_NEW'))).toMatchObject({
      changedOn: '2026-03-02',
      changeReason: null,
    });
  });

  it('of a school’s own number says since when it leads to the record', () => {
    const linked = { recordId: IDS.recordId, on: '2026-10-08' };
    expect(resolutionOf(record('PROMOTED', 'ID_PROVEN'), linked)).toMatchObject({
      ...{ currentNumber: 'L190101202205200001', changedOn: '2026-10-08', changeReason: 'LINKED_LATE' },
    });
  });

  it('of nothing tells nothing, and that admission goes on', () => {
    expect(resolutionOf(null)).toEqual({
      outcome: 'NO_PRESCHOOL_RECORD',
      currentNumber: null,
      status: null,
      issuedOn: null,
      changedOn: null,
      changeReason: null,
      institutionCode: null,
      archive: null,
      whose: null,
    });
    expect(MESSAGE.NO_PRESCHOOL_RECORD.zh).toContain('不影响入学');
    expect(MESSAGE.NO_PRESCHOOL_RECORD.en).toContain('does not affect admission');
  });
});
