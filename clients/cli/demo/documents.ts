import type { DocumentKind } from '../../../kernel/rules/code-sets/document-kind.ts';
import type { Sex } from '../../../kernel/rules/code-sets/sex.ts';
import { mod11Check } from '../../../kernel/rules/identity-document.ts';
import type { PlainDate } from '../../../kernel/rules/plain-date.ts';
import type { Random, Weights } from './random.ts';

/** Gives out document numbers that satisfy every check and belong to nobody. Never the same one twice. */
export interface Numbering {
  next(kind: DocumentKind, holder: { sex: Sex; bornOn: PlainDate; nationality: string }): string | null;
}

/** 97 of 100 children have a resident ID; the others, in proportion, what else the validators know. */
export const DOCUMENTS: Weights<DocumentKind> = [
  ['RESIDENT_ID', 9_700],
  ['BIRTH_CERTIFICATE', 110],
  ['NONE', 55],
  ['PASSPORT', 55],
  ['RESIDENCE_PERMIT_HMT', 40],
  ['MAINLAND_TRAVEL_PERMIT_HK_MACAU', 20],
  ['MAINLAND_TRAVEL_PERMIT_TAIWAN', 10],
  ['FOREIGN_PERMANENT_RESIDENT_ID', 10],
];

const FOREIGN: Weights<string> = [['KOR', 3], ['USA', 3], ['JPN', 2], ['CAN', 1], ['DEU', 1], ['FRA', 1], ['IND', 1]]; // prettier-ignore

/** The nationality or region of origin (GB/T 2659) a holder of such a document has. */
export function nationalityOf(kind: DocumentKind, random: Random): string {
  switch (kind) {
    case 'RESIDENCE_PERMIT_HMT':
      return random.weighted([['HKG', 5], ['MAC', 2], ['TWN', 3]]); // prettier-ignore
    case 'MAINLAND_TRAVEL_PERMIT_HK_MACAU':
      return random.weighted([['HKG', 4], ['MAC', 1]]); // prettier-ignore
    case 'MAINLAND_TRAVEL_PERMIT_TAIWAN':
      return 'TWN';
    case 'PASSPORT':
    case 'FOREIGN_PERMANENT_RESIDENT_ID':
      return random.weighted(FOREIGN);
    case 'RESIDENT_ID':
    case 'BIRTH_CERTIFICATE':
    case 'NONE':
      return 'CHN';
  }
}

const ORIGIN: Readonly<Record<string, string>> = { HKG: '810000', MAC: '820000', TWN: '830000' };
/** Of the 1,000 serials of a day, permits take the last: real ones are given out from the first. */
const PERMIT_SERIALS_FROM = 900;
const SERIALS_OF_A_DAY = 1_000;

/** Series that never meet: the demonstration county uses 0, rosters for trying things out the others. */
export type Pool = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

/** Resident IDs of whoever comes to the demonstration county beside its plan; their place is no pool's. */
export const BESIDE_THE_PLAN = '190120';

/**
 * Resident IDs begin with 19, a province that does not exist, so that none can be a real person's; the other
 * kinds use what their issuers do not: province 19, nationality XXX, numbers beginning with a zero.
 */
export function numbering(pool: Pool): Numbering {
  const series = new Map<string, number>();
  const serial = (name: string) => {
    const at = series.get(name) ?? 0;
    series.set(name, at + 1);
    return at;
  };
  const inPool = (name: string) => pool * 1_000_000 + serial(name);
  const digits = (value: number, length: number) => String(value).padStart(length, '0');
  /** Odd serials are male, even ones female. */
  const identity = (region: string, bornOn: PlainDate, sex: Sex, from: number) => {
    const number = from + serial(`${region}/${bornOn}/${sex}`) * 2 + (sex === 'MALE' ? 1 : 0);
    if (number >= SERIALS_OF_A_DAY) throw new Error(`More than ${SERIALS_OF_A_DAY / 2} numbers for one day.`);
    return withCheck(region + bornOn.replaceAll('-', '') + digits(number, 3));
  };
  return {
    next(kind, { sex, bornOn, nationality }) {
      switch (kind) {
        case 'RESIDENT_ID':
          return identity(`19011${pool}`, bornOn, sex, 0);
        case 'RESIDENCE_PERMIT_HMT':
          return identity(ORIGIN[nationality]!, bornOn, sex, PERMIT_SERIALS_FROM + pool * 10);
        case 'FOREIGN_PERMANENT_RESIDENT_ID':
          return foreignCard(serial(kind), bornOn, pool);
        case 'MAINLAND_TRAVEL_PERMIT_HK_MACAU':
          return (nationality === 'MAC' ? 'M' : 'H') + digits(inPool(kind), 8);
        case 'MAINLAND_TRAVEL_PERMIT_TAIWAN':
          return digits(inPool(kind), 8);
        case 'PASSPORT':
          return `X${digits(inPool(kind), 8)}`;
        case 'BIRTH_CERTIFICATE':
          return `Z19${digits(inPool(kind), 7)}`;
        case 'NONE':
          return null;
      }
    },
  };
}

/** Both versions in turn: that of 2017 with three letters of the nationality, that of 2023 beginning with 9. */
function foreignCard(at: number, bornOn: PlainDate, pool: Pool): string {
  const serial = String(at).padStart(3, '0');
  const birth = bornOn.replaceAll('-', '');
  return at % 2 === 0 ? `XXX19${birth.slice(2)}${pool}${serial}` : withCheck(`91999${pool}${birth}${serial}`);
}

/** A series of its own for a region; odd serials are male, even ones female. */
export function residentIds(region: string) {
  const given = new Map<string, number>();
  return ({ sex, bornOn }: { sex: Sex; bornOn: PlainDate }): string => {
    const day = `${bornOn}/${sex}`;
    const at = given.get(day) ?? 0;
    given.set(day, at + 1);
    const serial = String(at * 2 + (sex === 'MALE' ? 1 : 0)).padStart(3, '0');
    return withCheck(region + bornOn.replaceAll('-', '') + serial);
  };
}

function withCheck(first17: string): string {
  return first17 + mod11Check(first17);
}
