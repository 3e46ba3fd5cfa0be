import type { Peers } from '../../../kernel/peers.ts';
import type { DocumentKind } from '../../../kernel/rules/code-sets/document-kind.ts';
import type { PlainDate } from '../../../kernel/rules/plain-date.ts';
import type { Fit } from '../rules/comparing.ts';
import type { Subject } from '../rules/offering.ts';
import type { FoundRecord } from '../rules/resolution.ts';
import type { RegionFacts } from '../rules/schools.ts';

const SUBJECTS = `query($items: [TakeOverSubjectInput!]!) { found: takeOverSubjects(items: $items) {
  recordId childId number status bornOn sex enteredOn institutionCode provinceCode cityCode countyCode
  userErrors { code message messageEn field } } }`;

const RECORDS = `query($items: [NumberLookupInput!]!) { found: numberLookups(items: $items) {
  recordId childId currentNumber status bornOn sex enteredOn issuedOn changedOn changeReason
  institutionCode provinceCode cityCode countyCode } }`;

const MATCHES = `query($items: [ChildMatchInput!]!) { found: childMatches(items: $items) {
  childId nameFits sexFits bornOnFits } }`;

const REGION = 'code validTo originOnly hasCountyAuthority provinceCode cityCode countyCode';

const PER_CALL = 500;

export interface SubjectAsked {
  readonly recordId?: string | null;
  readonly number?: string | null;
  readonly bornOn?: string | null;
  readonly admittedOn?: PlainDate | null;
}

/** A record by a number, its child or its id. Without a birth date, whoever asks compares it. */
export interface RecordAsked {
  readonly number?: string;
  readonly childId?: string;
  readonly recordId?: string;
  readonly bornOn?: PlainDate | null;
}

/** A child by its id or its very document, and what is written of it. */
export interface MatchAsked {
  readonly childId?: string;
  readonly documentKind?: DocumentKind;
  readonly documentNumber?: string;
  readonly name?: string | null;
  readonly sex?: string | null;
  readonly bornOn?: PlainDate | null;
}

export interface ChildMatch extends Fit {
  readonly childId: string;
}

/** So many at a time, in order. */
async function inOrder<T>(peers: Peers, to: 'records' | 'children', query: string, items: readonly object[]) {
  const found: (T | null)[] = [];
  for (let i = 0; i < items.length; i += PER_CALL) {
    const chunk = items.slice(i, i + PER_CALL);
    found.push(...(await peers.ask<{ found: (T | null)[] }>(to, query, { items: chunk })).found);
  }
  return found;
}

/** The neighbours' facts a batch needs: one request each, whatever its size. */
export const neighbours = {
  /** The records meant, in order; null where there is none. */
  subjects: (peers: Peers, items: readonly SubjectAsked[]) =>
    inOrder<Subject>(peers, 'records', SUBJECTS, items),
  records: (peers: Peers, items: readonly RecordAsked[]) =>
    inOrder<FoundRecord>(peers, 'records', RECORDS, items),
  /** What is known of children stays where it is; only what fits is told. */
  matches: (peers: Peers, items: readonly MatchAsked[]) =>
    inOrder<ChildMatch>(peers, 'children', MATCHES, items),
  async regions(peers: Peers, codes: readonly string[]): Promise<Map<string, RegionFacts>> {
    const wanted = [...new Set(codes)];
    if (wanted.length === 0) return new Map();
    const found = await peers.entities<RegionFacts>(
      'institutions',
      'Region',
      wanted.map((code) => ({ code })),
      REGION,
    );
    return new Map(found.flatMap((region) => (region ? [[region.code, region] as const] : [])));
  },
};
