import { describe, expect, it } from 'vitest';
import type { Application } from '../../subgraphs/records/model.ts';
import { decide, decideApplication } from '../../subgraphs/records/rules/decide.ts';
import type { Facts } from '../../subgraphs/records/rules/facts.ts';
import type { LifecycleAction } from '../../subgraphs/records/rules/lifecycle.ts';
import { application } from './support.ts';

const county = { level: 'COUNTY', code: '330110' } as const;
const sender = { level: 'INSTITUTION', code: '1133990002' } as const;

const transfer: Application = {
  ...application('TRANSFER_DECISION', '2026-11-23'),
  kind: 'TRANSFER',
  ...{ submittedBy: 'b', details: { submittedBefore: ['a'] } },
};
const asked: Application = {
  ...transfer,
  ...{ task: 'ANSWER', holderLevel: sender.level, holderCode: sender.code },
};

const facts: Facts = {
  ...{ today: '2026-11-23', account: 'c', role: 'COUNTY', area: county, reason: '材料不全' },
  institution: { id: 'i', code: '1133990001', status: 'OPEN' },
  class: { id: 'k', level: 'SMALL', schoolYear: 2026, sizeLimit: 25, institutionId: 'i', taken: 3 },
  child: { id: 'c', bornOn: '2022-10-15', sex: 'MALE', likeChildren: 0 },
};

const judged = (act: LifecycleAction, one: Application, changes: Partial<Facts> = {}) =>
  decideApplication(act, one, 'TRANSFERRING', { ...facts, ...changes }).map(({ code }) => code);

describe('Whoever submitted an application, once or again,', () => {
  const acts = ['approveApplication', 'refuseApplication', 'returnApplication'] as const;

  it.each(acts)('may not %s', (act) => {
    const by = (account: string) => judged(act, transfer, { account });
    expect([by('a'), by('b'), by('c')]).toEqual([['SAME_ACCOUNT'], ['SAME_ACCOUNT'], []]);
  });

  it.each(['agreeToTransfer', 'objectToTransfer'] as const)('may not %s for the other side', (act) => {
    const by = (account: string) => judged(act, asked, { account, role: 'KINDERGARTEN', area: sender });
    expect([by('a'), by('b'), by('c')]).toEqual([['SAME_ACCOUNT'], ['SAME_ACCOUNT'], []]);
  });
});

describe('A reason or a remark', () => {
  const refusals = (reason: string | null) => judged('refuseApplication', transfer, { reason });

  it.each([
    ['of nothing visible', '\u200b\u2060 \u3000\u115f'],
    ['of control characters', '\u0007\n'],
    ['of Braille blanks', '\u2800\u2800'],
  ])('%s is none', (_, reason) => {
    expect(refusals(reason)[0]).toBe('REASON_REQUIRED');
  });

  it.each([
    ['half a character', '材料\ud800', 'TEXT_MALFORMED'],
    ['a control character', '材料\u0000不全', 'TEXT_UNSEEN'],
    ['a second line', '材料\n不全', 'TEXT_UNSEEN'],
    ['an override of its direction', '材料\u202e不全', 'TEXT_UNSEEN'],
    ['a telephone number', '请致电19900000000', 'TEXT_HOLDS_NUMBER'],
    ['a document number', '证件19010120221015206X有误', 'TEXT_HOLDS_NUMBER'],
    ['one in full-width digits', '证件１９０１０１２０２２１０１５２０６１', 'TEXT_HOLDS_NUMBER'],
    ['one in other digits', '١٩٠١٠١٢٠٢٢١', 'TEXT_HOLDS_NUMBER'],
    ['one with joints nobody sees', '190101\u200b20221015206X', 'TEXT_HOLDS_NUMBER'],
    ['a record number', 'G19010120221015206X', 'TEXT_HOLDS_NUMBER'],
  ])('with %s is refused', (_, reason, code) => {
    expect(refusals(reason)).toEqual([code]);
  });

  it('may name a file, a day and an institution', () => {
    expect(refusals('（2026）示0110民初12345号，2026-11-23，机构1133990001')).toEqual([]);
  });

  it('holds for an objection, for leaving and for the approval of an enrolment', () => {
    const remark = '请致电19900000000';
    const sending: Partial<Facts> = { role: 'KINDERGARTEN', area: sender };
    const enrolment: Application = { ...application('ENROLMENT', '2026-11-23'), submittedBy: 'a' };
    expect(judged('objectToTransfer', asked, { ...sending, remark })).toEqual(['TEXT_HOLDS_NUMBER']);
    const approval = { ...facts, reason: remark };
    expect(
      decideApplication('approveApplication', enrolment, 'PENDING', approval).map(({ code }) => code),
    ).toEqual(['TEXT_HOLDS_NUMBER']);
    const leaving: Facts = { ...facts, ...sending, stayFrom: '2026-09-01', on: '2026-11-20', remark };
    expect(decide('leave', 'ENROLLED', leaving).map(({ code }) => code)).toEqual(['TEXT_HOLDS_NUMBER']);
  });
});

describe('A transfer', () => {
  const paper = { kind: 'GUARDIAN_APPLICATION', reference: 'ZY-1', digest: 'ab'.repeat(32) } as const;
  const request: Facts = {
    ...{ ...facts, role: 'KINDERGARTEN', stayFrom: '2026-10-08', evidence: [paper] },
    presentInstitutionCode: '1133990002',
  };
  const asking = (enteredOn: string) =>
    decide('requestTransfer', 'ENROLLED', { ...request, enteredOn }).map(({ code }) => code);

  it('leaves the present stay a day at least', () => {
    expect([asking('2026-10-07'), asking('2026-10-08'), asking('2026-10-09')]).toEqual([
      ['TRANSFER_BEFORE_STAY'],
      ['TRANSFER_BEFORE_STAY'],
      [],
    ]);
  });

  it('is not approved to where the child is by now', () => {
    const merged = { presentInstitutionCode: '1133990001' };
    expect(judged('approveApplication', transfer, merged)).toEqual(['TRANSFER_SAME_INSTITUTION']);
  });

  it('is returned once by the side the child comes from, and then released or refused', () => {
    const releasing = { ...transfer, task: 'RELEASE', submittedBy: 'x' } as Application;
    const again = { ...releasing, details: { returnedBy: { task: 'RELEASE', ...county } } } as Application;
    const acts = ['returnApplication', 'approveApplication', 'refuseApplication'] as const;
    expect(acts.map((act) => judged(act, releasing))).toEqual([[], [], []]);
    expect(acts.map((act) => judged(act, again))).toEqual([['TRANSFER_RETURNED_BEFORE'], [], []]);
  });
});
