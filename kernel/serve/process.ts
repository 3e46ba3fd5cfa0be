/** How each of the processes starts and ends. */
import { ConfigError } from './config.ts';
import { faultFacts, type Log } from './log.ts';
import { primary } from './workers/primary.ts';

export interface Running {
  readonly url: string;
  /** How many workers answer there; left out where this process does. */
  readonly workers?: number;
  /** Serves already and can be stopped, but is not all there before this resolves; left out where it is. */
  readonly ready?: Promise<unknown>;
  /** Resolves where it cannot go on. */
  readonly failed?: Promise<WorkersFailed>;
  stop(): Promise<void>;
}

/** A worker did not come so far that it could serve, and has said why; the whole ends as it did. */
export class WorkersFailed extends Error {
  constructor(readonly exitCode: number) {
    super(`a worker ended with ${exitCode}`);
  }
}

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;
const PORT_TAKEN =
  '端口已被占用，请用环境变量 PORT 另选一个。The port is in use; choose another with the variable PORT.\n';

/**
 * Starts, and stops on SIGTERM or SIGINT. A configuration that does not fit ends the process with exit
 * code 2 and its faults on standard error; any other failure to start with exit code 1.
 */
export async function runProcess(log: Log, start: () => Promise<Running>): Promise<void> {
  try {
    const running = await start();
    const { url, workers, ready, failed } = running;
    let ending: Promise<void> | undefined;
    const stop = (code: number) => void (ending ??= end(log, running, code));
    for (const signal of SIGNALS) process.once(signal, () => stop(0));
    // A terminal or a service manager tells all of them at once, and then their primary tells the workers again.
    if (primary) for (const signal of SIGNALS) process.on(signal, () => undefined);
    void failed?.then(({ exitCode }) => stop(exitCode));
    await ready;
    if (primary) await primary.ask('ready', url);
    else log.info({ workers, url }, 'ready');
  } catch (error) {
    if (error instanceof WorkersFailed) process.exit(error.exitCode);
    if (error instanceof ConfigError) {
      process.stderr.write(`${error.message}\n`);
      process.exit(2);
    }
    log.fatal(faultFacts(error), 'could not start');
    if (faultFacts(error).code === 'EADDRINUSE') process.stderr.write(PORT_TAKEN);
    process.exit(1);
  }
}

async function end(log: Log, running: Running, code: number): Promise<void> {
  try {
    await running.stop();
    process.exit(code);
  } catch (error) {
    log.error(faultFacts(error), 'did not stop cleanly');
    process.exit(code || 1);
  }
}
