import { describe, expect, it } from 'vitest';
import { decide } from '../../subgraphs/records/rules/decide.ts';
import type { Facts } from '../../subgraphs/records/rules/facts.ts';
import { rowOf, statusAfter, type Asked } from '../../subgraphs/records/rules/lifecycle.ts';
import { unmet } from '../../subgraphs/records/rules/needs.ts';
import { schoolAgeIn, type SchoolAge } from '../../subgraphs/records/rules/school-age.ts';

const proof = { kind: 'DEFERRAL_PROOF', reference: 'HX-2026-1', digest: 'ab'.repeat(32) } as const;
const good: Facts = {
  ...{ today: '2026-11-23', account: 'a', role: 'KINDERGARTEN', undecided: false },
  ...{ on: '2026-11-01', stayFrom: '2026-10-08', until: '2027-08-31', latestUntil: '2027-11-01' },
  ...{ birthCohort: 2020, schoolAge: 6, deferredUntil: null, evidence: [proof] },
};

describe('Asking for a deferral', () => {
  const cases: [string, Partial<Facts>, [string, string | undefined][]][] = [
    ['is taken when everything fits', {}, []],
    [
      'is taken from the first day of the stay to a year later',
      { on: '2026-10-08', until: '2027-11-01' },
      [],
    ],
    ['is refused before the stay began', { on: '2026-10-07' }, [['DATE_OUTSIDE_STAY', 'on']]],
    ['is refused from tomorrow on', { on: '2026-11-24' }, [['DATE_OUTSIDE_STAY', 'on']]],
    ['is refused from an impossible day', { on: '2026-11-31' }, [['DATE_IMPOSSIBLE', 'on']]],
    ['is refused to an impossible day', { until: '2027-02-29' }, [['DATE_IMPOSSIBLE', 'until']]],
    ['is refused to a day after the longest', { until: '2027-11-02' }, [['DEFERRAL_UNTIL', 'until']]],
    [
      'is refused to a day that has passed',
      { until: '2026-11-22', birthCohort: 2020 },
      [['DEFERRAL_UNTIL', 'until']],
    ],
    ['is taken to today', { until: '2026-11-23' }, []],
    [
      'of a deferred child may begin on the day after the present deferral',
      { deferredUntil: '2026-12-20', on: '2026-12-21', until: '2027-12-21', latestUntil: '2027-12-21' },
      [],
    ],
    [
      'of a deferred child may not begin a day later',
      { deferredUntil: '2026-12-20', on: '2026-12-22', until: '2027-12-21', latestUntil: '2027-12-22' },
      [['DATE_OUTSIDE_STAY', 'on']],
    ],
    [
      'of a deferred child must end later than the present deferral',
      { deferredUntil: '2027-08-31' },
      [['DEFERRAL_UNTIL', 'until']],
    ],
    [
      'is taken on no later day than today once the deferral has passed',
      { deferredUntil: '2026-10-31', on: '2026-11-24' },
      [['DATE_OUTSIDE_STAY', 'on']],
    ],
    ['is refused a year under school age', { birthCohort: 2021 }, [['NOT_OF_SCHOOL_AGE', 'until']]],
    ['is refused where school begins at seven', { schoolAge: 7 }, [['NOT_OF_SCHOOL_AGE', 'until']]],
    ['is refused without proof', { evidence: [] }, [['EVIDENCE_MISSING', 'evidence']]],
    [
      'is refused with proof whose digest is none',
      { evidence: [{ ...proof, digest: 'x' }] },
      [['EVIDENCE_DIGEST', 'evidence']],
    ],
    ['is refused beside another application', { undecided: true }, [['APPLICATION_UNDECIDED', undefined]]],
  ];
  it.each(cases)('%s', (_, changes, refusals) => {
    const errors = decide('requestDeferral', 'ENROLLED', { ...good, ...changes });
    expect(errors.map(({ code, field }) => [code, field[0]])).toEqual(refusals);
  });
});

describe('Deciding a deferral', () => {
  const asked: Asked = { kind: 'DEFERRAL', state: 'SUBMITTED', task: 'DECIDE' };
  const county: Facts = { ...good, role: 'COUNTY' };
  const judged = (until: string) =>
    decide('approveApplication', 'ENROLLED', { ...county, until }, asked).map(({ code }) => code);

  it('is refused once the deferral asked for is over', () => {
    expect([judged('2026-11-23'), judged('2026-11-22')]).toEqual([[], ['DEFERRAL_OVER']]);
  });

  it('leads to DEFERRED, and anything else to where the record is by then', () => {
    const ends = (action: 'approveApplication' | 'refuseApplication' | 'withdrawApplication') =>
      (['ENROLLED', 'DEFERRED'] as const).map((status) =>
        statusAfter(rowOf(action, asked), status, 'DEFERRED'),
      );
    expect([ends('approveApplication'), ends('refuseApplication'), ends('withdrawApplication')]).toEqual([
      ['DEFERRED', 'DEFERRED'],
      ['ENROLLED', 'DEFERRED'],
      ['ENROLLED', 'DEFERRED'],
    ]);
  });
});

describe('A lapse', () => {
  const passed = (deferredUntil: string | null) =>
    unmet(rowOf('lapseDeferral').needs, { ...good, deferredUntil }).length === 0;

  it('comes on the day after the last, not before', () => {
    expect([passed('2026-11-22'), passed('2026-11-23'), passed(null)]).toEqual([true, false, false]);
  });

  it('is nobody else’s act', () => {
    expect(decide('lapseDeferral', 'DEFERRED', { ...good, deferredUntil: '2026-11-22' })[0]!.code).toBe(
      'NOT_YOUR_ACT',
    );
  });

  it('during a transfer leaves the transfer as it is', () => {
    const row = rowOf('lapseDeferral', { kind: 'TRANSFER', state: 'SUBMITTED', task: 'ANSWER' });
    expect(statusAfter(row, 'TRANSFERRING', 'DEFERRED')).toBe('TRANSFERRING');
  });
});

describe('School age', () => {
  const ages: SchoolAge[] = [
    { years: 6, validFrom: '2006-09-01', province: null },
    { years: 7, validFrom: '2006-09-01', province: '540000' },
    { years: 6, validFrom: '2030-09-01', province: '540000' },
  ];
  it('is six, or what the province says, by the day', () => {
    const asked = [
      schoolAgeIn('330000', '2026-11-23'),
      schoolAgeIn(null, '1999-01-01', ages),
      schoolAgeIn('540000', '2026-11-23', ages),
      schoolAgeIn('540000', '2030-09-01', ages),
    ];
    expect(asked).toEqual([6, 6, 7, 6]);
  });
});
