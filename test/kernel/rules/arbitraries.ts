/** What property tests of the rules draw from. Region codes begin with 19, which no real person can have. */
import fc from 'fast-check';
import type { Sex } from '../../../kernel/rules/code-sets/sex.ts';
import { mod11Check } from '../../../kernel/rules/identity-document.ts';

export const anyDate = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2090-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

export const anyCounty = fc.integer({ min: 190101, max: 199999 }).map(String);

export const anySerial = fc.integer({ min: 0, max: 999 });

export const anySex = fc.constantFrom<Sex>('MALE', 'FEMALE');

export interface SyntheticPerson {
  readonly id: string;
  readonly bornOn: string;
  readonly sex: Sex;
}

export const anyPerson: fc.Arbitrary<SyntheticPerson> = fc
  .record({ county: anyCounty, bornOn: anyDate, serial: anySerial })
  .map(({ county, bornOn, serial }) => ({
    id: residentId(county, bornOn, serial),
    bornOn,
    sex: serial % 2 === 1 ? 'MALE' : 'FEMALE',
  }));

export function residentId(county: string, bornOn: string, serial: number): string {
  const first17 = county + bornOn.replaceAll('-', '') + String(serial).padStart(3, '0');
  return first17 + mod11Check(first17);
}
