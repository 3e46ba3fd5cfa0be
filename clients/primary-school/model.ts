/** Where a pupil stands, as the school knows it. */
export const PUPIL_STATES = [
  // Put on the list, not looked up yet.
  'NEW',
  // Has a preschool record that can be claimed.
  'FOUND',
  // A kindergarten or county offers the record; the school has not said anything.
  'OFFERED',
  'ACCEPTED',
  'ACKNOWLEDGED',
  // No preschool record: the school makes one of its own, and the child is admitted all the same.
  'NO_RECORD',
  // Another school has accepted the record; the authority decides.
  'DISPUTED',
  // Refused for a reason somebody must look at: `code`.
  'REFUSED',
  // The very child of another line of the list: `code` is the line.
  'SAME_CHILD',
  // Cancelled or released: the record is not this school's any more.
  'GIVEN_BACK',
] as const;
export type PupilState = (typeof PUPIL_STATES)[number];

export interface Pupil {
  /** The school's own name for the pupil; the only one that is ever printed. */
  readonly ref: string;
  readonly state: PupilState;
  /** The number the child was put on the list with, or has now. Null until an offer is accepted. */
  readonly number: string | null;
  readonly bornOn: string | null;
  readonly takeOverId: string | null;
  readonly recordId: string | null;
  /** Of the preschool record. */
  readonly status: string | null;
  readonly admittedOn: string | null;
  readonly receipt: { readonly text: string; readonly jws: string } | null;
  readonly code: string | null;
}

/** What a school asks for; each is one mutation on many take-overs. */
export const ACTS = ['claim', 'accept', 'acknowledge', 'link', 'cancel', 'release'] as const;
export type Act = (typeof ACTS)[number];

/** One request that is on its way: it was written down before it was sent, and is there until its answer is. */
export interface Sending {
  /** The idempotency key: the same however often it is sent. */
  readonly key: string;
  readonly act: Act;
  readonly items: readonly SentItem[];
}

export interface SentItem {
  readonly ref: string;
  /** The item as it is sent, to the letter: another one under the same key would be refused. */
  readonly input: Readonly<Record<string, string | null>>;
}
