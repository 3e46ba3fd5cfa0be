import { describe, expect, inject, it } from 'vitest';
import { fault } from '../../kernel/graph/faults.ts';
import { addDays } from '../../kernel/rules/plain-date.ts';
import { Conflict } from '../../kernel/store/errors.ts';
import { newId } from '../../kernel/store/ids.ts';
import { recordService } from '../../subgraphs/records/service.ts';
import { openRecordStore, type RecordStore } from '../../subgraphs/records/store/store.ts';
import { mariadb } from '../support/databases.ts';
import { wishFor } from './town/crowd.ts';
import type { Wish } from './town/on-applications.ts';
import { town } from './town/town.ts';
import { brokenIn, grouped, readWhole } from './town/whole.ts';

/** `npm run test:long` takes 20,000. */
const ACTS = Number(process.env['CROWD_ACTS'] ?? 3000);
const WORKERS = 16;
const CHILDREN = 240;
/** Days pass meanwhile, and what nobody does climbs: most of a school year, and then the weeks around its end. */
const dayAt = (done: number) =>
  done < TURN
    ? addDays('2026-09-15', Math.floor((done / TURN) * 345))
    : addDays('2027-08-31', Math.floor(((done - TURN) / (1 - TURN)) * 40));
const TURN = 0.6;
const CALLER_TRIES = 10;

/** In one of the two provinces both counties decide a transfer. */
const BOTH_COUNTIES = {
  ...{
    name: 'TRANSFER_BOTH_COUNTIES',
    provinceCode: '191000',
    version: 1,
    validFrom: '2026-01-01',
    value: true,
  },
  ...{ setBy: 'province-1', setAt: new Date('2026-01-01T00:00:00Z'), reason: null },
};

/** Counts how often somebody else was faster. */
const watching =
  (transaction: RecordStore['transaction'], collisions: { met: number }): RecordStore['transaction'] =>
  (work) =>
    transaction(work).catch((error: unknown) => {
      if (error instanceof Conflict) collisions.met += 1;
      throw error;
    });

/** The same every time, as far as sixteen at once can be. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe.skipIf(inject('databaseUrl') === null)('Sixteen clerks at once on MariaDB', () => {
  const databases = mariadb();

  it(`break nothing in ${ACTS} acts on the same children`, { timeout: 1_200_000 }, async () => {
    const location = { ...(await databases.fresh('crowd')), poolSize: WORKERS };
    const store = await openRecordStore(location);
    const collisions = { met: 0 };
    const watched = { ...store, transaction: watching(store.transaction, collisions) };
    await store.transaction((tx) => tx.insert(store.tables.setting, [BOTH_COUNTIES]));
    const here = town(CHILDREN);
    let begun = 0;
    const day = () => dayAt(begun / ACTS);
    const on = recordService(watched, here.peers, () => new Date(`${day()}T04:00:00Z`));
    const random = randomFrom(20261123);
    const crowd = { town: here, on, day, random };
    const told = new Map<string, number>();
    const tell = (word: string) => told.set(word, (told.get(word) ?? 0) + 1);
    const accepted: { action: string; recordId: string }[] = [];
    /** Children that acts on whole classes have moved. */
    const moved = new Map<string, number>();
    const surprises: string[] = [];
    // One call in fifty to the neighbour fails, before it is done or after.
    here.asked.before = (what) => {
      if ((what === 'moveHolders' || what === 'correctChild') && random() < 0.02)
        throw fault('SUBGRAPH_UNAVAILABLE', '不可用', 'is not available');
    };

    async function carryOut({ action, call }: Wish): Promise<void> {
      const key = newId();
      for (let attempt = 1; ; attempt++) {
        try {
          const answer = await call(key);
          if (random() < 0.03) expect(await call(key)).toEqual(answer);
          for (const { recordId, userErrors, moved: children } of answer.results) {
            if (userErrors.length === 0 && recordId) accepted.push({ action, recordId });
            moved.set(action, (moved.get(action) ?? 0) + (children ?? 0));
            tell(userErrors[0]?.code ?? action);
          }
          return;
        } catch (error) {
          const retryable =
            error instanceof Conflict || (error as Error).message.includes('is not available');
          tell(error instanceof Conflict ? 'CONFLICT' : 'SUBGRAPH_UNAVAILABLE');
          if (retryable && attempt < CALLER_TRIES) continue;
          surprises.push(`${action}: ${String(error)}`);
          return;
        }
      }
    }
    async function work(): Promise<void> {
      while (begun < ACTS) {
        begun += 1;
        const lot = random();
        // The clock's own work, by whoever comes by: several do it at the same time.
        if (lot < 0.01) await on.keepTime().catch(() => tell('a neighbour was away'));
        else if (lot < 0.03)
          await on.foldCounts().catch((error: unknown) => tell(`${String(error)} folding`));
        else await carryOut(await wishFor(crowd));
      }
    }
    const started = performance.now();
    await Promise.all(Array.from({ length: WORKERS }, work));
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    here.asked.before = () => undefined;
    await on.keepTime();

    const whole = await readWhole(store);
    for (const { type } of whole.events) if (type === 'lapseDeferral') tell('lapsed');
    for (const { outcome } of whole.steps) if (outcome === 'CLIMBED' || outcome === 'RELEASED') tell(outcome);
    process.stdout.write(
      `${ACTS} acts in ${seconds} s, ${collisions.met} collisions, ${store.stats.retries} transactions repeated by the database's wish: ${JSON.stringify(Object.fromEntries([...told].sort()))}\n`,
    );
    expect(surprises).toEqual([]);
    expect(await brokenIn(store, day())).toEqual([]);
    await on.foldCounts();
    expect(await brokenIn(store, day())).toEqual([]);
    // No update is lost: what was accepted is in the history, as often as it was accepted, and nothing else is.
    const happened = (all: readonly { recordId: string; action: string }[]) =>
      [...grouped(all, ({ recordId, action }) => `${recordId} ${action}`)]
        .map(([what, of]) => `${what} ${of.length}`)
        .sort();
    // A graduation tells by its list, a promotion by how many went.
    for (const { recordId, state } of whole.graduationRows) {
      // KEPT has graduated too, and had moved on when the run was undone.
      if (['GRADUATED', 'UNDONE', 'KEPT'].includes(state)) accepted.push({ action: 'graduate', recordId });
      if (state === 'UNDONE') accepted.push({ action: 'undoGraduation', recordId });
    }
    for (const action of ['promoteClasses', 'undoPromotion']) {
      const lines = whole.events.filter(({ type }) => type === action);
      expect([action, lines.length]).toEqual([action, moved.get(action) ?? 0]);
    }
    const counted = (type: string) => type === 'promoteClasses' || type === 'undoPromotion';
    const history = whole.events.filter(
      ({ account, type }) => !account.startsWith('system:') && !counted(type),
    );
    expect(happened(history.map(({ recordId, type: action }) => ({ recordId, action })))).toEqual(
      happened(accepted),
    );
    // The neighbour has heard of every move.
    const childOf = new Map(here.children.map((child) => [child.id, child]));
    const unheld = whole.records.filter(
      ({ status, childId, institutionCode }) =>
        status === 'ENROLLED' && !childOf.get(childId)!.holders.has(institutionCode),
    );
    expect(unheld).toEqual([]);
    // A crowd that never got so far would prove nothing.
    expect(collisions.met).toBeGreaterThan(ACTS / 200);
    const rare = EVERY_WORD.filter((word) => (told.get(word) ?? 0) < ACTS / 1000);
    expect(rare).toEqual([]);
    await store.close();
  });
});

const EVERY_WORD = [
  ...[
    'submitEnrolment',
    'approveApplication',
    'returnApplication',
    'resubmitApplication',
    'refuseApplication',
  ],
  ...['withdrawApplication', 'moveClass', 'leave', 'requestTransfer', 'agreeToTransfer', 'objectToTransfer'],
  ...[
    'requestCorrection',
    'requestNumberDeletion',
    'convertNumber',
    'graduate',
    'promoteClasses',
    'RELEASED',
    'CLIMBED',
    'ALREADY_DECIDED',
    'ACTION_NOT_OPEN',
    'ALREADY_ENROLLED',
    'NOT_WITH_YOU',
  ],
];
