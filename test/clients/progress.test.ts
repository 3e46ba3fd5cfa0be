import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { progressTo } from '../../clients/cli/progress.ts';

beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

function output(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, written, write: (text: string) => written.push(text) > 0 };
}

test('without a terminal, progress is a line of JSON every five seconds and one at the end', () => {
  const pipe = output(false);
  const progress = progressTo(pipe, { total: 100, already: 10 });
  progress.advance(50);
  vi.advanceTimersByTime(5_000);
  progress.advance(40);
  vi.advanceTimersByTime(1_000);
  progress.finish();
  vi.advanceTimersByTime(60_000);
  expect(pipe.written.map((line) => JSON.parse(line) as unknown)).toEqual([
    { done: 60, total: 100, perSecond: 10, elapsedMs: 5000 },
    { done: 100, total: 100, perSecond: 15, elapsedMs: 6000 },
  ]);
});

test('on a terminal, progress is one bar with rate and time left, drawn ten times a second at most', () => {
  const terminal = output(true);
  const progress = progressTo(terminal, { total: 100 });
  vi.advanceTimersByTime(1_000);
  progress.advance(25);
  progress.advance(25);
  vi.advanceTimersByTime(1_000);
  progress.advance(50);
  progress.finish();
  expect(terminal.written).toEqual([
    '\r[########----------------------] 25/100 25% 25/s 00:03 ',
    '\r[##############################] 100/100 100% 50/s 00:00 ',
    '\r[##############################] 100/100 100% 50/s 00:00 ',
    '\n',
  ]);
});
