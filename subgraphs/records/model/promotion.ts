import type { PlainDate } from '../../../kernel/rules/plain-date.ts';
import type { RecordStatus } from '../model.ts';

/**
 * What a take-over did to a record. Its id is the take-over's, so that whatever is told twice, late or in the wrong order
 * finds what was done. One that was given back before it was promoted stands here too, and is never promoted.
 */
export interface Promotion {
  readonly id: string;
  readonly recordId: string;
  readonly state: 'PROMOTED' | 'GIVEN_BACK';
  readonly schoolCode: string;
  /** Null where nothing was promoted before it was given back. */
  readonly statusBefore: RecordStatus | null;
  readonly deferredUntil: PlainDate | null;
  /** The stay it ended, if one was open. */
  readonly placementId: string | null;
  readonly version: number;
}

/** What the K-12 side is told of a record. */
export type RecordChangeKind = 'STATUS' | 'NUMBER' | 'CORRECTION' | 'MOVED' | 'CANCELLED' | 'MERGED';

/** One line of history that concerns others, until it is delivered; no name, no number. */
export interface RecordChange {
  readonly id: string;
  readonly recordId: string;
  /** Its place in the record's history. */
  readonly seq: number;
  readonly at: Date;
  readonly facts: RecordChangeFacts;
  readonly deliveredAt: Date | null;
}

export interface RecordChangeFacts {
  readonly kinds: readonly RecordChangeKind[];
  readonly statusFrom: RecordStatus | null;
  readonly statusTo: RecordStatus;
  readonly effectiveOn: PlainDate;
  /** The record that goes on, where this one was a duplicate. */
  readonly mergedInto: string | null;
  /** Where it is, and where it was. */
  readonly provinceCode: string;
  readonly cityCode: string | null;
  readonly countyCode: string;
  readonly institutionCode: string;
  readonly fromCountyCode: string | null;
  readonly fromCityCode: string | null;
  readonly fromProvinceCode: string | null;
}
