/** How many streams of the feed each account has open. */

/** Of one account at a time: one for each part, and as many for a second process taking over. */
export const STREAMS_MAX = 8;

export interface Streams {
  /** False where the account has as many as it may; otherwise it has one more until that is closed. */
  open(account: string): Promise<boolean>;
  close(account: string): void;
}

export function createStreams(): Streams {
  const open = new Map<string, number>();
  const of = (account: string) => open.get(account) ?? 0;
  return {
    open(account) {
      const more = of(account) < STREAMS_MAX;
      if (more) open.set(account, of(account) + 1);
      return Promise.resolve(more);
    },
    close(account) {
      if (of(account) > 1) open.set(account, of(account) - 1);
      else open.delete(account);
    },
  };
}
