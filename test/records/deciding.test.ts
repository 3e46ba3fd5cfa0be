import { describe, expect, it } from 'vitest';
import type { Application } from '../../subgraphs/records/model.ts';
import { decideApplication } from '../../subgraphs/records/rules/decide.ts';
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
