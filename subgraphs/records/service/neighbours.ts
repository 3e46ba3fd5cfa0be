import type { ClassLevel } from '../../../kernel/rules/code-sets/class-level.ts';
import type { Ownership } from '../../../kernel/rules/code-sets/ownership.ts';
import type { UrbanRural } from '../../../kernel/rules/code-sets/urban-rural.ts';
import { isId } from '../../../kernel/rules/ids.ts';
import type { Peers } from '../../../kernel/peers.ts';
import type { Place } from '../../../kernel/rules/viewer.ts';
import type { ChildFacts, InstitutionFacts } from '../rules/facts.ts';

export interface InstitutionAnswer extends InstitutionFacts {
  readonly provinceCode: string;
  readonly cityCode: string | null;
  readonly countyCode: string;
  readonly ownership: Ownership;
  readonly urbanRural: UrbanRural;
  /** One higher after each change of the institution. */
  readonly version: number;
}

export interface ClassAnswer {
  readonly id: string;
  readonly level: ClassLevel;
  readonly sizeLimit: number;
  readonly schoolYear: number;
  readonly institution: Place & { readonly id: string; readonly code: string };
}

export interface ChildAnswer extends ChildFacts {
  /** The proven resident ID, or null where the child has none. */
  readonly residentIdForNumber: string | null;
  /** Institutions that have registered the child, by code. */
  readonly holderCodes: readonly string[];
}

const SELECTIONS = {
  Institution: 'id code status openedOn provinceCode cityCode countyCode ownership urbanRural version',
  Class: 'id level sizeLimit schoolYear institution { id code provinceCode cityCode countyCode }',
  Child: 'id bornOn sex likeChildren residentIdForNumber holderCodes',
};

const distinct = (values: readonly string[]) => [...new Set(values)];

async function byKey<T>(
  peers: Peers,
  to: 'institutions' | 'children',
  type: keyof typeof SELECTIONS,
  key: string,
  values: readonly string[],
) {
  const wanted = distinct(values);
  if (wanted.length === 0) return new Map<string, T>();
  const found = await peers.entities<T>(
    to,
    type,
    wanted.map((value) => ({ [key]: value })),
    SELECTIONS[type],
  );
  return new Map(wanted.flatMap((value, i) => (found[i] ? [[value, found[i]] as const] : [])));
}

/** The neighbours' facts a batch needs: one request each, whatever its size. */
export const neighbours = {
  institutions: (peers: Peers, codes: readonly string[]) =>
    byKey<InstitutionAnswer>(peers, 'institutions', 'Institution', 'code', codes),
  classes: (peers: Peers, ids: readonly string[]) =>
    byKey<ClassAnswer>(peers, 'institutions', 'Class', 'id', ids.filter(isId)),
  /** Those of the children whom this institution holds. */
  async heldBy(peers: Peers, institution: string, ids: readonly string[]): Promise<Set<string>> {
    const children = await neighbours.children(peers, ids);
    return new Set(ids.filter((id) => children.get(id)?.holderCodes.includes(institution)));
  },
  children: (peers: Peers, ids: readonly string[]) =>
    byKey<ChildAnswer>(peers, 'children', 'Child', 'id', ids.filter(isId)),
};
