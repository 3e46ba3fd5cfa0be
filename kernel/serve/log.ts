/**
 * JSON lines on standard error. What is logged is chosen field by field: never variables, rows,
 * or a driver's error, because those carry names and numbers of children.
 */
import { pino, type Logger } from 'pino';
import { workerNumber } from './workers/primary.ts';

export type Log = Logger;

/**
 * Standard output belongs to what a command prints, for instance a token. Standard error is shared by all workers, and mostly a
 * pipe, where the kernel keeps together what is written at once only up to 4,096 bytes (PIPE_BUF): so no write is longer, and
 * each ends with a line. No line of ours comes near that.
 */
const standardError = pino.destination({
  ...{ dest: 2, sync: true, periodicFlush: 250 },
  ...{ minLength: 3072, maxWrite: 4096 },
});
process.on('exit', () => standardError.flush());

/**
 * Lines of requests are written several at a time, because one write for each costs as much as a tenth of a small
 * query; what tells of trouble is written at once, with whatever came before it.
 */
const lines = {
  [Symbol.for('pino.metadata')]: true,
  // Set by pino before it writes.
  lastLevel: 0,
  write(line: string): void {
    standardError.write(line);
    if (this.lastLevel >= pino.levels.values['warn']!) standardError.flush();
  },
};

/** `service` names the process; the level is LOG_LEVEL's. */
export function createLog(service: string, level: string = process.env['LOG_LEVEL'] ?? 'info'): Log {
  const base = { service, ...(workerNumber !== undefined && { worker: workerNumber }) };
  return pino({ level, base, timestamp: pino.stdTimeFunctions.isoTime }, lines);
}

export interface FaultFacts {
  readonly fault: string;
  readonly code?: string | number;
}

/** What may be said of an unknown error: its class and its code, not its message. */
export function faultFacts(error: unknown): FaultFacts {
  if (!(error instanceof Error)) return { fault: typeof error };
  const code: unknown = 'code' in error ? error.code : undefined;
  const fault = error.constructor.name;
  return typeof code === 'string' || typeof code === 'number' ? { fault, code } : { fault };
}
