import type { WriteStream } from 'node:tty';

export interface Progress {
  advance(steps: number): void;
  finish(): void;
}

type Output = Pick<WriteStream, 'write'> & { readonly isTTY?: boolean };

const LINE_EVERY_MS = 5_000;
const REDRAW_EVERY_MS = 100;
const WIDTH = 30;

/**
 * On a terminal one bar, redrawn, with rate and time left; elsewhere one line of JSON every five seconds.
 * `already` is what an earlier run had done: it fills the bar and does not count for the rate.
 */
export function progressTo(
  output: Output,
  { total, already = 0 }: { total: number; already?: number },
  now: () => number = Date.now,
): Progress {
  const start = now();
  let done = already;
  let drawn = -Infinity;
  const show = () => {
    const elapsedMs = now() - start;
    const state = {
      done,
      total,
      perSecond: rate(done - already, elapsedMs),
      elapsedMs: Math.round(elapsedMs),
    };
    output.write(output.isTTY ? `\r${bar(state)}` : `${JSON.stringify(state)}\n`);
  };
  const timer = setInterval(show, LINE_EVERY_MS);
  timer.unref();
  return {
    advance(steps) {
      done += steps;
      if (!output.isTTY || now() - drawn < REDRAW_EVERY_MS) return;
      drawn = now();
      show();
    },
    finish() {
      clearInterval(timer);
      show();
      if (output.isTTY) output.write('\n');
    },
  };
}

interface State {
  readonly done: number;
  readonly total: number;
  readonly perSecond: number;
}

function bar({ done, total, perSecond }: State): string {
  const part = total === 0 ? 1 : done / total;
  const filled = Math.round(part * WIDTH);
  const left = perSecond === 0 ? '--:--' : clock((total - done) / perSecond);
  const drawing = '#'.repeat(filled) + '-'.repeat(WIDTH - filled);
  return `[${drawing}] ${done}/${total} ${Math.floor(part * 100)}% ${perSecond}/s ${left} `;
}

function rate(done: number, elapsedMs: number): number {
  return elapsedMs <= 0 ? 0 : Math.round((done * 1000) / elapsedMs);
}

function clock(seconds: number): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${two(seconds / 60)}:${two(seconds % 60)}`;
}
