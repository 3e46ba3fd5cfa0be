/**
 * The same program several times, one for each core, behind one port: node:cluster hands the connections round. The primary
 * answers nothing by itself. It starts the workers, puts another in the place of one that died, and ends with all of them.
 */
import cluster, { type Worker } from 'node:cluster';
import { setTimeout as passing } from 'node:timers/promises';
import { Gauge } from 'prom-client';
import type { Log } from '../log.ts';
import { registry } from '../metrics.ts';
import { WorkersFailed, type Running } from '../process.ts';
import { openLine, type Line } from './line.ts';
import { NUMBER } from './primary.ts';

export interface WorkersOptions {
  readonly log: Log;
  readonly count: number;
  /** How long a worker has for draining; one that takes much longer is killed. */
  readonly graceMs: number;
  /** What a worker's environment has beside this one's. */
  readonly env?: NodeJS.ProcessEnv;
  /** Answers what a worker asks; what it returns is told when that worker is there no more. */
  readonly attend: (line: Line) => () => void;
}

export interface Workers extends Running {
  readonly ready: Promise<unknown>;
  readonly failed: Promise<WorkersFailed>;
  /** Asks every worker that serves; whoever does not answer is left out. */
  ask(topic: string, question?: unknown): Promise<unknown[]>;
}

/** Of one place, one after the other; then the whole ends, since one more would go no better. */
const STARTS_MAX = 4;
const PAUSE_MS = 500;
/** One that ends so soon is not replaced at once, or it would be started all the time. */
const HASTY_MS = 10_000;
/** Beyond the grace, for what is closed after the last request. */
const CLOSING_MS = 5_000;

interface Serving {
  readonly worker: Worker;
  readonly line: Line;
  readonly url: string;
}

/** Resolves when the first of them serves; rejects with WorkersFailed, as `ready` does, where one does not come so far. */
export async function startWorkers(options: WorkersOptions): Promise<Workers> {
  const { log, count, graceMs, env, attend } = options;
  const all = new Set<Worker>();
  const serving = new Map<number, Serving>();
  let stopping = false;
  let uncleanly = false;
  let fail: (failed: WorkersFailed) => void;
  const failed = new Promise<WorkersFailed>((resolve) => (fail = resolve));

  new Gauge({
    name: 'xueji_workers',
    help: 'Workers that serve',
    registers: [registry],
    collect() {
      this.set(serving.size);
    },
  });

  function start(number: number): Promise<Serving> {
    const startedAt = performance.now();
    const worker = cluster.fork({ ...env, [NUMBER]: String(number) });
    const line = openLine(worker);
    const gone = attend(line);
    all.add(worker);
    return new Promise((resolve, reject) => {
      line.answer('ready', (url) => {
        const one = { worker, line, url: String(url) };
        serving.set(number, one);
        resolve(one);
      });
      const ended = (code: number | null, signal?: string) => {
        all.delete(worker);
        gone();
        const served = serving.get(number)?.worker === worker;
        if (served) serving.delete(number);
        if (served && stopping && code !== 0) uncleanly = true;
        if (stopping) return;
        if (!served) return reject(new WorkersFailed(code || 1));
        log[code === 0 ? 'info' : 'error']({ number, code, signal }, 'worker ended');
        void replace(number, performance.now() - startedAt < HASTY_MS);
      };
      worker.once('exit', ended);
      // One that never was has no end either; a pipe that breaks is told by the end of the process behind it.
      worker.on('error', () => void (worker.process.pid === undefined && ended(null)));
    });
  }

  async function replace(number: number, hasty: boolean): Promise<void> {
    if (hasty) await passing(PAUSE_MS);
    for (let tries = 1; !stopping; tries++) {
      try {
        await start(number);
        return log.info({ number }, 'worker replaced');
      } catch (error) {
        if (!(error instanceof WorkersFailed)) throw error;
        if (tries === STARTS_MAX) return fail(error);
        await passing(PAUSE_MS * tries);
      }
    }
  }

  async function stop(): Promise<void> {
    stopping = true;
    const ends = [...all].map((worker) => new Promise((resolve) => worker.once('exit', resolve)));
    const tell = (signal: NodeJS.Signals) => all.forEach((worker) => worker.process.kill(signal));
    const killing = setTimeout(() => tell('SIGKILL'), graceMs + CLOSING_MS);
    tell('SIGTERM');
    await Promise.all(ends);
    clearTimeout(killing);
    if (uncleanly) throw new Error('a worker did not stop cleanly');
  }

  // The first one alone: what is wrong with the configuration is told once, and what is made at the first start is made once.
  const { url } = await start(1);
  const others = Promise.all(Array.from({ length: count - 1 }, (_, i) => start(i + 2)));
  others.catch(() => undefined);
  return {
    url,
    workers: count,
    ready: others,
    failed,
    stop,
    async ask(topic, question) {
      const answers = [...serving.values()].map(({ line }) => line.ask(topic, question));
      return (await Promise.allSettled(answers)).flatMap((answer) =>
        answer.status === 'fulfilled' ? [answer.value] : [],
      );
    },
  };
}
