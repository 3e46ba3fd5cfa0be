import type { PlainDate } from '../../../kernel/rules/plain-date.ts';
import type { TakeOverState } from './take-over.ts';

/** What happened, as the K-12 side is told it. */
export const FEED_KIND = {
  STATUS: { code: null, zh: '状态变化', en: 'the record has another status' },
  NUMBER: {
    code: null,
    zh: '学籍号变化',
    en: 'the record has another number; the former one still leads to it',
  },
  CORRECTION: { code: null, zh: '关键信息更正', en: 'key information was corrected' },
  MOVED: { code: null, zh: '所在机构变化', en: 'the record is at another institution' },
  CANCELLED: { code: null, zh: '注销（墓碑）', en: 'cancelled; a tombstone' },
  MERGED: {
    code: null,
    zh: '并入另一学籍（墓碑）',
    en: 'a duplicate that another record goes on for; a tombstone',
  },
  TAKE_OVER: { code: null, zh: '接续状态变化', en: 'a take-over stands otherwise' },
} as const;
export type FeedKind = keyof typeof FEED_KIND;

/** One change, told once to every stream it concerns; no name, no number. */
export interface FeedChange {
  readonly id: string;
  readonly recordId: string;
  /** Its place in the history of the record or take-over: of two, the higher is the newer. */
  readonly version: number;
  readonly at: Date;
  readonly facts: FeedFacts;
  /** Whom it concerns, by stream; a record's school is added when it is sequenced. */
  readonly streams: readonly string[];
  readonly sequencedAt: Date | null;
}

export interface FeedFacts {
  readonly kinds: readonly FeedKind[];
  readonly statusFrom: string | null;
  readonly statusTo: string | null;
  readonly effectiveOn: PlainDate;
  readonly takeOverId: string | null;
  readonly takeOverState: TakeOverState | null;
}

/** A change at its place in a stream: from 1, without a gap. */
export interface FeedEntry {
  readonly stream: string;
  readonly part: number;
  readonly seq: number;
  readonly changeId: string;
}

/** How far a stream has come. */
export interface FeedHead {
  readonly stream: string;
  readonly part: number;
  readonly seq: number;
}

/** How far a consumer has come: what it has asked to go on after. */
export interface FeedConsumer extends FeedHead {
  readonly account: string;
  readonly seenAt: Date;
}
