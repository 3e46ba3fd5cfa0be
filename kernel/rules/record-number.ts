/**
 * Record numbers (学籍号): a letter and 18 characters, one per child for life, personal data like the ID inside.
 * G holds the resident ID; J and L hold county, birth date and a serial, J with a check character, L without.
 * Once issued, a number is never derived again from the ID nor compared with it.
 */
import { birthDateOf, hasMod11Check, mod11Check } from './identity-document.ts';
import { maskWholly } from './masking.ts';
import type { PlainDate } from './plain-date.ts';

export const RECORD_NUMBER_TYPES = ['G', 'J', 'L'] as const;
export type RecordNumberType = (typeof RECORD_NUMBER_TYPES)[number];

export interface RecordNumberParts {
  readonly type: RecordNumberType;
  /** The 18 characters behind the letter; for G the resident ID as it was at issue. */
  readonly body: string;
  /** The county of the institution (J, L) or of the first household registration (G). */
  readonly regionCode: string;
  readonly bornOn: PlainDate;
}

const FORM = /^([GJL])(\d{17}[\dX])$/;

/** The parts of a well-formed number, or null: form, a day that exists, and on G and J the check character. */
export function parseRecordNumber(number: string): RecordNumberParts | null {
  const match = FORM.exec(number);
  if (!match) return null;
  const [type, body] = [match[1] as RecordNumberType, match[2]!];
  const bornOn = birthDateOf(body);
  const endsWell = type === 'L' ? /\d$/.test(body) : hasMod11Check(body);
  return bornOn !== null && endsWell ? { type, body, regionCode: body.slice(0, 6), bornOn } : null;
}

export function formatRecordNumber({ type, body }: Pick<RecordNumberParts, 'type' | 'body'>): string {
  return type + body;
}

export function isRecordNumber(number: string): boolean {
  return parseRecordNumber(number) !== null;
}

/** As typed by a person: full width and small letters, spaces. */
export function normaliseRecordNumber(number: string): string {
  return number
    .normalize('NFKC')
    .replace(/[\s\p{Cf}]/gu, '')
    .toUpperCase();
}

/** For a child whose resident ID is proven. Throws RangeError when the ID is not well-formed. */
export function formalNumber(residentId: string): string {
  return wellFormed(`G${residentId}`);
}

/** For a child without a usable ID, until it is proven. The four digits are random: they carry no check. */
export function temporaryNumber(countyCode: string, bornOn: PlainDate, fourDigits: string): string {
  return wellFormed(`L${countyCode}${compact(bornOn)}${fourDigits}`);
}

/** A formal number for a child who will have no resident ID. Serial: 0 to 999. */
export function jNumber(countyCode: string, bornOn: PlainDate, serial: number): string {
  const first17 = countyCode + compact(bornOn) + String(serial).padStart(3, '0');
  return wellFormed(`J${first17}${mod11Check(first17)}`);
}

/** The letter alone: a G number contains the ID, whose last four characters would give the rest away. */
export function maskNumber(number: string): string {
  return number.slice(0, 1) + maskWholly(number.slice(1));
}

function compact(date: PlainDate): string {
  return date.replaceAll('-', '');
}

function wellFormed(number: string): string {
  // The number is personal data, so the fault must not repeat it.
  if (!isRecordNumber(number)) throw new RangeError('A record number was built from parts that do not fit.');
  return number;
}
