import { describe, expect, it } from 'vitest';
import {
  isPurpose,
  opens,
  PERSONAL_FIELDS,
  purposesOf,
  type PersonalField,
} from '../../../kernel/rules/purposes.ts';
import { NATION, ROLES, type Role } from '../../../kernel/rules/viewer.ts';

const AT_WORK = ['ENROLMENT', 'TRANSFER', 'CORRECTION', 'VERIFICATION', 'YEAR_END', 'CASE_HANDLING'];
const fields = Object.keys(PERSONAL_FIELDS) as PersonalField[];
const viewer = (role: Role) => ({ account: 'a', role, area: NATION });

describe('A purpose', () => {
  it.each(ROLES)('may be stated by %s where it has work with the child itself', (role) => {
    const expected =
      role === 'KINDERGARTEN' ? [...AT_WORK, 'GUARDIAN_SERVICE'] : role === 'COUNTY' ? AT_WORK : [];
    expect(purposesOf(role)).toEqual(expected);
  });

  it.each(ROLES)('that is not stated opens nothing to %s', (role) => {
    expect(fields.filter((field) => opens({ viewer: viewer(role) }, field))).toEqual([]);
  });

  it('opens what its work needs and no more', () => {
    const opened = (role: Role, purpose: 'VERIFICATION' | 'ENROLMENT' | 'GUARDIAN_SERVICE') =>
      fields.filter((field) => opens({ viewer: viewer(role), purpose }, field));
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

  it('is one of the list, by its own name', () => {
    expect([isPurpose('ENROLMENT'), isPurpose('enrolment'), isPurpose('toString')]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
