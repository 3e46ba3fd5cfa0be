import { describe, expect, it } from 'vitest';
import type {
  Application,
  ChangedSeat,
  InstitutionChange,
  Placement,
} from '../../subgraphs/records/model.ts';
import {
  applicationAfter,
  effectiveOn,
  stayAfter,
  staysConcerned,
  tenureOf,
} from '../../subgraphs/records/rules/institution-change.ts';
import { application } from './support.ts';

const to: ChangedSeat = {
  ...{ institutionId: 'b', institutionCode: '1133990009', seq: 3, provinceCode: '340000', cityCode: null },
  ...{ countyCode: '340105', ownership: 'PUBLIC', urbanRural: 'URBAN' },
};
const change: InstitutionChange = {
  ...{ id: 'x', institutionId: 'a', institutionCode: '1133990001', seq: 2, kind: 'MERGED' },
  ...{ on: '2026-11-10', account: 'county-1', to },
};

describe('A stay in an institution that changes', () => {
  const stay = { fromOn: '2026-10-08', untilOn: null, classId: 'c', ownership: 'OTHER_PRIVATE' } as Placement;
  it('ends on the day, and another begins in the same class', () => {
    expect(stayAfter(stay, change)).toMatchObject({
      endsOn: '2026-11-10',
      stay: { fromOn: '2026-11-10', untilOn: null, classId: 'c', countyCode: '340105', ownership: 'PUBLIC' },
    });
  });

  it.each(['2026-11-10', '2026-11-15'])('that began on %s, no earlier, is there from its start', (fromOn) => {
    const after = stayAfter({ ...stay, fromOn }, change);
    expect(after).toMatchObject({ endsOn: null, stay: { fromOn, institutionCode: to.institutionCode } });
    expect(effectiveOn([{ ...stay, fromOn }], change)).toBe(fromOn);
  });
});

describe('The stays an institution takes along', () => {
  const stay = (institutionCode: string, fromOn: string, untilOn: string | null) =>
    ({ institutionCode, fromOn, untilOn }) as Placement;
  const [here, there] = [change.institutionCode, '1133990002'];

  it('are those that have days after the change, also where the child has left since', () => {
    const left = [
      stay(here, '2026-10-08', '2026-11-10'),
      stay(here, '2026-11-10', '2026-11-12'),
      stay(here, '2026-11-12', '2026-11-20'),
    ];
    expect(tenureOf(left, change)).toEqual(left);
    expect(staysConcerned(left, change)).toEqual(left.slice(1));
    expect(effectiveOn(left, change)).toBe('2026-11-10');
    expect(stayAfter(left[2]!, change)).toMatchObject({ endsOn: null, stay: { untilOn: '2026-11-20' } });
    const across = stay(here, '2026-10-08', '2026-11-20');
    expect(stayAfter(across, change)).toMatchObject({
      endsOn: '2026-11-10',
      stay: { fromOn: '2026-11-10', untilOn: '2026-11-20' },
    });
  });

  it('are none from before the child was elsewhere', () => {
    const back = [
      stay(here, '2026-10-08', '2026-11-11'),
      stay(there, '2026-11-11', '2026-11-15'),
      stay(here, '2026-11-15', null),
    ];
    expect(tenureOf(back, change)).toEqual(back.slice(2));
    expect(effectiveOn(tenureOf(back, change), change)).toBe('2026-11-15');
    expect(tenureOf(back.slice(0, 2), change)).toEqual([]);
    expect(effectiveOn([], change)).toBe(change.on);
  });
});

describe('An undecided application of an institution that changes', () => {
  const base = application('ENROLMENT_DECISION', '2026-11-02');
  const transfer: Partial<Application> = {
    ...{
      kind: 'TRANSFER',
      institutionCode: '1144000001',
      provinceCode: '440000',
      cityCode: '440300',
      countyCode: '440305',
    },
    ...{
      fromInstitutionCode: '1133990001',
      fromProvinceCode: '330000',
      fromCityCode: '330100',
      fromCountyCode: '330110',
    },
    applicantCode: '1144000001',
  };
  const turn = (task: Application['task'], holderLevel: Application['holderLevel'], holderCode: string) => ({
    ...{ task, holderLevel, holderCode },
  });
  it.each<[string, Partial<Application>, string]>([
    ['its county decides, and then the new one', turn('DECIDE', 'COUNTY', '330110'), 'COUNTY 340105'],
    [
      'its city has it, and then the province, where no city is above',
      turn('DECIDE', 'CITY', '330100'),
      'PROVINCE 340000',
    ],
    [
      'it completes it, and then its successor',
      turn('COMPLETE', 'INSTITUTION', '1133990001'),
      'INSTITUTION 1133990009',
    ],
    ['the ministry has it, and keeps it', turn('DECIDE', 'NATION', '000000'), 'NATION 000000'],
    [
      'it answers for a child that leaves',
      { ...transfer, ...turn('ANSWER', 'INSTITUTION', '1133990001') },
      'INSTITUTION 1133990009',
    ],
    [
      'its county releases a child that leaves',
      { ...transfer, ...turn('RELEASE', 'COUNTY', '330110') },
      'COUNTY 340105',
    ],
    [
      'another county decides about a child that leaves it',
      { ...transfer, ...turn('DECIDE', 'COUNTY', '440305') },
      'COUNTY 440305',
    ],
  ])('where %s', (_, changes, expected) => {
    const before = { ...base, ...changes };
    const { after, reassigned } = applicationAfter(before, change);
    const same = expected === `${before.holderLevel} ${before.holderCode}`;
    expect(`${after.holderLevel} ${after.holderCode}`).toBe(expected);
    expect([reassigned, after.steps - before.steps, after.dueOn]).toEqual([
      !same,
      same ? 0 : 1,
      before.dueOn,
    ]);
  });

  it('knows where the child comes from and goes to', () => {
    const leaving = applicationAfter({ ...base, ...transfer }, change).after;
    expect([leaving.fromCountyCode, leaving.fromInstitutionCode, leaving.countyCode]).toEqual([
      '340105',
      to.institutionCode,
      '440305',
    ]);
    const coming = applicationAfter(base, change).after;
    expect([coming.institutionCode, coming.countyCode, coming.fromCountyCode]).toEqual([
      to.institutionCode,
      '340105',
      base.fromCountyCode,
    ]);
  });
});
