/** Apollo's own log lines, cut before the part that may quote a request. */
import type { Log } from '../kernel/serve/log.ts';

type Line = (message?: unknown) => void;

export function libraryLog(log: Log): { debug: Line; info: Line; warn: Line; error: Line } {
  const said = (message: unknown) => (typeof message === 'string' ? message.split(/[:\n]/, 1)[0] : 'no text');
  return {
    debug: () => undefined,
    info: (message) => log.debug({ library: 'apollo' }, said(message)),
    warn: (message) => log.warn({ library: 'apollo' }, said(message)),
    error: (message) => log.error({ library: 'apollo' }, said(message)),
  };
}
