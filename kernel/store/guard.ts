/** What stands between the driver and everybody else: repeats what may be repeated, and lets no parameter out. */
import { classify, Conflict, StoreFault } from './errors.ts';

const ATTEMPTS = 6;

export async function retried<R>(stats: { retries: number }, attempt: () => Promise<R>): Promise<R> {
  for (let n = 1; ; n++) {
    try {
      return await attempt();
    } catch (error) {
      const fault = classify(error);
      if (fault.kind !== 'RETRY' || n === ATTEMPTS) throw scrubbed(error);
      stats.retries++;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * 2 ** n));
    }
  }
}

export async function guarded<R>(work: () => Promise<R>): Promise<R> {
  try {
    return await work();
  } catch (error) {
    throw scrubbed(error);
  }
}

export function scrubbed(error: unknown): unknown {
  const { kind, code } = classify(error);
  if (kind === 'UNIQUE') return new Conflict();
  const fromDriver =
    error instanceof Error &&
    ('driverError' in error || 'sqlMessage' in error || 'errcode' in error || 'errno' in error);
  return fromDriver ? new StoreFault(code) : error;
}
