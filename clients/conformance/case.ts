import type { Trial } from './trial.ts';

/** Said in both languages, as everything is that an integrator reads. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}

/** One thing an integrator should have seen: what is done, why, and what must come of it. */
export interface Case {
  readonly id: string;
  readonly title: Words;
  readonly why: Words;
  /** What the gateway must do. */
  readonly must: Words;
  /** Where the rule is written. */
  readonly rule: string;
  readonly run: (trial: Trial) => Promise<void>;
}

/** One thing that was looked at: what had to come, and what came. */
export interface Finding {
  readonly what: string;
  readonly holds: boolean;
  readonly expected: string;
  readonly came: string;
}

export interface Outcome {
  readonly case: Omit<Case, 'run'>;
  readonly passed: boolean;
  readonly findings: readonly Finding[];
  readonly ms: number;
}
