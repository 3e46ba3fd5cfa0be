import type { DocumentKind } from '../../kernel/rules/code-sets/document-kind.ts';
import type { GuardianRelation } from '../../kernel/rules/code-sets/guardian-relation.ts';
import type { DetailField } from '../../kernel/rules/key-fields.ts';
import type { Sex } from '../../kernel/rules/code-sets/sex.ts';
import type { PlainDate } from '../../kernel/rules/plain-date.ts';
import type { AreaLevel, Place } from '../../kernel/rules/viewer.ts';

/** A person. The id is opaque and never changes, whatever is learnt about the child later. */
export interface Child {
  readonly id: string;
  /** As on the document; sealed at rest. */
  readonly name: string;
  readonly sex: Sex;
  readonly bornOn: PlainDate;
  /** The institution that registered the child first. */
  readonly registeredBy: string;
  /** Digest of name, sex and birth date: equal for children who may be one and the same. */
  readonly likeness: string;
  readonly registeredAt: Date;
  readonly version: number;
}

/** What a child is recognised by; one document belongs to one child, nationwide. */
export interface IdentityDocument {
  readonly id: string;
  readonly childId: string;
  readonly kind: DocumentKind;
  /** Normalised and sealed at rest; null for NONE. */
  readonly number: string | null;
  /** Blind index over kind and number; for NONE over who the child and the first guardian are. */
  readonly digest: string;
  readonly issuedBy: string | null;
}

/** A guardian as one institution has named it. */
export interface NamedGuardian {
  readonly relation: GuardianRelation;
  readonly name: string;
  readonly phone: string | null;
}

/** Each institution has its own list. */
export interface Guardian extends NamedGuardian {
  readonly childId: string;
  readonly institutionCode: string;
  /** 0 for the first named. */
  readonly seq: number;
}

/** Where a child comes from, as one institution has stated it. */
export interface Origin {
  /** GB/T 2659, three letters. */
  readonly nationality: string;
  /** GB/T 3304, two digits; null where it does not apply or was not stated. */
  readonly ethnicity: string | null;
  /** Six digits; may name an abolished region, since papers are older than maps. */
  readonly householdRegion: string | null;
}

/** Everything an institution states of a child beside what it is recognised by. */
export interface Statement extends Origin {
  readonly guardians: readonly NamedGuardian[];
}

/** An institution that holds the child or has held it, with its place as it is known: who may see the child follows from this. */
export interface ChildHolder extends Place, Origin {
  readonly childId: string;
  readonly institutionCode: string;
  /** When it registered the child, or the child was moved to it. */
  readonly heldSince: Date;
  /** The day the child was moved to it, when it did not only register the child: the archive came along then. */
  readonly movedOn: PlainDate | null;
  /** The day the hold ended; null while it holds the child. */
  readonly untilOn: PlainDate | null;
}

/** What a child is recognised by: it changes by a correction only. */
export interface KeyFacts {
  readonly name: string;
  readonly sex: Sex;
  readonly bornOn: PlainDate;
  readonly documentKind: DocumentKind;
  readonly documentNumber: string | null;
}

/** What a child was until a correction took effect; kept for ever. */
export interface ChildVersion extends KeyFacts {
  readonly childId: string;
  /** The child's version that ended. */
  readonly version: number;
  readonly until: Date;
  readonly applicationId: string;
  readonly decidedBy: string;
  /** The institution that applied. */
  readonly institutionCode: string;
}

/** What an institution stated of a child until it stated something else; kept for ever. */
export interface ChildChange extends Place, Statement {
  readonly id: string;
  readonly childId: string;
  readonly institutionCode: string;
  readonly account: string;
  readonly at: Date;
  readonly changed: readonly DetailField[];
}

/** The last change of an institution that moved it or merged it into another, as far as it has been told. */
export interface InstitutionMoved {
  readonly institutionCode: string;
  /** The version the institution had from then on. */
  readonly seq: number;
}

/** A child who is registered already, as far as an entry is held against it. */
export interface RegisteredChild {
  readonly childId: string;
  readonly likeness: string;
}

export const SEAL_GROUND = {
  COURT_ORDER: { code: null, zh: '人身安全保护令等法院裁定', en: 'a protection order of a court' },
  POLICE: { code: null, zh: '公安机关保护被害人、证人', en: 'the police protect a victim or a witness' },
  GUARDIANSHIP: {
    code: null,
    zh: '民政部门临时监护',
    en: 'the civil affairs authority has taken the child into care',
  },
  OTHER_LAW: { code: null, zh: '法律明文规定的其他情形', en: 'another case a law names' },
} as const;
export type SealGround = keyof typeof SEAL_GROUND;

/** A child was sealed, or the seal was lifted: on what ground and by whom. Kept for ever. */
export interface ChildSeal {
  readonly id: string;
  readonly childId: string;
  /** 1 for the first act on the child. */
  readonly seq: number;
  readonly act: 'SEAL' | 'UNSEAL';
  readonly ground: SealGround;
  readonly reference: string;
  readonly areaLevel: AreaLevel;
  readonly areaCode: string;
  readonly account: string;
  readonly at: Date;
  /** When every neighbour had taken it in. */
  readonly toldAt: Date | null;
}
export * from './model/guardian-binding.ts';
