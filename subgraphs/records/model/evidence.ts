export const EVIDENCE_KIND = {
  GUARDIAN_APPLICATION: { code: null, zh: '监护人申请', en: "the guardians' application" },
  DEFERRAL_PROOF: { code: null, zh: '缓学证明材料', en: 'proof for a deferral' },
  IDENTITY_DOCUMENT: { code: null, zh: '身份证件', en: 'an identity document' },
  HOUSEHOLD_REGISTER: { code: null, zh: '户口簿', en: 'the household register' },
  BIRTH_CERTIFICATE: { code: null, zh: '出生医学证明', en: 'a birth certificate' },
  DEATH_CERTIFICATE: { code: null, zh: '死亡证明', en: 'a death certificate' },
  DUPLICATE_PROOF: { code: null, zh: '重复学籍佐证', en: 'proof that a record is a duplicate' },
  COURT_DECISION: { code: null, zh: '司法文书', en: 'a court decision' },
  OTHER: { code: null, zh: '其他佐证', en: 'other evidence' },
} as const;
export type EvidenceKind = keyof typeof EVIDENCE_KIND;

/** A paper somebody keeps elsewhere: where it is, and what it must hash to. */
export interface Evidence {
  readonly kind: EvidenceKind;
  /** A file number, never a name or a document number. */
  readonly reference: string;
  /** SHA-256 of the file, 64 hex digits. */
  readonly digest: string;
}
