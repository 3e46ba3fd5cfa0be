import { describe, expect, it } from 'vitest';
import { ACTIONS } from '../../kernel/rules/actions.ts';
import { ROLES } from '../../kernel/rules/viewer.ts';
import { RECORD_STATUS, type Application, type RecordStatus } from '../../subgraphs/records/model.ts';
import { decide, decideApplication } from '../../subgraphs/records/rules/decide.ts';
import {
  LIFECYCLE,
  openActions,
  statusAfter,
  statusErrors,
  rowOf,
} from '../../subgraphs/records/rules/lifecycle.ts';
import { enrolmentWarnings, type Facts } from '../../subgraphs/records/rules/needs.ts';

const STATUSES = [null, ...(Object.keys(RECORD_STATUS) as RecordStatus[])];

const good: Facts = {
  today: '2026-11-23',
  account: 'county-b',
  role: 'KINDERGARTEN',
  institution: { id: 'i', code: '1133000001', status: 'OPEN' },
  class: { id: 'c', level: 'SMALL', schoolYear: 2026, sizeLimit: 25, institutionId: 'i', taken: 3 },
  child: { id: 'k', bornOn: '2023-01-15', sex: 'FEMALE', likeChildren: 0 },
  enteredOn: '2026-09-01',
  submittedBy: 'kindergarten-a',
  reason: '材料不全',
};

describe('The lifecycle table', () => {
  const edges = LIFECYCLE.flatMap(({ action, from, to }) =>
    STATUSES.map((status) => ({ action, status, to, legal: from.includes(status) })),
  );

  it.each(edges.filter(({ legal }) => legal))('lets $action start from $status', ({ action, status }) => {
    expect(statusErrors(action, status)).toEqual([]);
  });

  it.each(edges.filter(({ legal }) => !legal))('refuses $action from $status', ({ action, status }) => {
    expect(statusErrors(action, status).map(({ code }) => code)).toEqual([
      action !== 'submitEnrolment'
        ? 'ACTION_NOT_OPEN'
        : ['PENDING', 'RETURNED', 'ENROLLED', 'TRANSFERRING', 'DEFERRED'].includes(status!)
          ? 'ALREADY_ENROLLED'
          : 'RECORD_ENDED',
    ]);
  });

  it('never leaves an end status', () => {
    for (const status of ['PROMOTED', 'CANCELLED', 'GRADUATED'] as const)
      expect(openActions(status)).toEqual([]);
  });

  it('reaches ENROLLED only through the county', () => {
    const ways = LIFECYCLE.filter(({ to, from }) => to === 'ENROLLED' && !from.includes('ENROLLED'));
    expect(ways.map(({ action, by }) => [action, by])).toEqual([['approveApplication', 'COUNTY']]);
  });

  it('names the open acts when one is refused', () => {
    expect(statusErrors('approveApplication', 'RETURNED')[0]!.messageEn).toBe(
      '核准 approveApplication is not possible while 已退回 RETURNED; open now: resubmitApplication, withdrawApplication.',
    );
  });
});

describe('A submission', () => {
  const cases: [string, Partial<Facts>, string[]][] = [
    ['is taken when everything fits', {}, []],
    [
      'is refused without an institution',
      { institution: null },
      ['INSTITUTION_UNKNOWN', 'CLASS_NOT_OF_INSTITUTION'],
    ],
    [
      'is refused to an institution that is not open',
      { institution: { id: 'i', code: '1', status: 'SUSPENDED' } },
      ['INSTITUTION_NOT_LAWFUL'],
    ],
    [
      "is refused for another institution's class",
      { class: { ...good.class!, institutionId: 'x' } },
      ['CLASS_NOT_OF_INSTITUTION'],
    ],
    [
      'is refused for a class of the year before',
      { class: { ...good.class!, schoolYear: 2025 } },
      ['CLASS_OF_OTHER_YEAR'],
    ],
    ['is taken for a class of the next year', { class: { ...good.class!, schoolYear: 2027 } }, []],
    [
      'is refused for a class of the year after that',
      { class: { ...good.class!, schoolYear: 2028 } },
      ['CLASS_OF_OTHER_YEAR'],
    ],
    [
      'is taken late for a class of this year',
      { enteredOn: '2026-03-02', child: { ...good.child!, bornOn: '2022-01-15' } },
      [],
    ],
    ['is refused for a child nobody registered', { child: null }, ['CHILD_UNKNOWN']],
    ['is refused on an impossible date', { enteredOn: '2026-02-30' }, ['DATE_IMPOSSIBLE']],
    ['is refused for tomorrow', { enteredOn: '2026-11-24' }, ['ENTRY_DATE_FUTURE']],
    ['is taken on the third birthday', { child: { ...good.child!, bornOn: '2023-09-01' } }, []],
    [
      'is refused a day before the third birthday',
      { child: { ...good.child!, bornOn: '2023-09-02' } },
      ['TOO_YOUNG'],
    ],
    [
      'is taken at two in a nursery class',
      { child: { ...good.child!, bornOn: '2024-09-01' }, class: { ...good.class!, level: 'NURSERY' } },
      [],
    ],
    [
      'is refused under two even there',
      { child: { ...good.child!, bornOn: '2024-09-02' }, class: { ...good.class!, level: 'NURSERY' } },
      ['TOO_YOUNG'],
    ],
  ];
  it.each(cases)('%s', (_, changes, codes) => {
    expect(decide('submitEnrolment', null, { ...good, ...changes }).map(({ code }) => code)).toEqual(codes);
  });
});

describe('A new stay after leaving', () => {
  const again = (enteredOn: string) =>
    decide('submitEnrolment', 'LEFT', { ...good, enteredOn, leftOn: '2026-10-12' }).map(({ code }) => code);

  it('begins on the day the child left, or later', () => {
    expect([again('2026-10-12'), again('2026-10-13')]).toEqual([[], []]);
  });

  it('never shares a day with the stay before', () => {
    expect(again('2026-10-11')).toEqual(['ENTRY_BEFORE_LEAVING']);
  });
});

describe('Leaving', () => {
  const stay: Facts = { ...good, stayFrom: '2026-09-01', on: '2026-10-12', leaveReason: 'MOVED_AWAY' };
  const cases: [string, Partial<Facts>, [string, string][]][] = [
    ['is taken with a reason and a day', {}, []],
    ['is taken on the first day and today', { on: '2026-09-01', today: '2026-09-01' }, []],
    ['is refused before the stay began', { on: '2026-08-31' }, [['DATE_OUTSIDE_STAY', 'on']]],
    ['is refused for tomorrow', { on: '2026-11-24' }, [['DATE_OUTSIDE_STAY', 'on']]],
    ['is refused on an impossible day', { on: '2026-11-31' }, [['DATE_IMPOSSIBLE', 'on']]],
    [
      'for another reason needs a remark',
      { leaveReason: 'OTHER', remark: ' ' },
      [['REMARK_REQUIRED', 'remark']],
    ],
    ['for another reason is taken with one', { leaveReason: 'OTHER', remark: '随军' }, []],
    ['takes a remark of 200 characters', { remark: '长'.repeat(200) }, []],
    ['takes none of 201', { remark: '长'.repeat(201) }, [['TOO_LONG', 'remark']]],
  ];
  it.each(cases)('%s', (_, changes, refusals) => {
    const errors = decide('leave', 'ENROLLED', { ...stay, ...changes });
    expect(errors.map(({ code, field }) => [code, field[0]])).toEqual(refusals);
  });

  it('takes a record with a number back to LEFT when a new enrolment comes to nothing', () => {
    const ends = (number: string | null) =>
      (['withdrawApplication', 'refuseApplication'] as const).map((act) => statusAfter(act, { number }));
    expect([ends(null), ends('G1')]).toEqual([
      ['WITHDRAWN', 'WITHDRAWN'],
      ['LEFT', 'LEFT'],
    ]);
  });
});

describe('What is only pointed out', () => {
  const cases: [string, Partial<Facts>, string, string[]][] = [
    ['is nothing in the ordinary case', { enteredOn: '2026-10-01' }, '2026-12-01', []],
    ['is a record whose last day has passed', { enteredOn: '2026-09-22' }, '2026-11-22', ['ENTRY_TOO_LATE']],
    ['is not the last day itself', { enteredOn: '2026-09-23' }, '2026-11-23', []],
    [
      'is a full class',
      { enteredOn: '2026-10-01', class: { ...good.class!, taken: 25 } },
      '2026-12-01',
      ['CLASS_FULL'],
    ],
    [
      'is school age',
      { enteredOn: '2026-10-01', child: { ...good.child!, bornOn: '2020-10-01' } },
      '2026-12-01',
      ['SCHOOL_AGE'],
    ],
    [
      'is a child like another',
      { enteredOn: '2026-10-01', child: { ...good.child!, likeChildren: 1 } },
      '2026-12-01',
      ['POSSIBLE_DUPLICATE'],
    ],
  ];
  it.each(cases)('%s', (_, changes, dueOn, codes) => {
    expect(enrolmentWarnings({ ...good, ...changes }, dueOn).map(({ code }) => code)).toEqual(codes);
  });
});

describe('A decision', () => {
  const county: Facts = { ...good, role: 'COUNTY' };
  const application = { state: 'SUBMITTED', submittedBy: 'kindergarten-a' } as Application;

  it('is refused to the account that submitted', () => {
    expect(
      decideApplication('approveApplication', application, 'PENDING', {
        ...county,
        account: 'kindergarten-a',
      }).map((e) => e.code),
    ).toEqual(['SAME_ACCOUNT']);
  });

  it.each(['APPROVED', 'REFUSED', 'WITHDRAWN'] as const)(
    'is refused on an application that is %s already',
    (state) => {
      expect(
        decideApplication('approveApplication', { ...application, state }, 'ENROLLED', county).map(
          (e) => e.code,
        ),
      ).toEqual(['ALREADY_DECIDED']);
    },
  );

  it.each(['returnApplication', 'refuseApplication'] as const)('needs a reason to %s', (action) => {
    expect(
      decideApplication(action, application, 'PENDING', { ...county, reason: ' ' }).map((e) => e.code),
    ).toEqual(['REASON_REQUIRED']);
    expect(decideApplication(action, application, 'PENDING', county)).toEqual([]);
  });

  it.each(['returnApplication', 'refuseApplication', 'withdrawApplication'] as const)(
    'takes a reason of 200 characters to %s, and not one more',
    (action) => {
      const { by: role } = rowOf(action);
      const judged = (reason: string) =>
        decideApplication(action, application, 'PENDING', { ...county, role, reason }).map((e) => e.code);
      expect([judged('𠮷'.repeat(200)), judged('𠮷'.repeat(201))]).toEqual([[], ['TOO_LONG']]);
    },
  );

  it('is refused when the number belongs to another record', () => {
    expect(
      decideApplication('approveApplication', application, 'PENDING', { ...county, numberTaken: true }).map(
        (e) => e.code,
      ),
    ).toEqual(['NUMBER_TAKEN']);
  });

  it('is withdrawn without a reason', () => {
    expect(
      decideApplication('withdrawApplication', application, 'PENDING', { ...good, reason: null }),
    ).toEqual([]);
  });

  it.each(LIFECYCLE)('$action has the role of its row, in the graph and in every other way in', (row) => {
    expect(ACTIONS[row.action]).toEqual([row.by]);
    for (const role of ROLES.filter((one) => one !== row.by))
      expect(decide(row.action, row.from[0]!, { ...good, role }).map(({ code }) => code)).toEqual([
        'NOT_YOUR_ACT',
      ]);
  });
});
