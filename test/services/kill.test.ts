import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { addDays, today } from '../../kernel/rules/plain-date.ts';
import type { Viewer } from '../../kernel/rules/viewer.ts';
import { newId } from '../../kernel/store/ids.ts';
import { sql } from '../../kernel/store/sql.ts';
import { recordService } from '../../subgraphs/records/service.ts';
import { brokenIn, grouped, readWhole } from '../records/town/whole.ts';
import { mariadb } from '../support/databases.ts';
import { clerks, type Life } from './kill-clerks.ts';
import { countyOf, kindergarten, openScene, type Scene } from './kill-scene.ts';

const KILLS = 50;
const CHILDREN = 40;
const AT_ONCE = 10;
/** Long ago enough that no child runs out of days: every stay is one day later than the last. */
const BEGAN = addDays(today(new Date()), -300);

interface Answered {
  readonly application: { readonly id: string };
}

const passing = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe.skipIf(inject('databaseUrl') === null)('A records process that is killed again and again', () => {
  const databases = mariadb();
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(databases, CHILDREN);
  });
  afterAll(() => scene?.close());

  it(
    `${KILLS} times amid transfers leaves one open placement each and nothing stuck`,
    { timeout: 300_000 },
    async () => {
      const lives = await enrolled();
      const staff = clerks(scene, Math.random);
      let killed = 0;
      // A queue, so that a child is with one clerk at a time, and ten children are on their way at any time.
      const waiting = [...lives];
      const work = async () => {
        for (let life = waiting.shift(); life && killed < KILLS; life = waiting.shift()) {
          await staff.live(life);
          if (!life.abandoned) waiting.push(life);
        }
      };
      const hit = { before: 0, during: 0, after: 0, betweenSubgraphs: 0 };
      const look = async () => {
        const begun = await openTransactions();
        const calls = [...staff.inFlight];
        const written = await answered(calls.map(({ key }) => key));
        hit.after += written;
        hit.during += begun;
        hit.before += Math.max(0, calls.length - written - begun);
        hit.betweenSubgraphs += await unfinished();
      };
      const started = performance.now();
      const working = Promise.all(Array.from({ length: AT_ONCE }, work));
      const signals = new Set<string | null>();
      while (killed < KILLS) {
        await scene.records.successor();
        // After some acts, at any point of the next; every third time while a neighbour is being asked.
        const enough = staff.answered() + Math.floor(Math.random() * 8);
        while (staff.answered() < enough) await passing(5);
        if (killed % 3 === 0) await new Promise<void>((resolve) => scene.onceAsked(resolve));
        await passing(Math.random() * 25);
        signals.add(await scene.records.kill(look));
        killed += 1;
      }
      await working;
      const left = await unfinished();
      await recordService(scene.store, scene.peers, () => new Date()).keepTime();
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      const acts = lives.reduce((sum, { done }) => sum + done.length, 0);
      process.stdout.write(
        `${killed} kills in ${seconds} s amid ${acts} acts: ${staff.cut()} calls cut, ${JSON.stringify(hit)}, ` +
          `${lives.filter(({ abandoned }) => abandoned).length} callers gone, ${left} left to the clock\n`,
      );

      expect([...signals]).toEqual(['SIGKILL']);
      expect(staff.surprises).toEqual([]);
      // The kills fell where it hurts: within calls, within transactions, and between a commit and its answer.
      expect(staff.cut()).toBeGreaterThan(KILLS);
      expect(Object.entries(hit).filter(([, times]) => times === 0)).toEqual([]);

      expect(await brokenIn(scene.store, today(new Date()))).toEqual([]);
      const whole = await readWhole(scene.store);
      const records = new Map(whole.records.map((record) => [record.childId, record]));
      const events = grouped(whole.events, ({ recordId }) => recordId);
      const holders = await scene.holders(lives.map(({ childId }) => childId));
      for (const life of lives) {
        const record = records.get(life.childId)!;
        expect(holders.get(life.childId)).toContain(record.institutionCode);
        if (life.abandoned) continue;
        // Everything answered has happened once, and the child is where its clerks were told.
        expect(events.get(record.id)!.map(({ type }) => type)).toEqual(life.done);
        expect([record.status, record.institutionCode]).toEqual(['ENROLLED', life.at.code]);
        expect(holders.get(life.childId)).toEqual([...life.holders].sort());
      }
    },
  );

  /** Every child in its first kindergarten, before anything is killed. */
  async function enrolled(): Promise<Life[]> {
    const { source } = await scene.records.current();
    const ask = async (viewer: Viewer, act: string, input: object): Promise<Answered[]> => {
      const query = `mutation($input: ${act[0]!.toUpperCase()}${act.slice(1)}Input!) { act: ${act}(input: $input) { results { application { id } userErrors { code } } } }`;
      const variables = { input: { idempotencyKey: newId(), ...input } };
      const { data } = await source.ask({ query, variables }, { viewer, requestId: newId() });
      return (data!['act'] as { results: Answered[] }).results;
    };
    const lives: Life[] = [];
    for (const [i, at] of scene.gardens.entries()) {
      const own = Array.from(
        { length: CHILDREN / scene.gardens.length },
        (_, n) => n * scene.gardens.length + i,
      );
      const ids = await scene.register(at, own);
      const seat = { institutionCode: at.code, classId: at.classId, enteredOn: BEGAN };
      const items = ids.map((childId) => ({ childId, ...seat }));
      const submitted = await ask(kindergarten(at), 'submitEnrolments', { items });
      const applicationIds = submitted.map(({ application }) => application.id);
      await ask(countyOf(at), 'approveApplications', { applicationIds });
      const done = ['submitEnrolment', 'approveApplication'];
      for (const [k, n] of own.entries())
        lives.push({
          n,
          childId: ids[k]!,
          at,
          since: BEGAN,
          holders: new Set([at.code]),
          done: [...done],
          abandoned: false,
        });
    }
    return lives;
  }
  /** Transactions of this database that have changed something and are not committed. */
  async function openTransactions(): Promise<number> {
    const [row] = await scene.store.reader.select<{ n: unknown }>(sql`
      SELECT COUNT(*) AS n FROM information_schema.innodb_trx AS t JOIN information_schema.processlist AS p
        ON p.id = t.trx_mysql_thread_id WHERE p.db = ${scene.database} AND t.trx_rows_modified > 0`);
    return Number(row!.n);
  }
  /** How many of these acts stand, though nobody has been told. */
  async function answered(keys: readonly string[]): Promise<number> {
    const { operation } = scene.store.tables;
    let n = 0;
    for (const key of keys)
      n += (await scene.store.reader.rows(operation, sql`WHERE idempotency_key = ${key}`)).length;
    return n;
  }
  const unfinished = async () =>
    (await scene.store.reader.rows(scene.store.tables.followUp, sql`WHERE done_at IS NULL`)).length;
});
