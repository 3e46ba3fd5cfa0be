/** What clerks may have in mind, good and bad. */
import fc from 'fast-check';
import type { By, Who, Word } from './steps.ts';

const NO_DAY = '2026-02-30';

const weighed = <T>(...pairs: readonly (readonly [number, T])[]) =>
  fc.oneof(...pairs.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })));

const child = weighed([12, 0], [2, 1], [1, 2]);
const who = weighed<Who>(
  ...([
    [40, 'own'],
    [1, 'garden0'],
    [1, 'garden1'],
    [1, 'county0'],
    [1, 'county1'],
    [1, 'city'],
    [1, 'province'],
    [1, 'submitter'],
  ] as const),
);
const on = weighed(
  [8, '2026-09-01'],
  [4, '2026-10-08'],
  [4, '2026-11-02'],
  [10, 'today'],
  [1, 'tomorrow'],
  [1, NO_DAY],
);
const text = weighed<Word>([14, 'fit'], [2, 'blank'], [1, 'long'], [1, 'number']);

/** What a clerk has in mind; which act it becomes may depend on how things stand by then. */
export interface Plan extends By {
  /** Mostly an act that fits the child's status, else any: blind acts alone hardly ever get a life beyond its start. */
  readonly fitting: boolean;
  readonly roll: number;
  readonly garden: number;
  readonly second: boolean;
  readonly foreignClass: boolean;
  readonly correct: boolean;
  readonly on: string;
  readonly back: number;
  readonly text: Word;
  readonly other: boolean;
}

const yes = (often: number, seldom: number) => weighed([often, true], [seldom, false]);

export const plans = (maxLength: number): fc.Arbitrary<Plan[]> =>
  fc.array(
    fc.record({
      child,
      who,
      fitting: yes(10, 1),
      roll: fc.nat(59),
      garden: weighed([2, 0], [1, 1]),
      second: yes(1, 2),
      foreignClass: yes(1, 15),
      correct: yes(1, 4),
      on,
      back: weighed([19, 0], [1, 1]),
      text,
      other: yes(1, 2),
    }),
    { minLength: 10, maxLength, size: 'max' },
  );
