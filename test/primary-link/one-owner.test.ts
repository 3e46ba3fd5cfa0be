/**
 * Several schools at once act on the same few records at random, repeat themselves, and lose records or primary-link in the
 * midst of it. What each client saw is a history; in it no record may ever have two owners. Longer with TAKE_OVER_ACTS.
 */
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { mariadb } from '../support/databases.ts';
import {
  enrolled,
  openSchools,
  schoolOf,
  takeOverAct,
  type Enrolled,
  type TakeOverAnswer,
} from '../support/schools.ts';
import { acts, analyst, deciding, openGardens } from '../support/story.ts';
import { startWorld, type World } from '../support/world.ts';
import { overlaps, type Seen } from './history.ts';

const ACTS = Number(process.env['TAKE_OVER_ACTS'] ?? 120);
const SEED = Number(process.env['TAKE_OVER_SEED'] ?? 20261128);
const SCHOOLS = ['2133990001', '2133990002', '2133990003'];
const CHILDREN = 5;
const LANES = 6;

/** The same acts for the same seed (mulberry32). */
function chance(seed: number) {
  let a = seed;
  const next = () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return { next, of: <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]! };
}

describe('The check itself', () => {
  const seen = (
    takeOverId: string,
    act: string,
    invoked: number,
    completed: number,
    state: string,
  ): Seen => ({
    ...{ recordId: 'r', takeOverId, act, invoked, completed, state },
  });

  it('finds two owners where one was sure before the other could have ended', () => {
    const history = [
      seen('a', 'acknowledgeTakeOver', 1, 2, 'ACKNOWLEDGED'),
      seen('b', 'acknowledgeTakeOver', 3, 4, 'ACKNOWLEDGED'),
      seen('a', 'cancelTakeOver', 5, 6, 'CANCELLED'),
    ];
    expect(overlaps(history)).toEqual([['a', 'b']]);
  });

  it('finds none where the first was ending before the other was sure', () => {
    const history = [
      seen('a', 'acknowledgeTakeOver', 1, 2, 'ACKNOWLEDGED'),
      seen('a', 'cancelTakeOver', 3, 6, 'CANCELLED'),
      seen('b', 'acknowledgeTakeOver', 4, 5, 'ACKNOWLEDGED'),
    ];
    expect(overlaps(history)).toEqual([]);
  });
});

describe.skipIf(inject('databaseUrl') === null)('Several schools at once, on MariaDB', () => {
  let world: World;
  let children: Enrolled[];
  const databases = mariadb();

  beforeAll(async () => {
    world = await startWorld({
      databases,
      wiring: 'in one process',
      now: () => new Date('2026-11-28T02:00:00Z'),
    });
    const clerks = acts(world, await openGardens(world));
    await openSchools(world, SCHOOLS);
    children = await enrolled(
      clerks,
      Array.from({ length: CHILDREN }, (_, i) => i + 1),
    );
  });
  afterAll(() => world.close());

  it(
    `leave every record with one owner at each instant, through ${ACTS} acts and crashes`,
    { timeout: 60_000 + ACTS * 500 },
    async () => {
      const dice = chance(SEED);
      const history: Seen[] = [];
      const known = new Map<string, { id: string; child: Enrolled; school: string }>();
      let begun = 0;
      let crashed: 'records' | 'primary-link' | null = null;

      const note = (
        child: Enrolled,
        school: string,
        act: string,
        invoked: number,
        answer: TakeOverAnswer | null,
        asked: string | null,
      ) => {
        const takeOver = answer?.takeOver ?? null;
        const takeOverId = takeOver?.id ?? asked;
        if (takeOverId === null) return;
        if (takeOver) known.set(takeOver.id, { id: takeOver.id, child, school });
        const state = takeOver && !takeOver.underWay ? takeOver.state : null;
        history.push({ recordId: child.id, takeOverId, act, invoked, completed: performance.now(), state });
      };

      const one = async () => {
        const n = ++begun;
        const ours = dice.of(SCHOOLS);
        const mine = [...known.values()].filter(({ school }) => school === ours);
        const act = mine.length === 0 ? 'offerTakeOver' : dice.of([...ALL]);
        const subject = act === 'offerTakeOver' ? null : dice.of(mine);
        const child = subject?.child ?? dice.of(children);
        const reason = act === 'cancelTakeOver' || act === 'releaseTakeOver' ? { reason: '误收' } : {};
        const sent = subject
          ? { takeOverId: subject.id, ...reason }
          : { number: child.number, bornOn: child.bornOn };
        // A lost answer is asked for again under the same key, by two at once as often as not.
        const times = 1 + Math.floor(dice.next() * 3);
        await Promise.all(
          Array.from({ length: times }, async () => {
            const invoked = performance.now();
            const answer = await takeOverAct(world, schoolOf(ours), act, sent, `act-${n}`).catch(() => null);
            note(child, ours, act, invoked, answer, subject?.id ?? null);
          }),
        );
      };

      const crashes = async () => {
        while (begun < ACTS) {
          crashed = dice.of(['records', 'records', 'primary-link'] as const);
          await world.down(crashed, Math.floor(dice.next() * 4));
          await new Promise((resolve) => setTimeout(resolve, 60 + dice.next() * 200));
          await world.up(crashed);
          await new Promise((resolve) => setTimeout(resolve, dice.next() * 300));
        }
      };
      const lane = async () => {
        while (begun < ACTS) await one();
      };
      await Promise.all([crashes(), ...Array.from({ length: LANES }, lane)]);
      for (const name of ['records', 'primary-link'] as const) await world.up(name);
      await world.subgraphs.find(({ name }) => name === 'primary-link')!.tick!();

      expect(overlaps(history)).toEqual([]);
      expect(history.filter(({ state }) => state === 'ACKNOWLEDGED').length).toBeGreaterThan(0);
      let inKindergarten = 0;
      for (const child of children) {
        const { takeOvers } = await world.data<{
          takeOvers: {
            nodes: { state: string; underWay: boolean; record: { id: string; status: string } }[];
          };
        }>(deciding, `{ takeOvers(first: 100) { nodes { state underWay record { id status } } } }`);
        const own = takeOvers.nodes.filter(({ record }) => record.id === child.id);
        const owners = own.filter(({ state }) => state === 'ACKNOWLEDGED').length;
        const { record } = await world.data<{ record: { status: string } }>(
          deciding,
          'query($id: ID!) { record(id: $id) { status } }',
          { id: child.id },
        );
        expect([owners <= 1, own.some(({ underWay }) => underWay), record.status]).toEqual([
          ...[true, false, owners === 1 ? 'PROMOTED' : 'ENROLLED'],
        ]);
        if (owners === 0) inKindergarten += 1;
      }
      const { enrolmentCounts } = await world.data<{ enrolmentCounts: { count: number }[] }>(
        analyst,
        '{ enrolmentCounts(by: []) { count } }',
      );
      expect(enrolmentCounts[0]?.count ?? 0).toBe(inKindergarten);
    },
  );
});

const ALL = [
  ...['offerTakeOver', 'offerTakeOver', 'acceptTakeOver', 'acknowledgeTakeOver', 'acknowledgeTakeOver'],
  ...['cancelTakeOver', 'releaseTakeOver'],
] as const;
