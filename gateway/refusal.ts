import type { WireCode } from '../kernel/serve/faults.ts';

/** A request turned away at the door, before it is planned. The message is bilingual and goes to the caller. */
export class Refusal extends Error {
  constructor(
    readonly status: 400 | 401 | 403 | 429 | 503,
    readonly code: WireCode,
    message: string,
  ) {
    super(message);
  }
}
