/** One act as its client saw it: when it was sent, when it was answered, and where the take-over stood then. */
export interface Seen {
  readonly recordId: string;
  readonly takeOverId: string;
  readonly act: string;
  readonly invoked: number;
  readonly completed: number;
  /** Null where no answer came, or a step was still under way. */
  readonly state: string | null;
}

const ENDS = ['cancelTakeOver', 'releaseTakeOver'];

/**
 * Pairs of take-overs that owned one record at the same time, whatever order the acts took effect in: each is sure to own from the
 * first answer that said so, until the first attempt to end it was sent.
 */
export function overlaps(history: readonly Seen[]): [string, string][] {
  const owned = new Map<string, { recordId: string; from: number; until: number }>();
  for (const { takeOverId, recordId, state, completed } of history)
    if (state === 'ACKNOWLEDGED') {
      const from = Math.min(owned.get(takeOverId)?.from ?? Infinity, completed);
      owned.set(takeOverId, { recordId, from, until: Infinity });
    }
  for (const { takeOverId, act, invoked, completed, state } of history) {
    const own = owned.get(takeOverId);
    // One that was answered before cannot end it any more; one that never was may still do so.
    const isOver = own !== undefined && state !== null && completed < own.from;
    if (own && !isOver && ENDS.includes(act)) own.until = Math.min(own.until, invoked);
  }
  const sure = [...owned].filter(([, { from, until }]) => from < until);
  return sure.flatMap(([a, one], i) =>
    sure
      .slice(i + 1)
      .filter(
        ([, other]) => other.recordId === one.recordId && one.from < other.until && other.from < one.until,
      )
      .map(([b]): [string, string] => [a, b]),
  );
}
