import type { Peers } from '../../../kernel/peers.ts';
import type { PlainDate } from '../../../kernel/rules/plain-date.ts';
import type { Subject } from '../rules/offering.ts';
import type { RegionFacts } from '../rules/schools.ts';

const SUBJECTS = `query($items: [TakeOverSubjectInput!]!) { takeOverSubjects(items: $items) {
  recordId childId number status bornOn sex enteredOn institutionCode provinceCode cityCode countyCode
  userErrors { code message messageEn field } } }`;

const REGION = 'code validTo originOnly hasCountyAuthority provinceCode cityCode countyCode';

const PER_CALL = 500;

export interface SubjectAsked {
  readonly recordId?: string | null;
  readonly number?: string | null;
  readonly bornOn?: string | null;
  readonly admittedOn?: PlainDate | null;
}

/** The neighbours' facts a batch needs: one request each, whatever its size. */
export const neighbours = {
  /** The records meant, in order; null where there is none. */
  async subjects(peers: Peers, items: readonly SubjectAsked[]): Promise<(Subject | null)[]> {
    const found: (Subject | null)[] = [];
    for (let i = 0; i < items.length; i += PER_CALL) {
      const chunk = items.slice(i, i + PER_CALL);
      const answer = await peers.ask<{ takeOverSubjects: (Subject | null)[] }>('records', SUBJECTS, {
        items: chunk,
      });
      found.push(...answer.takeOverSubjects);
    }
    return found;
  },
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
