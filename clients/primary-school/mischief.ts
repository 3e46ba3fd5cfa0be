/** Everything a partner's system may do wrong, on purpose: to see that nothing is lost and nothing happens twice. */
import { setTimeout as pause } from 'node:timers/promises';

/** Between these, anything may happen to a process. */
export const CRASH_POINTS = [
  'look-up.answered',
  ...['claim', 'accept', 'acknowledge', 'link', 'cancel', 'release'].flatMap((act) => [
    `${act}.written`,
    `${act}.answered`,
    `${act}.applied`,
  ]),
  'follow.answered',
  'follow.applied',
];

export interface MischiefOptions {
  /** Waits so long before each request, and again before it looks at the answer. */
  readonly slowMs?: number;
  /** Sends everything twice, at once. */
  readonly repeat?: boolean;
  /** Sends what is waiting in any order, and deals with what it is told in any order. */
  readonly reorder?: boolean;
  /** Dies at this point; `point:3` the third time it comes by. */
  readonly crashAt?: string;
  /** Dies at any point, with this chance. */
  readonly crashChance?: number;
}

export interface Mischief {
  readonly copies: number;
  slowly(): Promise<void>;
  shuffled<T>(list: readonly T[]): readonly T[];
  /** May not return. */
  at(point: string): void;
}

export function mischief({
  slowMs = 0,
  repeat,
  reorder,
  crashAt,
  crashChance = 0,
}: MischiefOptions = {}): Mischief {
  const [name, times = '1'] = crashAt?.split(':') ?? [];
  if (name !== undefined && !CRASH_POINTS.includes(name))
    throw new Error(`a point to crash at was expected: ${CRASH_POINTS.join(', ')}`);
  let left = Number(times);
  return {
    copies: repeat ? 2 : 1,
    slowly: () => (slowMs > 0 ? pause(slowMs) : Promise.resolve()),
    shuffled: (list) => (reorder ? shuffle(list) : list),
    at(point) {
      if ((point === name && --left === 0) || Math.random() < crashChance) crash();
    },
  };
}

/** As the kernel would do it: no handler runs, nothing is closed, nothing is flushed. */
function crash(): void {
  process.kill(process.pid, 'SIGKILL');
}

function shuffle<T>(list: readonly T[]): T[] {
  return list
    .map((one) => ({ one, by: Math.random() }))
    .sort((a, b) => a.by - b.by)
    .map(({ one }) => one);
}
