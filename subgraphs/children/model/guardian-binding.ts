/** By what somebody has shown to be a child's guardian. */
export const GUARDIAN_PROOF = {
  HOUSEHOLD_REGISTER: { code: null, zh: '户口簿', en: 'the household register' },
  BIRTH_CERTIFICATE: { code: null, zh: '出生医学证明', en: 'the birth certificate' },
  CUSTODY_PAPER: { code: null, zh: '监护关系证明', en: 'a paper of custody' },
} as const;
export type GuardianProof = keyof typeof GUARDIAN_PROOF;

/**
 * An account that may see who looked at a child's data. It holds as long as the institution that stands behind it holds the
 * child and names the same guardians.
 */
export interface GuardianBinding {
  readonly id: string;
  readonly childId: string;
  readonly account: string;
  readonly institutionCode: string;
  readonly proof: GuardianProof;
  readonly boundBy: string;
  readonly boundAt: Date;
  readonly endedAt: Date | null;
}
