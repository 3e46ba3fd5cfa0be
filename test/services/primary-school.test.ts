/**
 * September: primary schools as processes of their own take over the children of a county, over HTTP, on MariaDB; slow,
 * repeating, in any order, and killed. A whole county with COUNTY_CHILDREN=11300, more kills with SCHOOL_KILLS.
 */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { addDays } from '../../kernel/rules/plain-date.ts';
import type { PupilState } from '../../clients/primary-school/model.ts';
import { CRASH_POINTS } from '../../clients/primary-school/mischief.ts';
import { overlaps, type Seen } from '../primary-link/history.ts';
import { between, type Between } from '../support/between.ts';
import { mariadb } from '../support/databases.ts';
import { openSchools, schoolOf, takeOverAct, type Enrolled } from '../support/schools.ts';
import { acts, analyst, deciding, garden, inventedChild, openGardens, type Child } from '../support/story.ts';
import { startWorld, type World } from '../support/world.ts';
import { schoolsAlone, type Ran, type SchoolAlone } from './schools-alone.ts';

const CHILDREN = Number(process.env['COUNTY_CHILDREN'] ?? 40);
const KILLS = Number(process.env['SCHOOL_KILLS'] ?? 50);
const CODES = ['1', '2', '3', '4', '5', '6', '7', '8'].map((n) => `213399000${n}`);
/** What one school takes over in this story; repeating everything, it asks four times as much of its day. */
const PER_SCHOOL = 4000;
const AT_ONCE = 100;
/** Children one clerk of the county decides on in a day: each is shown a number, which is rationed. */
const PER_CLERK = 2500;
const KILLING_MS = 300_000 + KILLS * 6_000;

interface Page {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

interface Node {
  readonly id: string;
  readonly state: string;
  readonly underWay: boolean;
  readonly record: { readonly id: string; readonly status: string };
  readonly school: { readonly code: string };
}

describe.skipIf(inject('databaseUrl') === null)('Primary schools with systems of their own', () => {
  const databases = mariadb();
  let world: World;
  let clerks: ReturnType<typeof acts>;
  let schools: Awaited<ReturnType<typeof schoolsAlone>>;
  let wire: Between;
  const history: Seen[] = [];
  const codeOf = new Map<string, string>();
  const doomed = new Map<string, Doom>();
  let born = 0;

  /** Children of the county who are old enough, in as many birth dates as their numbers need. */
  const children = async (n: number): Promise<Enrolled[]> => {
    const found: Enrolled[] = [];
    while (found.length < n) {
      const here = Math.min(AT_ONCE, n - found.length);
      const some = Array.from({ length: here }, (_, i) => oneOf(born + i));
      const applications = await clerks.enrol(garden, some);
      const { results } = await clerks.approve(decidingOn(born), applications);
      found.push(
        ...results.map(({ record }, i) => ({
          ...{ id: record!.id, number: record!.number!, bornOn: some[i]!.bornOn },
        })),
      );
      born += here;
    }
    return found;
  };
  const listed = (some: readonly Enrolled[], name = 'p') =>
    some.map((one, i) => ({ ...one, ref: `${name}${String(i).padStart(5, '0')}` }));
  const school = async (code: string): Promise<SchoolAlone> => {
    const token = await world.token(schoolOf(code));
    codeOf.set(`Bearer ${token}`, code);
    return schools.open(code, wire.url, token);
  };
  const takeOvers = async (): Promise<Node[]> => {
    const nodes: Node[] = [];
    for (let after: string | null = null; ;) {
      const { takeOvers: page }: { takeOvers: Page } = await world.data(
        deciding,
        `query($after: String) { takeOvers(first: 100, after: $after) {
          nodes { id state underWay record { id status } school { code } } pageInfo { hasNextPage endCursor } } }`,
        { after },
      );
      nodes.push(...page.nodes);
      if (!page.pageInfo.hasNextPage) return nodes;
      after = page.pageInfo.endCursor;
    }
  };
  const owners = async (some: readonly Enrolled[]) => {
    const ids = new Set(some.map(({ id }) => id));
    const mine = (await takeOvers()).filter(
      ({ record, state }) => state === 'ACKNOWLEDGED' && ids.has(record.id),
    );
    return mine.map(({ record }) => record.id);
  };
  const inKindergarten = async () => {
    const { enrolmentCounts } = await world.data<{ enrolmentCounts: { count: number }[] }>(
      analyst,
      '{ enrolmentCounts(by: []) { count } }',
    );
    return enrolmentCounts[0]?.count ?? 0;
  };
  const states = async (one: SchoolAlone) => {
    const { said } = await one.run('status');
    return (said as { pupils: Record<string, number> }).pupils;
  };

  beforeAll(async () => {
    const [opened, alone] = await Promise.all([
      startWorld({ databases, wiring: 'over HTTP', now: () => new Date('2026-11-28T02:00:00Z') }),
      schoolsAlone(),
    ]);
    [world, schools] = [opened, alone];
    clerks = acts(world, await openGardens(world));
    await openSchools(world, CODES);
    const reached = (authorization: string | undefined, when: Doom['when']) => {
      const one = doomed.get(codeOf.get(authorization ?? '') ?? '');
      if (one?.when === when && --one.left === 0) one.child.kill('SIGKILL');
    };
    wire = await between(world.url, {
      heard: ({ authorization }) => reached(authorization, 'asked'),
      spoil: ({ body, invoked, authorization }, answered) => {
        reached(authorization, 'done');
        history.push(...seenIn(body?.query ?? '', body?.variables ?? {}, answered.text, invoked));
        return answered;
      },
    });
  }, 120_000);
  afterAll(async () => {
    await wire?.close();
    await world?.close();
    schools?.close();
  });

  it(
    'take over a county in September, slow, repeating and in any order',
    { timeout: 3_600_000 },
    async () => {
      const county = await children(CHILDREN);
      const before = await inKindergarten();
      const all = await Promise.all(
        CODES.slice(0, Math.max(2, Math.ceil(county.length / PER_SCHOOL))).map((code) => school(code)),
      );
      const shares = all.map((_, i) => county.filter((__, n) => n % all.length === i));
      const offered = shares[0]!.slice(0, 5);
      for (const { id } of offered)
        await takeOverAct(world, garden, 'offerTakeOver', { recordId: id, schoolCode: all[0]!.code });
      // Two who have never been in a kindergarten, one of them on two lines.
      const none = { id: '', number: 'L190101201910019999', bornOn: '2019-10-01' };
      const odd = [none, { ...none, number: 'l 190101201910019998' }, none];
      const lines = [...listed(shares[0]!.slice(5)), ...listed(odd, 'q')];
      expect(await all[0]!.enrol(lines)).toEqual({ added: shares[0]!.length - 5 + 2, known: 1 });
      for (const [i, one] of all.entries()) if (i > 0) await one.enrol(listed(shares[i]!));
      const began = performance.now();
      const mischief = ['--repeat', '--reorder', '--slow', '2', '--batch', '100'];
      const ran = await Promise.all(all.map((one) => one.run('sync', mischief)));
      const seconds = (performance.now() - began) / 1000;
      process.stdout.write(
        `${county.length} children by ${all.length} schools in ${seconds.toFixed(1)} s, ${(county.length / seconds).toFixed(0)} a second\n`,
      );
      expect(ran.map(({ code, err }) => [code, err])).toEqual(all.map(() => [0, '']));
      expect(await Promise.all(all.map(states))).toEqual(
        shares.map(({ length }, i) => ({ ACKNOWLEDGED: length, ...(i === 0 && { NO_RECORD: 2 }) })),
      );
      expect((await owners(county)).sort()).toEqual(county.map(({ id }) => id).sort());
      expect(await inKindergarten()).toBe(before - county.length);
      expect((await all[0]!.run('receipts')).said).toEqual({ checked: shares[0]!.length, bad: [] });
      // Names of the school's own, and of the offers; no number where it may be read.
      const kept = readFileSync(join(all[1]!.dir, 'school.sqlite'), 'latin1');
      const shown = JSON.stringify([ran, await all[0]!.run('pupils'), await all[1]!.run('pupils')]);
      for (const { number } of county.slice(0, 40)) expect(kept + shown).not.toContain(number);
    },
  );

  it('that race for the same children get each of them once; the other claim is disputed', async () => {
    const both = await children(8);
    const [one, two] = [await school(CODES[4]!), await school(CODES[5]!)];
    await Promise.all([one.enrol(listed(both)), two.enrol(listed([...both].reverse()))]);
    const ran = await Promise.all([one.run('sync', ['--batch', '1']), two.run('sync', ['--batch', '1'])]);
    expect(ran.map(({ code }) => code)).toEqual([0, 0]);
    const [mine, theirs] = [await states(one), await states(two)];
    expect((mine['ACKNOWLEDGED'] ?? 0) + (theirs['ACKNOWLEDGED'] ?? 0)).toBe(both.length);
    expect((mine['DISPUTED'] ?? 0) + (theirs['DISPUTED'] ?? 0)).toBe(both.length);
    expect((await owners(both)).sort()).toEqual(both.map(({ id }) => id).sort());
  });

  it('goes on by itself while it runs, told by the pushed feed, and ends when it is told to', async () => {
    const one = await school(CODES[2]!);
    const [child] = await children(1);
    let ran!: Promise<Ran>;
    const process = await new Promise<ChildProcess>((resolve) => {
      ran = one.run('start', [], resolve);
    });
    await once(process.stdout!, 'data');
    await takeOverAct(world, garden, 'offerTakeOver', { recordId: child!.id, schoolCode: one.code });
    // Well before the half minute after which it would look by itself.
    const began = performance.now();
    await until(() => one.pupils().some(({ state }) => state === 'ACKNOWLEDGED'));
    expect(performance.now() - began).toBeLessThan(25_000);
    process.kill('SIGTERM');
    expect(await ran).toMatchObject({ code: 0, signal: null, err: '' });
  });

  it(`lose nobody and take nobody twice, killed ${KILLS} times`, { timeout: KILLING_MS }, async () => {
    const both = [await school(CODES[6]!), await school(CODES[7]!)];
    const all = await children(2 * KILLS);
    const before = await inKindergarten();
    const deaths = await kill(both, [...all]);
    expect(deaths.points.sort()).toEqual([...CRASH_POINTS].sort());
    const began = performance.now();
    const last = await Promise.all(both.map((one) => one.run('sync')));
    const drained = (performance.now() - began) / 1000;
    process.stdout.write(
      `${KILLS} kills, ${JSON.stringify(deaths.wire)}; drained in ${drained.toFixed(1)} s\n`,
    );
    expect(last.map(({ code, err }) => [code, err])).toEqual(both.map(() => [0, '']));
    expect(drained).toBeLessThan(60);
    expect(Object.values(deaths.wire).filter((n) => n === 0)).toEqual([]);
    // Everybody who was put on a list, or offered, is there, and at the end of the way.
    const pupils = both.flatMap((one) => one.pupils());
    expect(pupils.length).toBe(deaths.put);
    const at = (state: PupilState) => pupils.filter((pupil) => pupil.state === state);
    const ended = [...at('ACKNOWLEDGED'), ...at('GIVEN_BACK'), ...at('DISPUTED')];
    expect(ended.length).toBe(pupils.length);
    expect(at('ACKNOWLEDGED').filter(({ receipt }) => receipt === null)).toEqual([]);
    // The graph says the same as the two schools together: one owner each, nothing half done, counted once.
    const owned = await owners(all);
    expect(new Set(owned).size).toBe(owned.length);
    expect(owned.length).toBe(at('ACKNOWLEDGED').length);
    expect((await takeOvers()).filter(({ underWay }) => underWay)).toEqual([]);
    expect(await inKindergarten()).toBe(before - owned.length);
    for (const one of both) {
      expect((await one.run('status')).said).toMatchObject({ underWay: 0 });
      expect((await one.run('receipts')).said).toMatchObject({ bad: [] });
    }
  });

  it('leave every record with one owner at each instant, by everything that was seen', () => {
    expect(overlaps(history)).toEqual([]);
    const owned = new Set(
      history.filter(({ state }) => state === 'ACKNOWLEDGED').map(({ recordId }) => recordId),
    );
    expect(owned.size).toBeGreaterThanOrEqual(CHILDREN);
    expect(history.some(({ act, state }) => act === 'cancelTakeOver' && state === 'CANCELLED')).toBe(true);
  });

  /** Lets both schools work until they have died often enough: at every named point, and on the wire. */
  async function kill([first, second]: readonly SchoolAlone[], pool: Enrolled[]) {
    const points = [...CRASH_POINTS];
    const deaths = { points: [] as string[], wire: { asked: 0, done: 0 }, put: 0 };
    let begun = 0;
    /** A child for one school; every fourth has come to both. */
    const comes = async (one: SchoolAlone, other: SchoolAlone, isOffered: boolean) => {
      const child = { ...pool.shift()!, ref: `k${String(begun).padStart(5, '0')}` };
      deaths.put += 1;
      if (isOffered)
        return takeOverAct(world, garden, 'offerTakeOver', { recordId: child.id, schoolCode: one.code });
      one.put([child]);
      if (begun % 4 > 0) return;
      deaths.put += 1;
      other.put([child]);
    };
    /** A child for whom the school made a record of its own, before the other one was found; answers the file that says so. */
    const found = async (one: SchoolAlone): Promise<string> => {
      const { number, bornOn, id } = pool.shift()!;
      const ref = `l${String(begun).padStart(5, '0')}`;
      const schoolNumber = `L190101${bornOn.replaceAll('-', '')}${String(9000 + begun)}`;
      deaths.put += 1;
      one.put([{ id, ref, bornOn, number: schoolNumber }]);
      await one.run('sync');
      const file = join(one.dir, `${ref}.csv`);
      writeFileSync(
        file,
        `ref,number,bornOn,schoolNumber\n${[ref, number, bornOn, schoolNumber].join(',')}\n`,
      );
      return file;
    };
    const life = async (one: SchoolAlone, other: SchoolAlone): Promise<void> => {
      while (begun < KILLS) {
        begun += 1;
        const point = points.shift();
        const [act = 'sync'] = point?.split('.') ?? [];
        if (act !== 'link') await comes(one, other, act === 'accept');
        const subject = one.pupils().find(({ state }) => state === 'ACKNOWLEDGED');
        const mayEnd = act === 'cancel' || act === 'release' || (point === undefined && Math.random() < 0.25);
        if (mayEnd && !subject) await one.run('sync');
        const ended = subject ?? one.pupils().find(({ state }) => state === 'ACKNOWLEDGED')!;
        const command =
          act === 'link'
            ? ['late', await found(one)]
            : mayEnd
              ? [act === 'release' ? act : 'cancel', ended.ref, '--reason', '误收']
              : ['sync'];
        const crash = point === undefined ? [] : ['--crash-at', point];
        const { signal, err } = await one.run(command[0]!, [...command.slice(1), ...crash], (child) => {
          if (point === undefined) doomed.set(one.code, doom(child, mayEnd ? 1 : 4));
        });
        if (signal !== 'SIGKILL') throw new Error(`It was to die at ${point ?? 'a request'}: ${err}`);
        if (point !== undefined) deaths.points.push(point);
        else deaths.wire[doomed.get(one.code)!.when] += 1;
        doomed.delete(one.code);
      }
    };
    await Promise.all([life(first!, second!), life(second!, first!)]);
    return deaths;
  }
});

/** A process that dies at one of its next requests: before the graph has heard it, or when it has done what was asked. */
interface Doom {
  readonly child: ChildProcess;
  readonly when: 'asked' | 'done';
  left: number;
}
/** To give one pupil back takes one request, to carry everybody on at least six. */
const doom = (child: ChildProcess, requests: number): Doom => ({
  child,
  when: Math.random() < 0.5 ? 'asked' : 'done',
  left: 1 + Math.floor(Math.random() * requests),
});

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 100));
}

/** The n-th child; no two of one name and birth date, who would all be held against each other. */
function oneOf(n: number): Child {
  const bornOn = addDays('2019-10-01', n % 300);
  const name = `甲${String.fromCharCode(0x4e00 + (n % 5000))}`;
  return inventedChild(1 + Math.floor(n / 300), { bornOn, name });
}

/** Who decides on the n-th child; a county shares such work out. */
const decidingOn = (n: number) => ({ ...deciding, account: `county-clerk-${2 + Math.floor(n / PER_CLERK)}` });

/** What one request and its answer say of each take-over in it. */
function seenIn(query: string, variables: Record<string, unknown>, text: string, invoked: number): Seen[] {
  const act = /acted: (\w+?)TakeOvers/.exec(query)?.[1];
  if (!act) return [];
  const { items } = variables['input'] as { items: { takeOverId?: string; number?: string }[] };
  const { acted } = (JSON.parse(text) as { data?: { acted: { results: Result[] } | null } }).data ?? {
    acted: null,
  };
  const completed = performance.now();
  return items.flatMap((item, i) => {
    const takeOver = acted?.results[i]?.takeOver ?? null;
    const takeOverId = takeOver?.id ?? item.takeOverId;
    if (takeOverId === undefined) return [];
    const recordId = takeOver?.archive?.number ?? '';
    return [
      {
        recordId,
        takeOverId,
        act: `${act}TakeOver`,
        invoked,
        completed,
        state: takeOver && !takeOver.underWay ? takeOver.state : null,
      },
    ];
  });
}

interface Result {
  readonly takeOver: {
    readonly id: string;
    readonly state: string;
    readonly underWay: boolean;
    readonly archive: { readonly number: string } | null;
  } | null;
}
