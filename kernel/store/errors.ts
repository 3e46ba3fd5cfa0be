/** Somebody else changed what this act had looked at; look again and decide anew. */
export class Conflict extends Error {
  override readonly name = 'Conflict';

  constructor() {
    super(
      '他人正在同时办理，请用同一幂等键重试。Others were at it at the same time; retry with the same key.',
    );
  }
}

/** A fault of the database, scrubbed: drivers put values (names, numbers) into messages, parameters and SQL. */
export class StoreFault extends Error {
  override readonly name = 'StoreFault';
  readonly code: string;

  constructor(code: string) {
    super(`The database refused (${code}).`);
    this.code = code;
  }
}

export type FaultKind = 'RETRY' | 'UNIQUE' | 'OTHER';

/** Deadlock, lock wait, Galera not ready or certification failure, lost connection, busy file: the whole transaction again. */
const RETRY = new Set<string | number>([
  1213,
  1205,
  1047,
  1040,
  'ECONNRESET',
  'EPIPE',
  'ECONNREFUSED',
  'PROTOCOL_CONNECTION_LOST',
  'SQLITE_BUSY',
  5,
]);

interface DriverError {
  code?: string;
  errno?: number;
  errcode?: number;
  message?: string;
  driverError?: DriverError;
}

export function classify(error: unknown): { kind: FaultKind; code: string } {
  const outer = error as DriverError;
  const fault = outer.driverError ?? outer;
  const codes = [fault.errno, fault.code, fault.errcode].filter((code) => code !== undefined);
  const code = String(fault.errno ?? fault.errcode ?? fault.code ?? 'UNKNOWN');
  // 2067 and 1555: SQLITE_CONSTRAINT_UNIQUE and _PRIMARYKEY; node:sqlite gives only the message.
  const unique =
    codes.some((c) => c === 1062 || c === 2067 || c === 1555) ||
    /UNIQUE constraint failed/.test(fault.message ?? '');
  if (unique) return { kind: 'UNIQUE', code };
  // SQLite says in the upper bits why it is busy, for example that another process wrote since this one read.
  const busy = fault.errcode !== undefined && (fault.errcode & 0xff) === 5;
  if (busy || codes.some((c) => RETRY.has(c))) return { kind: 'RETRY', code };
  return { kind: 'OTHER', code };
}
