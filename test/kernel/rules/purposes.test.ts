import { describe, expect, it } from 'vitest';
import {
  isPurpose,
  opens,
  PERSONAL_FIELDS,
  purposesOf,
  type PersonalField,
} from '../../../kernel/rules/purposes.ts';
import { NATION, ROLES, type Role, type Viewer } from '../../../kernel/rules/viewer.ts';

const AT_WORK = ['ENROLMENT', 'TRANSFER', 'CORRECTION', 'VERIFICATION', 'YEAR_END', 'CASE_HANDLING'];
const fields = Object.keys(PERSONAL_FIELDS) as PersonalField[];
const viewer = (role: Role) => ({ account: 'a', role, area: NATION });

describe('A purpose', () => {
  it.each(ROLES)('may be stated by %s where it has work with the child itself', (role) => {
    const expected: Partial<Record<Role, readonly string[]>> = {
      KINDERGARTEN: [...AT_WORK, 'GUARDIAN_SERVICE'],
      COUNTY: [...AT_WORK, 'EMERGENCY'],
      ...{ CITY: ['EMERGENCY'], PROVINCE: ['EMERGENCY'], PRIMARY_SCHOOL: ['ADMISSION'] },
    };
    expect(purposesOf(role)).toEqual(expected[role] ?? []);
  });

  it.each(ROLES)('that is not stated opens nothing to %s', (role) => {
    expect(fields.filter((field) => opens({ viewer: viewer(role) }, field, 'child'))).toEqual([]);
  });

  it('opens what its work needs and no more', () => {
    const opened = (role: Role, purpose: 'VERIFICATION' | 'ENROLMENT' | 'GUARDIAN_SERVICE') =>
      fields.filter((field) => opens({ viewer: viewer(role), purpose }, field, 'child'));
    const whoItIs = ['CHILD_NAME', 'DOCUMENT_NUMBER', 'RECORD_NUMBER'];
    expect(opened('COUNTY', 'VERIFICATION')).toEqual(whoItIs);
    expect(opened('COUNTY', 'ENROLMENT')).toEqual([...whoItIs, 'GUARDIAN_NAME']);
    expect(opened('KINDERGARTEN', 'GUARDIAN_SERVICE')).toEqual([
      ...whoItIs,
      'GUARDIAN_NAME',
      'GUARDIAN_PHONE',
    ]);
    // A gateway that let it pass would still open nothing.
    expect(opened('COUNTY', 'GUARDIAN_SERVICE')).toEqual([]);
    expect(opened('CITY', 'ENROLMENT')).toEqual([]);
  });

  it('of an emergency opens the child of the break-glass and no other, and that child for nothing else', () => {
    const until = '2026-11-28T12:00:00.000Z';
    const opener = { ...viewer('CITY'), opened: [{ id: 'glass', childId: 'child', until }] };
    const opened = (purpose: 'EMERGENCY' | 'ENROLMENT', childId: string, by: Viewer = opener) =>
      fields.filter((field) => opens({ viewer: by, purpose }, field, childId));
    expect(opened('EMERGENCY', 'child')).toEqual(fields);
    expect(opened('EMERGENCY', 'another')).toEqual([]);
    expect(opened('EMERGENCY', 'child', viewer('COUNTY'))).toEqual([]);
    const county = { ...opener, role: 'COUNTY' as const };
    expect(opened('ENROLMENT', 'child', county)).toEqual([]);
    expect(opened('ENROLMENT', 'another', county)).toEqual(fields.filter((one) => one !== 'GUARDIAN_PHONE'));
  });

  it('is one of the list, by its own name', () => {
    expect([isPurpose('ENROLMENT'), isPurpose('enrolment'), isPurpose('toString')]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
