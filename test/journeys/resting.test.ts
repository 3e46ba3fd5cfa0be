/** What a subgraph does by itself ends with `rest`: at the end of the step under way, and the rest is its successor's. */
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Subgraph, SubgraphName } from '../../kernel/graph/subgraph.ts';
import { peersOf } from '../../kernel/peers.ts';
import type { DataSource } from '../../kernel/serve/data-source.ts';
import { inProcess } from '../../kernel/serve/in-process.ts';
import { peerTransport } from '../../kernel/serve/peer-transport.ts';
import type { StoreLocation } from '../../kernel/store/open.ts';
import { openRecords } from '../../subgraphs/records/main.ts';
import { embedded } from '../support/databases.ts';
import { acts, analyst, deciding, garden, inventedChild, openGardens } from '../support/story.ts';
import { startWorld, type World } from '../support/world.ts';

const NOW = () => new Date('2026-11-28T02:00:00Z');
/** Changes of records told in one call; one more than that are waiting. */
const PER_CALL = 200;
const CHILDREN = PER_CALL + 1;

// One story, told in order.
describe('Subgraphs at rest', () => {
  const databases = embedded();
  const locations = new Map<string, StoreLocation>();
  let world: World;
  let clerks: ReturnType<typeof acts>;
  const successors: Subgraph[] = [];
  const named = (name: SubgraphName) => world.subgraphs.find((one) => one.name === name)!;
  const told = async () => {
    const ofPart = async (partition: number) => {
      let n = 0;
      for (let after: string | null = null; ;) {
        const { recordChanges }: Page = await world.data<Page>(deciding, PAGE, { partition, after });
        n += recordChanges.changes.length;
        if (!recordChanges.hasMore) return n;
        after = recordChanges.endCursor;
      }
    };
    const parts = await Promise.all([0, 1, 2, 3].map(ofPart));
    return parts.reduce((sum, n) => sum + n, 0);
  };
  /** A records process that begins where another ended; what it tells primary-link waits for `gate`. */
  const successor = async (calls: number[], gate: Promise<void>) => {
    const sourceOf = (name: SubgraphName): DataSource => {
      const source = inProcess(named(name));
      return {
        ...source,
        async ask(request, call) {
          const { changes } = (request.variables?.['input'] ?? {}) as { changes?: readonly unknown[] };
          if (changes) calls.push(changes.length);
          if (changes) await gate;
          return source.ask(request, call);
        },
      };
    };
    const peers = peersOf('records', peerTransport(sourceOf));
    const opened = await openRecords({ location: locations.get('records')!, peers, now: NOW });
    successors.push(opened);
    return opened;
  };

  beforeAll(async () => {
    world = await startWorld({
      databases: {
        ...databases,
        async fresh(name) {
          const location = await databases.fresh(name);
          locations.set(name, location);
          return location;
        },
      },
      wiring: 'in one process',
      now: NOW,
    });
    clerks = acts(world, await openGardens(world));
  });
  afterAll(async () => {
    for (const one of successors) await one.close();
    await world?.close();
  });

  it('answer as ever, and tell nobody anything by themselves', async () => {
    await Promise.all(world.subgraphs.map((subgraph) => subgraph.rest!()));
    for (let from = 0; from < CHILDREN; from += 100) {
      const some = Array.from({ length: Math.min(100, CHILDREN - from) }, (_, i) =>
        inventedChild(1 + from + i),
      );
      await clerks.approve(deciding, await clerks.enrol(garden, some));
    }
    // Longer than any of them waits for its next turn but the clock of records.
    await pause(2_500);
    expect(await world.data(analyst, '{ enrolmentCounts(by: []) { count } }')).toEqual({
      enrolmentCounts: [{ count: CHILDREN }],
    });
    expect(await told()).toBe(0);
  });

  it('have ended the step under way, and left the others', { timeout: 30_000 }, async () => {
    const calls: number[] = [];
    let open!: () => void;
    const records = await successor(calls, new Promise((resolve) => (open = resolve)));
    while (calls.length === 0) await pause(20);
    let rests = false;
    const resting = records.rest!().then(() => (rests = true));
    await pause(200);
    expect(rests).toBe(false);
    open();
    await resting;
    expect(calls).toEqual([PER_CALL]);
    expect(await told()).toBe(PER_CALL);
  });

  it('are followed by others who do what was left, once', { timeout: 30_000 }, async () => {
    const calls: number[] = [];
    const records = await successor(calls, Promise.resolve());
    await records.tick!();
    await records.rest!();
    expect(calls).toEqual([CHILDREN - PER_CALL]);
    expect(await told()).toBe(CHILDREN);
  });
});

interface Page {
  readonly recordChanges: {
    readonly changes: readonly unknown[];
    readonly endCursor: string | null;
    readonly hasMore: boolean;
  };
}

const PAGE = `query($partition: Int!, $after: String) { recordChanges(partition: $partition, first: 100, after: $after) {
  changes { id } endCursor hasMore } }`;
