import { describe, expect, it } from 'vitest';
import { ACTIONS } from '../../kernel/rules/actions.ts';
import { ROLES, type Role } from '../../kernel/rules/viewer.ts';
import { RECORD_STATUS, type Application, type RecordStatus } from '../../subgraphs/records/model.ts';
import { decide, decideApplication } from '../../subgraphs/records/rules/decide.ts';
import {
  countsAsInKindergarten,
  edges,
  LIFECYCLE,
  LIFECYCLE_ACTIONS,
  openActions,
  PARTIES,
  rowOf,
  statusAfter,
  statusErrors,
  type Asked,
  type Row,
} from '../../subgraphs/records/rules/lifecycle.ts';
import type { Facts } from '../../subgraphs/records/rules/facts.ts';
import { enrolmentWarnings } from '../../subgraphs/records/rules/warnings.ts';

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

/** An application that stands as the row wants it, or as nobody's row does. */
const asked = ({ kind, states, task }: Row): Asked | null =>
  kind === null ? null : { kind, state: states![0]!, task: task ?? 'DECIDE' };

describe('The lifecycle table', () => {
  const cases = LIFECYCLE.flatMap((row) =>
    STATUSES.map((status) => ({ row, ...row, status, legal: row.from.includes(status) })),
  );

  it.each(cases.filter(({ legal }) => legal))(
    'lets $action on $kind start from $status',
    ({ action, status, row }) => {
      expect(statusErrors(action, status, asked(row))).toEqual([]);
    },
  );

  it.each(cases.filter(({ legal }) => !legal))(
    'refuses $action on $kind from $status',
    ({ action, status, row }) => {
      expect(statusErrors(action, status, asked(row)).map(({ code }) => code)).toEqual([
        action !== 'submitEnrolment'
          ? 'ACTION_NOT_OPEN'
          : ['PENDING', 'RETURNED', 'ENROLLED', 'TRANSFERRING', 'DEFERRED'].includes(status!)
            ? 'ALREADY_ENROLLED'
            : 'RECORD_ENDED',
      ]);
    },
  );

  it.each(LIFECYCLE.filter(({ kind }) => kind !== null))(
    'refuses $action on $kind where there is no such application, or it stands otherwise',
    (row) => {
      const codes = (as: Asked | null) => statusErrors(row.action, row.from[0]!, as).map(({ code }) => code);
      const other = row.states!.includes('RETURNED') ? 'APPROVED' : 'RETURNED';
      expect(codes(null)).toEqual(['ACTION_NOT_OPEN']);
      expect(codes({ ...asked(row)!, state: other })).toEqual(['ACTION_NOT_OPEN']);
    },
  );

  it('leaves PROMOTED only when the primary school gives the record back', () => {
    expect(openActions('PROMOTED')).toEqual(['giveBack']);
  });

  it('reaches a kindergarten for the first time only through an authority', () => {
    const inside = (status: RecordStatus | null) => status !== null && countsAsInKindergarten(status);
    const ways = edges().filter(({ from, to, kind }) => inside(to) && !inside(from) && kind === 'ENROLMENT');
    expect(ways).toEqual([
      { action: 'approveApplication', kind: 'ENROLMENT', from: 'PENDING', to: 'ENROLLED' },
    ]);
  });

  it('names the open acts when one is refused', () => {
    const returned: Asked = { kind: 'ENROLMENT', state: 'RETURNED', task: 'COMPLETE' };
    expect(statusErrors('approveApplication', 'RETURNED', returned)[0]!.messageEn).toBe(
      '核准 approveApplication is not possible while 已退回 RETURNED，已退回 RETURNED; open now: resubmitApplication, withdrawApplication, refuseApplication.',
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
    [
      'is taken for the day the institution opened',
      { institution: { ...good.institution!, openedOn: '2026-09-01' } },
      [],
    ],
    [
      'is refused for the day before the institution opened',
      { institution: { ...good.institution!, openedOn: '2026-09-02' } },
      ['ENTRY_BEFORE_OPENING'],
    ],
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

  it('goes back to where the record was when a new enrolment comes to nothing', () => {
    const enrolment: Asked = { kind: 'ENROLMENT', state: 'SUBMITTED', task: 'DECIDE' };
    const ends = (before: RecordStatus | null) =>
      (['withdrawApplication', 'refuseApplication'] as const).map((act) =>
        statusAfter(rowOf(act, enrolment), 'PENDING', before),
      );
    expect([ends(null), ends('LEFT')]).toEqual([
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
  const area = { level: 'COUNTY', code: '330110' } as const;
  const own = { level: 'INSTITUTION', code: '1133000001' } as const;
  const county: Facts = { ...good, role: 'COUNTY', area };
  const application = {
    ...{ kind: 'ENROLMENT', state: 'SUBMITTED', task: 'DECIDE', submittedBy: 'kindergarten-a' },
    ...{ holderLevel: area.level, holderCode: area.code, applicantLevel: own.level, applicantCode: own.code },
  } as Application;

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
      const who: Partial<Facts> = action === 'withdrawApplication' ? { role: 'KINDERGARTEN', area: own } : {};
      const judged = (reason: string) =>
        decideApplication(action, application, 'PENDING', { ...county, ...who, reason }).map((e) => e.code);
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
      decideApplication('withdrawApplication', application, 'PENDING', { ...good, area: own, reason: null }),
    ).toEqual([]);
  });

  it('is refused to another authority than the one whose turn it is', () => {
    const judged = (role: Facts['role'], level: 'COUNTY' | 'CITY' | 'PROVINCE', code: string) =>
      decideApplication('approveApplication', application, 'PENDING', {
        ...{ ...county, role, area: { level, code } },
      }).map((e) => e.code);
    expect([judged('CITY', 'CITY', '330100'), judged('COUNTY', 'COUNTY', '330106')]).toEqual([
      ['NOT_WITH_YOU'],
      ['NOT_WITH_YOU'],
    ]);
  });

  it.each(LIFECYCLE)('$action on $kind has the roles of its row, in every way in', (row) => {
    const roles: readonly Role[] = PARTIES[row.by].roles;
    for (const role of ROLES.filter((one) => !roles.includes(one)))
      expect(decide(row.action, row.from[0]!, { ...good, role }, asked(row)).map(({ code }) => code)).toEqual(
        ['NOT_YOUR_ACT'],
      );
  });

  it.each(LIFECYCLE_ACTIONS)('%s is offered by the graph to the roles of its rows', (action) => {
    const roles = new Set(
      LIFECYCLE.filter((row) => row.action === action).flatMap(({ by }) => PARTIES[by].roles),
    );
    expect(new Set((ACTIONS as Record<string, readonly Role[]>)[action] ?? [])).toEqual(roles);
  });
});
