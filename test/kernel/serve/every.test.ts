import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { every } from '../../../kernel/serve/every.ts';

const unexpected = (error: unknown) => {
  throw error;
};

describe('What is done every so often', () => {
  it('is done one turn after the other, however long one takes', async () => {
    let [atOnce, most, turns] = [0, 0, 0];
    const work = async () => {
      most = Math.max(most, ++atOnce);
      await pause(20);
      atOnce -= 1;
      turns += 1;
    };
    const it = every(2, work, unexpected);
    while (turns < 3) await pause(2);
    await it.stop();
    expect([most, atOnce]).toEqual([1, 0]);
  });

  it('ends when the turn under way has ended, which is told to end, and begins no other', async () => {
    const said: string[] = [];
    let begun!: () => void;
    const hasBegun = new Promise<void>((resolve) => (begun = resolve));
    const it = every(
      2,
      async (goesOn) => {
        said.push('begun');
        begun();
        while (goesOn()) await pause(1);
        await pause(20);
        said.push('ended');
      },
      unexpected,
    );
    await hasBegun;
    await it.stop();
    expect(said).toEqual(['begun', 'ended']);
    await pause(20);
    expect(said).toEqual(['begun', 'ended']);
  });

  it('goes on after a turn that failed, and says of each why', async () => {
    const failed: unknown[] = [];
    let turns = 0;
    const it = every(
      2,
      () => Promise.reject(new Error(`turn ${++turns}`)),
      (error) => failed.push(error),
    );
    while (turns < 2) await pause(2);
    await it.stop();
    expect(failed.slice(0, 2)).toEqual([new Error('turn 1'), new Error('turn 2')]);
  });
});
