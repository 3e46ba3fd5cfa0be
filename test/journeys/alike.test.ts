/** Many of one name, sex and birth date at once, on MariaDB: each is held against all the others, and none waits for them. */
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { mariadb } from '../support/databases.ts';
import { acts, analyst, deciding, garden, inventedChild, openGardens, type Child } from '../support/story.ts';
import { startWorld, type World } from '../support/world.ts';

const MANY = 90;
const AT_ONCE = 30;

/** Alike to the letter: boys with documents of their own, or without any, told apart by a guardian. */
const withDocument = (n: number): Child => inventedChild(1 + 2 * n);
const withoutDocument = (n: number): Child =>
  inventedChild(1, {
    documentKind: 'NONE',
    documentNumber: null,
    guardians: [{ relation: 'MOTHER', name: `丙${String.fromCharCode(0x4e00 + n)}`, phone: '19900000000' }],
  });
const alike = (n: number): Child => (n % 2 === 0 ? withDocument(n) : withoutDocument(n));
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i);

describe.skipIf(inject('databaseUrl') === null)('Many children alike', () => {
  const databases = mariadb();
  let world: World;
  let clerks: ReturnType<typeof acts>;
  beforeAll(async () => {
    // What a subgraph does by itself each second is nobody's act, and here not counted as one.
    vi.useFakeTimers({ toFake: ['setInterval'] });
    world = await startWorld({
      databases,
      wiring: 'in one process',
      now: () => new Date('2026-11-28T02:00:00Z'),
    });
    clerks = acts(world, await openGardens(world));
  });
  afterAll(async () => {
    await world?.close();
    vi.useRealTimers();
  });

  /** Not one statement for each child, let alone for each pair of them. */
  const inFew = async <T>(act: Promise<T>): Promise<T> => {
    const sent = () => world.subgraphs.reduce((sum, { stats }) => sum + stats.statements, 0);
    const before = sent();
    const answer = await act;
    expect(sent() - before).toBeLessThan(MANY);
    return answer;
  };
  const counted = async () => {
    const { enrolmentCounts } = await world.data<{ enrolmentCounts: { count: number }[] }>(
      analyst,
      '{ enrolmentCounts(by: []) { count } }',
    );
    return enrolmentCounts[0]?.count ?? 0;
  };

  it(`${MANY} in one batch are registered, submitted and approved, each act with fewer statements than there are children`, async () => {
    const registering = world.data<{
      registerChildren: {
        results: {
          child: { id: string };
          created: boolean;
          warnings: { code: string; messageEn: string }[];
        }[];
      };
    }>(garden, REGISTER_SAYING, { input: { idempotencyKey: 'alike', items: upTo(MANY).map(alike) } });
    const { results } = (await inFew(registering)).registerChildren;
    expect(results.map(({ created }) => created)).toEqual(upTo(MANY).map(() => true));
    // Each is told how many there were before it.
    expect(
      results.map(
        ({ warnings }) => warnings.find(({ code }) => code === 'POSSIBLE_DUPLICATE')?.messageEn ?? null,
      ),
    ).toEqual(
      upTo(MANY).map((n) =>
        n === 0
          ? null
          : `${n} more children have the same name, sex and birth date; please check (a warning only).`,
      ),
    );
    const submitted = await inFew(
      clerks.submit(
        garden,
        results.map(({ child }) => child.id),
      ),
    );
    expect(
      submitted.results.map(({ warnings }) => warnings.some(({ code }) => code === 'POSSIBLE_DUPLICATE')),
    ).toEqual(upTo(MANY).map(() => true));
    const { results: approved } = await inFew(
      clerks.approve(
        deciding,
        submitted.results.map(({ application }) => application!.id),
      ),
    );
    expect(approved.map(({ record }) => [record?.status, record?.number?.[0]])).toEqual(
      upTo(MANY).map((n) => ['ENROLLED', n % 2 === 0 ? 'G' : 'L']),
    );
    expect(new Set(approved.map(({ record }) => record!.number)).size).toBe(MANY);
    expect(await counted()).toBe(MANY);
  });

  it(`${AT_ONCE} by as many calls at once all become records, each with a number of its own`, async () => {
    const numbers = await Promise.all(
      upTo(AT_ONCE).map(async (n) => {
        const applications = await clerks.enrol(garden, [alike(MANY + n)]);
        const { results } = await clerks.approve(deciding, applications);
        return results[0]!.record?.number;
      }),
    );
    expect(numbers.map((number) => number?.[0])).toEqual(upTo(AT_ONCE).map((n) => (n % 2 === 0 ? 'G' : 'L')));
    expect(new Set(numbers).size).toBe(AT_ONCE);
    expect(await counted()).toBe(MANY + AT_ONCE);
  });

  it.each([
    ['with a document', withDocument(400)],
    ['without one', withoutDocument(401)],
  ])(
    'and one child %s that comes in as many calls at once is one child with one record',
    async (_, child) => {
      const before = await counted();
      const registered = await Promise.all(upTo(AT_ONCE).map(() => clerks.register(garden, [child])));
      const results = registered.map(({ results }) => results[0]!);
      expect(results.filter(({ created }) => created).length).toBe(1);
      const ids = new Set(results.map(({ child }) => child!.id));
      expect(ids.size).toBe(1);
      const submitted = await Promise.all(upTo(AT_ONCE).map(() => clerks.submit(garden, [...ids])));
      const applications = submitted.flatMap(({ results }) => results[0]!.application?.id ?? []);
      expect(applications.length).toBe(1);
      expect(submitted.flatMap(({ results }) => results[0]!.userErrors.map(({ code }) => code))).toEqual(
        Array.from({ length: AT_ONCE - 1 }, () => 'ALREADY_ENROLLED'),
      );
      const { results: approved } = await clerks.approve(deciding, applications);
      expect(approved.map(({ record }) => record?.status)).toEqual(['ENROLLED']);
      expect(await counted()).toBe(before + 1);
    },
  );
});

const REGISTER_SAYING = `mutation($input: RegisterChildrenInput!) { registerChildren(input: $input) {
  results { child { id } created warnings { code messageEn } } } }`;
