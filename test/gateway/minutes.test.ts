import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { borrowedRates } from '../../gateway/borrowed.ts';
import { createMinutes, createRates, type Borrower } from '../../gateway/rates.ts';

/** Workers that share one keeper of minutes; what they ask of each other takes a turn of the event loop. */
function crew(count: number, now: () => number = () => 0) {
  const minutes = createMinutes(count, now);
  let asked = 0;
  const workers = Array.from({ length: count }, () => {
    const borrower: Borrower = {
      callBack: async (minute) => {
        await turn();
        return rates.callBack(minute);
      },
    };
    const rates = borrowedRates(async (client, points, limit) => {
      asked += 1;
      await turn();
      return minutes.spend(client, points, limit, borrower);
    }, now);
    return rates;
  });
  return { workers, asked: () => asked };
}

describe('Minutes that workers share', () => {
  it('let through what one process would: never more, and nothing is refused while points are left', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 20_000 }),
        fc.array(fc.record({ worker: fc.nat(4), together: fc.boolean() }), { maxLength: 120 }),
        fc.integer({ min: 1, max: 300 }),
        async (count, limit, spendings, points) => {
          const { workers } = crew(count);
          let admitted = 0;
          let refused = 0;
          let waiting: Promise<unknown>[] = [];
          for (const { worker, together } of spendings) {
            const spending = workers[worker % count]!.spend('a', points, limit).then((rate) => {
              if (rate!.refused) refused += 1;
              else admitted += 1;
            });
            waiting.push(spending);
            if (!together) waiting = (await Promise.all(waiting), []);
          }
          await Promise.all(waiting);
          const most = Math.floor(limit / points);
          expect([admitted, refused]).toEqual([
            Math.min(most, spendings.length),
            Math.max(0, spendings.length - most),
          ]);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('are asked for once in many spendings, and once a minute by whoever was refused', async () => {
    const { workers, asked } = crew(2);
    for (let i = 0; i < 10_000; i++) await workers[i % 2]!.spend('a', 20, 1_000_000);
    expect(asked()).toBeLessThan(10);
    const before = asked();
    for (let i = 0; i < 100; i++) await workers[0]!.spend('b', 500, 400);
    expect(asked() - before).toBe(1);
  });

  it('begin anew for each client by itself, and nothing of an old one is spent or called back in the new', async () => {
    let at = 0;
    const { workers } = crew(2, () => at);
    const [one, other] = workers as [(typeof workers)[0], (typeof workers)[0]];
    const spend = async (by: typeof one, points: number) => {
      const { refused, remaining, resetSeconds } = (await by.spend('a', points, 1_000))!;
      return { refused, remaining, resetSeconds };
    };
    expect(await spend(one, 10)).toEqual({ refused: false, remaining: 990, resetSeconds: 60 });
    at = 59_500;
    expect(await spend(one, 10)).toEqual({ refused: false, remaining: 980, resetSeconds: 1 });
    at = 60_000;
    expect(await spend(other, 1_000)).toEqual({ refused: false, remaining: 0, resetSeconds: 60 });
    expect(await spend(one, 1)).toEqual({ refused: true, remaining: 0, resetSeconds: 60 });
    at = 120_000;
    expect(await spend(one, 1)).toEqual({ refused: false, remaining: 999, resetSeconds: 60 });
  });

  it('count what a worker borrowed and took with it as spent', async () => {
    const minutes = createMinutes(2);
    const gone: Borrower = { callBack: () => Promise.reject(new Error('gone')) };
    const { lent } = await minutes.spend('a', 10, 1_000, gone);
    expect(lent).toBe(247);
    expect(await minutes.spend('a', 1_000 - 10 - 247, 1_000)).toMatchObject({ refused: false, remaining: 0 });
    expect(await minutes.spend('a', 1, 1_000)).toMatchObject({ refused: true });
  });

  it('are kept by account and limit, and forgotten when they are over', async () => {
    let at = 0;
    const rates = createRates(createMinutes(1, () => at));
    expect(await rates.spend('a', 10, Infinity)).toBeUndefined();
    expect((await rates.spend('a', 10, 10))!.refused).toBe(false);
    expect((await rates.spend('a', 1, 10))!.refused).toBe(true);
    expect((await rates.spend('a', 1, 20))!.refused).toBe(false);
    expect((await rates.spend('b', 10, 10))!.refused).toBe(false);
    at = 60_000;
    expect((await rates.spend('a', 10, 10))!.refused).toBe(false);
  });
});
