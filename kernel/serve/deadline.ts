/**
 * When a request must have its answer. The gateway sets it, and it travels with the call from hop to hop as the time
 * left, because the clocks of two machines differ.
 */
import { SubgraphUnavailable, type DataSource } from './data-source.ts';
import type { Call } from '../rules/viewer.ts';

/** Milliseconds left, on the way to a subgraph. */
export const DEADLINE_HEADER = 'x-xueji-time-left';

const LONGEST_MS = 600_000;

export interface Deadlines {
  readonly queryMs: number;
  /** Longer: a batch of 200 acts is one mutation, and giving up on it would not undo it. */
  readonly mutationMs: number;
}

/** Of the whole request; a single call to a subgraph has less. */
export const REQUEST_DEADLINES: Deadlines = { queryMs: 15_000, mutationMs: 60_000 };

export const isMutation = (query: string) => query.startsWith('mutation');

/** How long this call may take: as long as its kind may, but no longer than its request has. Throws where no time is left. */
export function timeFor(query: string, call: Call, { queryMs, mutationMs }: Deadlines): number {
  const most = isMutation(query) ? mutationMs : queryMs;
  const left = call.deadline === undefined ? most : Math.min(most, call.deadline - Date.now());
  if (left <= 0) throw new SubgraphUnavailable('the request has no time left', false);
  return left;
}

/** The header of a call on its way out. */
export const deadlineHeader = ({ deadline }: Call): Record<string, string> =>
  deadline === undefined ? {} : { [DEADLINE_HEADER]: String(Math.max(0, Math.round(deadline - Date.now()))) };

/** The deadline a header tells; undefined where it tells none. */
export function deadlineIn(header: string | undefined): number | undefined {
  if (header === undefined || !/^\d{1,9}$/.test(header)) return undefined;
  return Date.now() + Math.min(Number(header), LONGEST_MS);
}

/** For a subgraph in this process, which no connection cuts off: whoever waits is let go, the work goes on. */
export function withDeadline(source: DataSource, deadlines: Deadlines): DataSource {
  return {
    name: source.name,
    async ask(request, call) {
      const ms = timeFor(request.query, call, deadlines);
      let timer: NodeJS.Timeout | undefined;
      const tooLate = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new SubgraphUnavailable(`no answer in ${Math.round(ms)} ms`)), ms);
      });
      try {
        return await Promise.race([source.ask(request, call), tooLate]);
      } finally {
        clearTimeout(timer);
      }
    },
    close: () => source.close(),
  };
}
