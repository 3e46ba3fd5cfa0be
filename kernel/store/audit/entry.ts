import type { Role } from '../../rules/viewer.ts';

/** What was done, to what: one decision, or one subject whose personal fields were read unmasked. Never a personal value. */
export interface Audited {
  /** The act's name, or READ. */
  readonly action: string;
  /** The region in whose chain it lies: the county of the subject, or a city, province or the nation (000000). */
  readonly authority: string;
  readonly subjectType: string;
  readonly subjectId: string;
  /** The child it concerns, where it concerns one: so a guardian can be told. */
  readonly childId?: string | null;
  /** The application or run it belongs to; the same id leads through the chains of several databases. */
  readonly caseId?: string | null;
  /** Which fields were read or changed, by their names in the graph. */
  readonly fields?: readonly string[] | null;
  /** A code, never what somebody wrote. */
  readonly reason?: string | null;
}

/** On whose behalf a transaction writes. */
export interface Actor {
  readonly account: string;
  readonly role: Role;
  readonly area: { readonly level: string; readonly code: string };
  readonly requestId?: string | null;
  readonly purpose?: string | null;
}

/** One row of the log, as it is kept; nothing changes or removes it. */
export interface AuditEntry {
  readonly id: string;
  readonly at: Date;
  readonly account: string;
  readonly role: string;
  readonly areaLevel: string;
  readonly areaCode: string;
  readonly authority: string;
  readonly action: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly childId: string | null;
  readonly caseId: string | null;
  readonly fields: readonly string[] | null;
  readonly purpose: string | null;
  readonly reason: string | null;
  readonly requestId: string | null;
}

/** The action of an unmasked read. */
export const READ = 'READ';

/** Which algorithm a hash was made with; a log may begin with one and go on with the other. */
export type HashName = 'SHA-256' | 'SM3';

/** The place of an entry in the chain of its authority. */
export interface AuditLink {
  readonly authority: string;
  /** From 1, without a gap. */
  readonly seq: number;
  readonly entryId: string;
  /** The hash of the link before it; zeros before the first. */
  readonly previous: string;
  readonly hash: string;
  readonly algorithm: HashName;
  readonly sealedAt: Date;
}

/** Where a chain stood at the end of a day on which it had grown. */
export interface AuditRoot {
  readonly authority: string;
  readonly day: string;
  readonly seq: number;
  readonly hash: string;
}
