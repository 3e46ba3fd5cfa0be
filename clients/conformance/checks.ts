import { isDeepStrictEqual } from 'node:util';
import type { Finding } from './case.ts';

const LONGEST = 400;

/** What one case looks at. Nothing is thrown: an integrator wants to see everything that was not as it should be. */
export class Checks {
  readonly findings: Finding[] = [];

  constructor(private readonly hide: (text: string) => string) {}

  /** The very same, down to the last field. */
  same(what: string, came: unknown, expected: unknown): boolean {
    return this.note(what, isDeepStrictEqual(came, expected), expected, came);
  }

  holds(what: string, holds: boolean, expected: unknown, came: unknown): boolean {
    return this.note(what, holds, expected, came);
  }

  get passed(): boolean {
    return this.findings.length > 0 && this.findings.every(({ holds }) => holds);
  }

  private note(what: string, holds: boolean, expected: unknown, came: unknown): boolean {
    this.findings.push({ what, holds, expected: this.shown(expected), came: this.shown(came) });
    return holds;
  }

  /** A report is passed round, so no child's number may stand in it. */
  private shown(value: unknown): string {
    const text = this.hide(typeof value === 'string' ? value : (JSON.stringify(value) ?? '–'));
    return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  }
}
