import { describe, expect, it } from 'vitest';
import { RECORD_STATUS } from '../../subgraphs/records/model.ts';
import { PRESCHOOL_STATUS } from '../../subgraphs/primary-link/model.ts';
import { MESSAGE, resolutionOf } from '../../subgraphs/primary-link/rules/resolution.ts';

const record = (status: string) => ({
  currentNumber: 'L190101202205200001',
  status,
  issuedOn: '2025-10-08',
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
    expect(resolutionOf(record(status))).toEqual({ ...record(status), outcome: 'FOUND', status: expected });
  });

  it('has a word for every status a record can have', () => {
    const words = Object.keys(RECORD_STATUS).map((status) => resolutionOf(record(status)).status);
    expect(words.filter((word) => word === null || !(word in PRESCHOOL_STATUS))).toEqual([]);
  });

  it('of a status nobody here knows yet is found without one', () => {
    expect(resolutionOf(record('SOMETHING_NEW'))).toMatchObject({ outcome: 'FOUND', status: null });
  });

  it('of nothing tells nothing, and that admission goes on', () => {
    expect(resolutionOf(null)).toEqual({
      outcome: 'NO_PRESCHOOL_RECORD',
      currentNumber: null,
      status: null,
      issuedOn: null,
      institutionCode: null,
    });
    expect(MESSAGE.NO_PRESCHOOL_RECORD.zh).toContain('不影响入学');
    expect(MESSAGE.NO_PRESCHOOL_RECORD.en).toContain('does not affect admission');
  });
});
