/**
 * JSON lines on standard error. What is logged is chosen field by field: never variables, rows,
 * or a driver's error, because those carry names and numbers of children.
 */
import { pino, type Logger } from 'pino';

export type Log = Logger;

/** `service` names the process; the level is LOG_LEVEL's. */
export function createLog(service: string, level: string = process.env['LOG_LEVEL'] ?? 'info'): Log {
  // Standard output belongs to what a command prints, for instance a token.
  return pino({ level, base: { service }, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2));
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
