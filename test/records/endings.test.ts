import { describe, expect, it } from 'vitest';
import type { RecordEvent, RecordStatus } from '../../subgraphs/records/model.ts';
import { decide } from '../../subgraphs/records/rules/decide.ts';
import type { Facts } from '../../subgraphs/records/rules/facts.ts';
import { rowOf, statusAfter, type Asked } from '../../subgraphs/records/rules/lifecycle.ts';
import { firstTurn } from '../../subgraphs/records/rules/turns.ts';
import { endingOf, restoredAs } from '../../subgraphs/records/rules/undo.ts';

const paper = { kind: 'DEATH_CERTIFICATE', reference: 'SW-2026-1', digest: 'ab'.repeat(32) } as const;
const proof = { ...paper, kind: 'DUPLICATE_PROOF' } as const;
const base: Facts = { today: '2026-11-23', account: 'a', role: 'KINDERGARTEN', undecided: false };
const refusals = (errors: readonly { code: string; field: readonly string[] }[]) =>
  errors.map(({ code, field }) => [code, ...field.slice(0, 1)].join(' '));

describe('Asking for a cancellation', () => {
  const death: Facts = {
    ...{ ...base, recordId: 'r', formalNumber: true, cancellationReason: 'DEATH', evidence: [paper] },
    ...{ on: '2026-11-20', stayFrom: '2026-10-08' },
  };
  const duplicate: Facts = {
    ...{ ...death, formalNumber: false, cancellationReason: 'PROVEN_DUPLICATE', evidence: [proof] },
    survivor: { id: 's', goesOn: true },
  };
  const cases: [string, Facts, string[]][] = [
    ['for a death is taken with a certificate', death, []],
    ['for a death is taken on the first day of the stay and today', { ...death, on: '2026-10-08' }, []],
    ['is refused before the stay began', { ...death, on: '2026-10-07' }, ['DATE_OUTSIDE_STAY on']],
    ['is refused for tomorrow', { ...death, on: '2026-11-24' }, ['DATE_OUTSIDE_STAY on']],
    ['is refused on an impossible day', { ...death, on: '2026-11-31' }, ['DATE_IMPOSSIBLE on']],
    [
      'for a death is refused with proof of a duplicate',
      { ...death, evidence: [proof] },
      ['EVIDENCE_MISSING evidence'],
    ],
    [
      'for a death names no other record',
      { ...death, survivor: { id: 's', goesOn: true } },
      ['DUPLICATE_NOT_MEANT duplicateOf'],
    ],
    ['is refused beside another application', { ...death, undecided: true }, ['APPLICATION_UNDECIDED']],
    ['for a duplicate is taken with its proof', duplicate, []],
    [
      'for a duplicate is refused with a death certificate',
      { ...duplicate, evidence: [paper] },
      ['EVIDENCE_MISSING evidence'],
    ],
    [
      'for a duplicate without its proof is told nothing about the other record',
      { ...duplicate, evidence: [], survivor: null },
      ['EVIDENCE_MISSING evidence'],
    ],
    [
      'for a duplicate of nobody known is refused',
      { ...duplicate, survivor: null },
      ['DUPLICATE_UNKNOWN duplicateOf'],
    ],
    [
      'for a duplicate of itself is refused',
      { ...duplicate, survivor: { id: 'r', goesOn: true } },
      ['DUPLICATE_SAME duplicateOf'],
    ],
    [
      'for a duplicate of a cancelled record is refused',
      { ...duplicate, survivor: { id: 's', goesOn: false } },
      ['DUPLICATE_ENDED duplicateOf'],
    ],
    [
      'for a duplicate with a G number is not for the kindergarten',
      { ...duplicate, formalNumber: true },
      ['G_NUMBER_BY_PROVINCE reason'],
    ],
    [
      'for a duplicate with a G number is for the province',
      { ...duplicate, formalNumber: true, role: 'PROVINCE' },
      [],
    ],
    [
      'for another duplicate is not for the province',
      { ...duplicate, role: 'PROVINCE' },
      ['PROVINCE_FOR_G_NUMBERS'],
    ],
    ['for a death is not for the province', { ...death, role: 'PROVINCE' }, ['PROVINCE_FOR_G_NUMBERS']],
  ];
  it.each(cases)('%s', (_, facts, expected) => {
    expect(refusals(decide('requestCancellation', 'ENROLLED', facts))).toEqual(expected);
  });

  it('of a child that has left is taken from the day it left on', () => {
    const gone: Facts = { ...death, leftOn: '2026-11-20' };
    delete (gone as { stayFrom?: string }).stayFrom;
    expect(refusals(decide('requestCancellation', 'LEFT', gone))).toEqual([]);
    expect(refusals(decide('requestCancellation', 'LEFT', { ...gone, on: '2026-11-19' }))).toEqual([
      'DATE_OUTSIDE_STAY on',
    ]);
  });

  it('names the record that goes on', () => {
    const silent: Facts = { ...duplicate };
    delete (silent as { survivor?: unknown }).survivor;
    expect(refusals(decide('requestCancellation', 'ENROLLED', silent))).toEqual([
      'DUPLICATE_NOT_NAMED duplicateOf',
    ]);
  });

  it('goes to the county, or where a province asks to the ministry', () => {
    const place = {
      ...{ provinceCode: '330000', cityCode: '330100', countyCode: '330110', institutionCode: '1133990001' },
      ...{ fromProvinceCode: null, fromCityCode: null, fromCountyCode: null, fromInstitutionCode: null },
      details: null,
    } as const;
    const holders = (['INSTITUTION', 'PROVINCE'] as const).map(
      (applicantLevel) => firstTurn({ ...place, kind: 'CANCELLATION', applicantLevel }, false).holder,
    );
    expect(holders).toEqual([
      { level: 'COUNTY', code: '330110' },
      { level: 'NATION', code: '000000' },
    ]);
  });
});

describe('Deciding about a duplicate', () => {
  const asked: Asked = { kind: 'CANCELLATION', state: 'SUBMITTED', task: 'DECIDE' };
  const judged = (role: Facts['role'], formalNumber: boolean) =>
    refusals(
      decide(
        'approveApplication',
        'LEFT',
        {
          ...{ ...base, role, account: 'b', recordId: 'r', cancellationReason: 'PROVEN_DUPLICATE' },
          ...{ formalNumber, on: '2026-11-20', leftOn: '2026-11-20', survivor: { id: 's', goesOn: true } },
        },
        asked,
      ),
    );

  it("is the ministry's where the record has a G number by then, whoever was asked", () => {
    expect([judged('COUNTY', false), judged('COUNTY', true), judged('MINISTRY', true)]).toEqual([
      [],
      ['G_NUMBER_BY_PROVINCE'],
      [],
    ]);
  });
});

describe('Asking for a reinstatement', () => {
  const good: Facts = {
    ...{ ...base, restored: 'ENROLLED', resumable: true, reason: '误操作', reinstateUntil: '2026-11-23' },
    institution: { id: 'i', code: '1133990001', status: 'OPEN' },
    class: { id: 'c', level: 'SMALL', schoolYear: 2025, sizeLimit: 25, institutionId: 'i', taken: 0 },
    evidence: [],
  };
  const closed = { id: 'i', code: '1133990001', status: 'CLOSED' };
  const cases: [string, Partial<Facts>, string[]][] = [
    ['is taken when everything fits, on the last day', {}, []],
    ['is refused a day later', { today: '2026-11-24' }, ['REINSTATEMENT_TOO_LATE']],
    ['is refused without a reason', { reason: ' ' }, ['REASON_REQUIRED reason']],
    ['is refused with a reason too long', { reason: '长'.repeat(201) }, ['TOO_LONG reason']],
    ['is refused where the ministry has decided', { decidedAbove: true }, ['G_NUMBER_BY_PROVINCE']],
    ['is refused where something came later', { resumable: false }, ['STAY_NOT_RESUMABLE']],
    [
      'is refused where the institution is closed',
      { institution: closed },
      ['INSTITUTION_NOT_LAWFUL institutionCode'],
    ],
    ['is refused where the class is gone', { class: null }, ['CLASS_NOT_OF_INSTITUTION classId']],
    [
      'needs neither where the child will not be there',
      { restored: 'LEFT', institution: closed, class: null },
      [],
    ],
    ['is refused beside another application', { undecided: true }, ['APPLICATION_UNDECIDED']],
    [
      'is refused with a paper that is none',
      { evidence: [{ ...paper, digest: 'x' }] },
      ['EVIDENCE_DIGEST evidence'],
    ],
  ];
  it.each(cases)('%s', (_, changes, expected) => {
    expect(refusals(decide('requestReinstatement', 'LEFT', { ...good, ...changes }))).toEqual(expected);
  });

  it('leaves the status to the history when it is approved, and as it is when it comes to nothing', () => {
    const asked: Asked = { kind: 'REINSTATEMENT', state: 'SUBMITTED', task: 'DECIDE' };
    expect(rowOf('approveApplication', asked).to).toBe('UNDONE');
    expect(statusAfter(rowOf('refuseApplication', asked), 'LEFT', 'LEFT')).toBe('LEFT');
  });
});

describe('The act that ended a record', () => {
  const event = (
    type: string,
    statusFrom: RecordStatus | null,
    statusTo: RecordStatus,
    effectiveOn = '2026-11-02',
  ) => ({ type, statusFrom, statusTo, effectiveOn }) as RecordEvent;
  const life = [
    event('submitEnrolment', null, 'PENDING'),
    event('approveApplication', 'PENDING', 'ENROLLED'),
    event('leave', 'ENROLLED', 'LEFT', '2026-10-20'),
  ];

  it('is the last leaving of a record that left, also after an enrolment that came to nothing', () => {
    const tried = [
      ...life,
      event('submitEnrolment', 'LEFT', 'PENDING'),
      event('refuseApplication', 'PENDING', 'LEFT'),
    ];
    expect(endingOf(tried, 'LEFT')!.effectiveOn).toBe('2026-10-20');
  });

  it('is the cancellation of a cancelled record, and once that is undone the leaving before', () => {
    const cancelled = [
      ...life,
      event('requestCancellation', 'LEFT', 'LEFT'),
      event('approveApplication', 'LEFT', 'CANCELLED', '2026-11-10'),
    ];
    expect(endingOf(cancelled, 'CANCELLED')).toMatchObject({ statusFrom: 'LEFT', effectiveOn: '2026-11-10' });
    const undone = [...cancelled, event('approveApplication', 'CANCELLED', 'LEFT', '2026-11-10')];
    expect(endingOf(undone, 'LEFT')).toMatchObject({ type: 'leave', effectiveOn: '2026-10-20' });
  });

  it('is none of a record that never ended', () => {
    expect(endingOf(life.slice(0, 2), 'LEFT')).toBeNull();
  });

  it('leads back to a deferral only while that lasts', () => {
    const left = event('leave', 'DEFERRED', 'LEFT');
    const restored = (until: string | null) => restoredAs(left, until, '2026-11-23');
    expect([restored('2026-11-23'), restored('2026-11-22'), restored(null)]).toEqual([
      { status: 'DEFERRED', deferredUntil: '2026-11-23' },
      { status: 'ENROLLED', deferredUntil: null },
      { status: 'ENROLLED', deferredUntil: null },
    ]);
  });
});
