/**
 * Asks a subgraph nothing for a while after it failed several times running, so that a dark one costs its callers no
 * waiting and gets air to come back. Then one call goes through as a probe, and its answer decides.
 */
import { SubgraphUnavailable, type DataSource } from './data-source.ts';
import { breakerState } from './metrics.ts';

export interface BreakerOptions {
  /** So many calls without an answer, one after the other, open it. */
  readonly failures: number;
  /** For so long. */
  readonly openMs: number;
  readonly now?: () => number;
}

export const BREAKER: BreakerOptions = { failures: 5, openMs: 5_000 };

const STATES = { closed: 0, probing: 1, open: 2 } as const;

export function withBreaker(
  source: DataSource,
  { failures, openMs, now = Date.now }: BreakerOptions = BREAKER,
): DataSource {
  let inARow = 0;
  let openUntil = 0;
  let state: keyof typeof STATES = 'closed';
  const become = (next: keyof typeof STATES) => {
    state = next;
    breakerState.set({ subgraph: source.name }, STATES[next]);
  };
  become('closed');

  function mayAsk(): boolean {
    if (state === 'closed') return true;
    if (state === 'probing' || now() < openUntil) return false;
    become('probing');
    return true;
  }

  function failed(error: unknown): never {
    // Time that ran out before the call began says nothing of the subgraph.
    if (error instanceof SubgraphUnavailable && error.itsFault) {
      inARow++;
      if (state === 'probing' || inARow >= failures) {
        openUntil = now() + openMs;
        become('open');
      }
    } else if (state === 'probing') {
      become('open');
    }
    throw error;
  }

  return {
    name: source.name,
    async ask(request, call) {
      if (!mayAsk()) throw new SubgraphUnavailable('circuit open', false);
      const answer = await source.ask(request, call).catch(failed);
      inARow = 0;
      if (state !== 'closed') become('closed');
      return answer;
    },
    close: () => source.close(),
  };
}
