import { describe, expect, it } from 'vitest';
import {
  RECORD_STATUS,
  type Application,
  type Record,
  type RecordStatus,
} from '../../subgraphs/records/model.ts';
import { availableActions } from '../../subgraphs/records/rules/available.ts';
import { LIFECYCLE, LIFECYCLE_ACTIONS, PARTIES } from '../../subgraphs/records/rules/lifecycle.ts';
import type { Role, Viewer } from '../../kernel/rules/viewer.ts';

const place = { provinceCode: '330000', cityCode: '330100', countyCode: '330110' };
const record = (status: RecordStatus) => ({ ...place, institutionCode: '1133990001', status }) as Record;
const application = {
  ...{ ...place, institutionCode: '1133990001', kind: 'ENROLMENT', state: 'SUBMITTED', task: 'DECIDE' },
  ...{ submittedBy: 'garden-entry', applicantLevel: 'INSTITUTION', applicantCode: '1133990001' },
  ...{ holderLevel: 'COUNTY', holderCode: '330110' },
} as Application;

const garden: Viewer = {
  account: 'garden-entry',
  role: 'KINDERGARTEN',
  area: { level: 'INSTITUTION', code: '1133990001' },
};
const county: Viewer = { account: 'county-1', role: 'COUNTY', area: { level: 'COUNTY', code: '330110' } };

const told = (viewer: Viewer, status: RecordStatus, asked: Application | null = null) =>
  availableActions(viewer, record(status), asked, '2026-11-23');
const open = (...asked: Parameters<typeof told>) =>
  told(...asked)
    .filter((one) => one.open)
    .map(({ action }) => action);
const why = (action: string, ...asked: Parameters<typeof told>) =>
  told(...asked)
    .find((one) => one.action === action)!
    .reasons.map(({ code }) => code);

/** What only the system does is offered to nobody. */
const OFFERED = LIFECYCLE_ACTIONS.filter((action) =>
  LIFECYCLE.some((row) => row.action === action && PARTIES[row.by].roles.length > 0),
);

describe('The available actions', () => {
  it('are every act of the table that somebody may do, in its order, open exactly where no reason stands against it', () => {
    for (const status of Object.keys(RECORD_STATUS) as RecordStatus[]) {
      const all = told(garden, status);
      expect(all.map(({ action }) => action)).toEqual(OFFERED);
      for (const one of all) expect(one.open).toBe(one.reasons.length === 0);
    }
  });

  it.each(Object.keys(RECORD_STATUS) as RecordStatus[])(
    'of a record that is %s, with nothing undecided, are those of the table',
    (status) => {
      for (const viewer of [garden, county]) {
        const rows = LIFECYCLE.filter(
          ({ by, from, kind }) =>
            (PARTIES[by].roles as readonly Role[]).includes(viewer.role) &&
            from.includes(status) &&
            kind === null,
        );
        // Its own kindergarten does not ask for a child it has.
        const acts = rows.map(({ action }) => action).filter((action) => action !== 'requestTransfer');
        expect(new Set(open(viewer, status))).toEqual(new Set(acts));
      }
    },
  );

  it('are none for those above the county while its days last, and theirs when it has climbed', () => {
    const city: Viewer = { account: 'a', role: 'CITY', area: { level: 'CITY', code: '330100' } };
    expect(open(city, 'PENDING', application)).toEqual([]);
    expect(why('approveApplication', city, 'PENDING', application)).toEqual(['NOT_WITH_YOU']);
    const late = { ...application, holderLevel: 'CITY', holderCode: '330100' } as Application;
    expect(open(city, 'PENDING', late)).toEqual([
      'returnApplication',
      'refuseApplication',
      'approveApplication',
    ]);
    expect(why('approveApplication', county, 'PENDING', late)).toEqual(['NOT_WITH_YOU']);
  });

  it('tell the status that closes an act, and every further reason beside it', () => {
    expect(why('leave', garden, 'LEFT')).toEqual(['ACTION_NOT_OPEN']);
    expect(why('submitEnrolment', garden, 'ENROLLED')).toEqual(['ALREADY_ENROLLED']);
    expect(why('leave', county, 'LEFT')).toEqual(['NOT_YOUR_ACT', 'ACTION_NOT_OPEN']);
  });

  it('tell that the record is not in the area', () => {
    const elsewhere: Viewer = { ...county, area: { level: 'COUNTY', code: '330106' } };
    expect(why('approveApplication', elsewhere, 'PENDING', application)).toEqual([
      'OUTSIDE_YOUR_AREA',
      'NOT_WITH_YOU',
    ]);
  });

  it('tell that the account which submitted cannot decide', () => {
    const same: Viewer = { ...county, account: 'garden-entry' };
    expect(why('approveApplication', same, 'PENDING', application)).toEqual(['SAME_ACCOUNT']);
    expect(open(same, 'PENDING', application)).toEqual([]);
    expect(open(county, 'PENDING', application)).toEqual([
      'returnApplication',
      'refuseApplication',
      'approveApplication',
    ]);
  });

  it('tell an account what right it was not given', () => {
    const entry: Viewer = { ...garden, rights: ['submitEnrolment', 'requestCorrection'] };
    expect(why('leave', entry, 'ENROLLED')).toEqual(['RIGHT_NOT_GIVEN']);
    expect(why('leave', { ...garden, rights: ['leave'] }, 'ENROLLED')).toEqual([]);
    expect(open(entry, 'ENROLLED')).toEqual(['requestCorrection']);
  });

  it.each<[string, Viewer, string[]]>([
    ['G190101202101010018', garden, []],
    ['L1901012026000001', garden, []],
    ['G190101202101010018', { ...garden, role: 'PROVINCE', area: { level: 'PROVINCE', code: '330000' } }, []],
    ['L1901012026000001', { ...garden, role: 'PROVINCE', area: { level: 'PROVINCE', code: '330000' } }, ['PROVINCE_FOR_G_NUMBERS']],
  ])('close a cancellation of %s only where no reason opens it', (number, viewer, reasons) => {
    const all = availableActions(viewer, { ...record('ENROLLED'), number }, null, '2026-11-23');
    expect(all.find(({ action }) => action === 'requestCancellation')!.reasons.map(({ code }) => code)).toEqual(reasons);
  }); // prettier-ignore

  it('lead to no input field, since there is no input yet', () => {
    const fields = told(county, 'ENROLLED').flatMap(({ reasons }) => reasons.map(({ field }) => field));
    expect(fields.flat()).toEqual([]);
  });
});
