import type { Batch } from './batches.ts';
import type { Outcome } from './outcome.ts';
import { sendBatch, type Sending } from './send-batch.ts';

/** Two batches on the way at a time: while the graph writes one, the next is already being read. */
const IN_FLIGHT = 2;

/**
 * Sends all batches and tells of each as soon as it is decided. After a failure nothing new is begun, but what
 * is on its way is still awaited and told; then the failure is thrown.
 */
export async function sendAll(
  batches: readonly Batch[],
  sending: Sending,
  decided: (outcomes: readonly Outcome[]) => Promise<void>,
): Promise<Outcome[]> {
  const queue = [...batches];
  const all: Outcome[] = [];
  const lane = async () => {
    for (let batch = queue.shift(); batch; batch = queue.shift()) {
      const outcomes = await sendBatch(batch, sending);
      await decided(outcomes);
      all.push(...outcomes);
    }
  };
  const stop = (error: unknown) => {
    queue.length = 0;
    throw error;
  };
  const lanes = Array.from({ length: IN_FLIGHT }, () => lane().catch(stop));
  await Promise.allSettled(lanes);
  await Promise.all(lanes);
  return all;
}
