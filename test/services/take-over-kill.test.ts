/** Longer with TAKE_OVER_KILLS. */
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { sql } from '../../kernel/store/sql.ts';
import { newId } from '../../kernel/store/ids.ts';
import { overlaps, type Seen } from '../primary-link/history.ts';
import { mariadb } from '../support/databases.ts';
import { openTakeOverScene, schoolViewer, type Step, type TakeOverScene } from './take-over-scene.ts';

const KILLS = Number(process.env['TAKE_OVER_KILLS'] ?? 3);
const SCHOOLS = ['2133990001', '2133990002', '2133990003'];
const CHILDREN = 6;
const LANES = 4;
const ACTS = [
  'acceptTakeOver',
  'acknowledgeTakeOver',
  'acknowledgeTakeOver',
  'cancelTakeOver',
  'releaseTakeOver',
];
const STEPS: readonly (Step | 'any')[] = ['before records is told', 'after records has done it', 'any'];

const any = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)]!;
const passing = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

interface TakeOver {
  readonly id: string;
  readonly state: string;
  readonly underWay: boolean;
}

describe.skipIf(inject('databaseUrl') === null)('A primary-link process that is killed at each step', () => {
  const databases = mariadb();
  let scene: TakeOverScene;
  beforeAll(async () => {
    scene = await openTakeOverScene(databases, SCHOOLS, CHILDREN);
  }, 120_000);
  afterAll(() => scene?.close());

  it(
    `${KILLS} times, with what it tells told twice and late, leaves every record one owner and nothing under way`,
    { timeout: 60_000 + KILLS * 8_000 },
    async () => {
      const history: Seen[] = [];
      const known = new Map<string, { child: TakeOverScene['lives'][number]; school: string }>();
      let killed = 0;
      let cut = 0;

      const send = async (school: string, act: string, input: object): Promise<TakeOver | null> => {
        const type = `${act[0]!.toUpperCase()}${act.slice(1)}Input`;
        const query = `mutation($input: ${type}!) { act: ${act}(input: $input) { takeOver { id state underWay } } }`;
        // A client that hears nothing asks again under the same key, as long as it takes.
        for (let attempt = 1; attempt <= 20; attempt++) {
          const { source } = await scene.primaryLink.current();
          const call = { viewer: schoolViewer(school), requestId: newId(), purpose: 'ADMISSION' as const };
          const answer = await source.ask({ query, variables: { input } }, call).catch(() => null);
          const acted = answer?.data?.['act'] as { takeOver: TakeOver | null } | null | undefined;
          if (acted) return acted.takeOver;
          cut += 1;
          await passing(50 + Math.random() * 100);
        }
        return null;
      };
      const one = async () => {
        const school = any(SCHOOLS);
        const own = [...known].filter(([, takeOver]) => takeOver.school === school);
        const [id, takeOver] = own.length > 0 && Math.random() < 0.7 ? any(own) : [null, null];
        const child = takeOver?.child ?? any(scene.lives);
        const act = id === null ? 'offerTakeOver' : any(ACTS);
        const key = newId();
        const input =
          id === null
            ? { idempotencyKey: key, number: child.number, bornOn: child.bornOn }
            : {
                idempotencyKey: key,
                takeOverId: id,
                ...(/cancel|release/.test(act) ? { reason: '误收' } : {}),
              };
        await Promise.all(
          Array.from({ length: Math.random() < 0.3 ? 2 : 1 }, async () => {
            const invoked = performance.now();
            const answer = await send(school, act, input);
            const takeOverId = answer?.id ?? id;
            if (takeOverId === null) return;
            if (answer) known.set(answer.id, { child, school });
            const state = answer && !answer.underWay ? answer.state : null;
            history.push({
              recordId: child.id,
              takeOverId,
              act,
              invoked,
              completed: performance.now(),
              state,
            });
          }),
        );
      };
      const lane = async () => {
        while (killed < KILLS) await one();
      };
      const working = Promise.all(Array.from({ length: LANES }, lane));
      const hits = new Map<string, number>();
      while (killed < KILLS) {
        await scene.primaryLink.successor();
        const step = STEPS[killed % STEPS.length]!;
        const kill = async () => void (await scene.primaryLink.kill(() => Promise.resolve()));
        if (step === 'any') await passing(Math.random() * 200).then(kill);
        else await scene.at(step, kill);
        hits.set(step, (hits.get(step) ?? 0) + 1);
        killed += 1;
      }
      scene.noLonger();
      await working;
      const recovered = performance.now();
      while (
        (await scene.store.reader.select(UNDER_WAY)).length > 0 &&
        performance.now() - recovered < 60_000
      )
        await passing(200);
      const drained = (performance.now() - recovered) / 1000;
      await scene.quiet();
      const acts = history.length;
      process.stdout.write(
        `${killed} kills (${JSON.stringify(Object.fromEntries(hits))}) amid ${acts} acts, ${cut} calls cut, ` +
          `${scene.toldAgain()} told again late, drained after ${drained.toFixed(1)} s\n`,
      );

      expect(overlaps(history)).toEqual([]);
      expect(await scene.store.reader.select(UNDER_WAY)).toEqual([]);
      expect(history.some(({ state }) => state === 'ACKNOWLEDGED')).toBe(true);
      const owners = await scene.store.reader.rows(
        scene.store.tables.takeOver,
        sql`WHERE state = 'ACKNOWLEDGED' ORDER BY record_id`,
      );
      const promoted = await scene.recordStore.reader.rows(
        scene.recordStore.tables.promotion,
        sql`WHERE state = 'PROMOTED' ORDER BY record_id`,
      );
      // Both sides say the same: who owns it, and that it is locked; nobody owns one twice.
      expect(promoted.map(({ recordId, id }) => [recordId, id])).toEqual(
        owners.map(({ recordId, id }) => [recordId, id]),
      );
      expect(new Set(owners.map(({ recordId }) => recordId)).size).toBe(owners.length);
      expect(owners.filter(({ receipt }) => receipt === null)).toEqual([]);
      const records = await scene.recordStore.reader.rows(scene.recordStore.tables.record, sql`ORDER BY id`);
      const owned = new Set(owners.map(({ recordId }) => recordId));
      expect(records.map(({ id, status }) => [id, status])).toEqual(
        records.map(({ id }) => [id, owned.has(id) ? 'PROMOTED' : 'ENROLLED']),
      );
    },
  );
});

const UNDER_WAY = sql`SELECT 1 AS one FROM take_over WHERE pending IS NOT NULL
  UNION ALL SELECT 1 FROM case_report WHERE delivered_at IS NULL`;
