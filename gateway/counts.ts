/**
 * What is counted by client: once for all workers, so that nobody has more by coming to several of them. The primary counts,
 * and its workers ask it.
 */
import type { Line } from '../kernel/serve/workers/line.ts';
import { borrowedRates } from './borrowed.ts';
import { createMinutes, createRates, type Rates, type Spent } from './rates.ts';
import { Refusal } from './refusal.ts';
import { createStreams, type Streams } from './streams.ts';

export interface Counts {
  readonly rates: Rates;
  readonly streams: Streams;
}

/** Where there are no workers. */
export const countedHere = (): Counts => ({ rates: createRates(), streams: createStreams() });

/**
 * Of a worker. Where its primary does not answer, nobody is served uncounted: whoever could hold the primary up would
 * have no limit at all. Nor would much be served otherwise, since new connections come from it as well.
 */
export function countedBy(primary: Line): Counts {
  const ask = <T>(topic: string, question: unknown) =>
    primary.ask(topic, question).catch(uncounted) as Promise<T>;
  const rates = borrowedRates((...spending) => ask<Spent>('spend', spending));
  primary.answer('call back', (minute) => rates.callBack(minute as number));
  return {
    rates,
    streams: {
      open: (account) => ask<boolean>('open stream', account),
      // Lost only together with the primary, or with this worker, and then everything of it is given back.
      close: (account) => void primary.ask('close stream', account).catch(() => undefined),
    },
  };
}

/** Well within the time in which whoever waits for it must have an answer. */
const CALL_BACK_MS = 1_000;

/** Lets so many workers count here, each over its line; what that returns gives back what the worker still held. */
export function countForWorkers(workers: number): (worker: Line) => () => void {
  const minutes = createMinutes(workers);
  const streams = createStreams();
  return (worker) => {
    const callBack = (minute: number) => worker.ask('call back', minute, CALL_BACK_MS) as Promise<number>;
    const borrower = { callBack };
    worker.answer('spend', (spending) => {
      const [client, points, limit] = spending as Parameters<Rates['spend']>;
      return minutes.spend(client, points, limit, borrower);
    });
    return holdFor(worker, streams);
  };
}

function holdFor(worker: Line, streams: Streams): () => void {
  const held: string[] = [];
  worker.answer('open stream', async (account) => {
    const opened = await streams.open(account as string);
    if (opened) held.push(account as string);
    return opened;
  });
  worker.answer('close stream', (account) => {
    const at = held.indexOf(account as string);
    if (at >= 0) streams.close(held.splice(at, 1)[0]!);
  });
  return () => held.splice(0).forEach((account) => streams.close(account));
}

function uncounted(): never {
  throw new Refusal(
    503,
    'INTERNAL_SERVER_ERROR',
    '暂时无法计数，请稍后再试。Use cannot be counted at the moment, try again.',
  );
}
