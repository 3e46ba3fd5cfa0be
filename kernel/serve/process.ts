/** How each of the processes starts and ends. */
import { ConfigError } from './config.ts';
import { faultFacts, type Log } from './log.ts';

export interface Running {
  readonly url: string;
  stop(): Promise<void>;
}

const PORT_TAKEN =
  '端口已被占用，请用环境变量 PORT 另选一个。The port is in use; choose another with the variable PORT.\n';

/**
 * Starts, and stops on SIGTERM or SIGINT. A configuration that does not fit ends the process with exit
 * code 2 and its faults on standard error; any other failure to start with exit code 1.
 */
export async function runProcess(log: Log, start: () => Promise<Running>): Promise<void> {
  try {
    const running = await start();
    log.info({ url: running.url }, 'ready');
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void end(log, running));
  } catch (error) {
    if (error instanceof ConfigError) {
      process.stderr.write(`${error.message}\n`);
      process.exit(2);
    }
    log.fatal(faultFacts(error), 'could not start');
    if (faultFacts(error).code === 'EADDRINUSE') process.stderr.write(PORT_TAKEN);
    process.exit(1);
  }
}

async function end(log: Log, running: Running): Promise<void> {
  try {
    await running.stop();
    process.exit(0);
  } catch (error) {
    log.error(faultFacts(error), 'did not stop cleanly');
    process.exit(1);
  }
}
