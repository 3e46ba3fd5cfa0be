import type { Action } from '../../../kernel/rules/actions.ts';
import type { PlainDate } from '../../../kernel/rules/plain-date.ts';
import type { AreaLevel, Role } from '../../../kernel/rules/viewer.ts';

/** Roles somebody holds by an account; a guardian, a neighbour and the gateway have none. */
export type AccountRole = Exclude<Role, 'GUARDIAN' | 'SERVICE' | 'GATEWAY'>;

export const ACCOUNT_STATE = {
  FILED: { code: null, zh: '已备案', en: 'filed; its holder has not shown the training yet' },
  ACTIVE: { code: null, zh: '启用', en: 'its holder may act' },
  SEALED: { code: null, zh: '封存', en: 'sealed; the level above may open it again' },
  REVOKED: { code: null, zh: '注销', en: 'revoked for good' },
} as const;
export type AccountState = keyof typeof ACCOUNT_STATE;

/** A kindergarten proposes with one account and confirms with another. */
export const ACCOUNT_DUTY = {
  ENTRY: { code: null, zh: '录入', en: 'enters and proposes' },
  REVIEW: { code: null, zh: '审核', en: 'confirms what takes effect at once; may also enter' },
} as const;
export type AccountDuty = keyof typeof ACCOUNT_DUTY;

export const ACCOUNT_ACT = {
  OPEN: { code: null, zh: '备案', en: 'filed' },
  ACTIVATE: { code: null, zh: '启用', en: 'activated, the training shown' },
  CHANGE: { code: null, zh: '变更权限', en: 'its rights or duty changed' },
  SEAL: { code: null, zh: '封存', en: 'sealed' },
  SEAL_IDLE: { code: null, zh: '久未使用封存', en: 'sealed by the clock, unused for more than 180 days' },
  REOPEN: { code: null, zh: '解封', en: 'opened again' },
  REVOKE: { code: null, zh: '注销', en: 'revoked' },
  BOOTSTRAP: { code: null, zh: '初始建立', en: 'made by the operator of a new installation' },
} as const;
export type AccountAct = keyof typeof ACCOUNT_ACT;

/** One person's account: who may act, as what, where. Filed by the authority above. */
export interface Account {
  readonly id: string;
  /** What a token calls it (`sub`); never reused. */
  readonly name: string;
  readonly holderName: string;
  /** A blind index of the holder's document: tells whether two accounts are one person's, and nothing else. */
  readonly holder: string;
  readonly role: AccountRole;
  readonly areaLevel: AreaLevel;
  readonly areaCode: string;
  /** The region it belongs to; null for the nation's accounts, and for kindergartens, which may move. */
  readonly regionCode: string | null;
  /** Of a kindergarten only. */
  readonly duty: AccountDuty | null;
  readonly rights: readonly Action[];
  readonly certificateNumber: string | null;
  readonly certifiedOn: PlainDate | null;
  readonly state: AccountState;
  /** The last day it was used; of one never used, the day it could be from. */
  readonly usedOn: PlainDate | null;
  /** When anything changed that another service must know. */
  readonly changedAt: Date;
  readonly version: number;
}

/** What an account was from a moment on; `seq` is its version then. */
export interface AccountVersion extends Pick<Account, 'state' | 'duty' | 'rights' | 'certifiedOn'> {
  readonly accountId: string;
  readonly seq: number;
  readonly act: AccountAct;
  /** The account that did it; empty where the clock or the operator did. */
  readonly account: string;
  readonly at: Date;
  readonly reason: string | null;
}
