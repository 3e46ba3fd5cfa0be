import { describe, expect, it } from 'vitest';
import type { Application } from '../../subgraphs/records/model.ts';
import { climbed, resubmittedTurn, type Turn } from '../../subgraphs/records/rules/turns.ts';
import { application } from './support.ts';

/** A transfer between provinces that both counties decide. */
const transfer: Application = {
  ...application('TRANSFER_DECISION', '2026-11-23'),
  ...{ kind: 'TRANSFER', details: { bothCounties: true } },
  ...{ fromInstitutionCode: '1111990001', fromProvinceCode: '110000', fromCityCode: null, fromCountyCode: '110105' },
}; // prettier-ignore

const withTurn = ({ task, holder }: Turn, changes: Partial<Application> = {}): Application => ({
  ...transfer,
  ...{ ...changes, task, holderLevel: holder.level, holderCode: holder.code },
});
const completing = (task: 'DECIDE' | 'RELEASE', level: 'COUNTY' | 'PROVINCE', code: string): Application =>
  withTurn(
    { task: 'COMPLETE', holder: { level: 'INSTITUTION', code: '1133990001' } },
    { state: 'RETURNED', details: { bothCounties: true, returnedBy: { task, level, code } } },
  );

/** Everybody who gets it while nobody acts. */
function wayUp(from: Application): string[] {
  const turn = climbed(from);
  if (!turn) return [];
  const { task, holder } = turn;
  return [`${task} ${holder.level} ${holder.code}`, ...wayUp(withTurn(turn, from.details ? from : {}))];
}

describe('What was returned', () => {
  it('goes back to whoever returned it', () => {
    expect(resubmittedTurn(completing('DECIDE', 'COUNTY', '330110'))).toEqual({
      ...{ task: 'DECIDE', holder: { level: 'COUNTY', code: '330110' } },
    });
  });

  it('and was not completed climbs on, and goes to the highest it has climbed to once it is completed', () => {
    const left = completing('DECIDE', 'COUNTY', '330110');
    expect(wayUp(left)).toEqual(['DECIDE COUNTY 330110', 'DECIDE CITY 330100', 'DECIDE PROVINCE 330000']);
    const climbedTo = { task: 'DECIDE', holder: { level: 'PROVINCE', code: '330000' } } as const;
    expect(resubmittedTurn({ ...left, ...withTurn(climbedTo, left) })).toEqual(climbedTo);
  });

  it('by the side the child comes from stays a release, and silence at its top lets the child go', () => {
    const left = completing('RELEASE', 'COUNTY', '110105');
    expect(wayUp(left)).toEqual([
      'RELEASE COUNTY 110105',
      'RELEASE PROVINCE 110000',
      'DECIDE COUNTY 330110',
      'DECIDE CITY 330100',
      'DECIDE PROVINCE 330000',
    ]);
    const above = { task: 'RELEASE', holder: { level: 'PROVINCE', code: '110000' } } as const;
    expect(resubmittedTurn({ ...left, ...withTurn(above, left) })).toEqual(above);
  });
});
