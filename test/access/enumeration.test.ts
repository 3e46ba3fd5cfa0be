/** Trying numbers out: so many a day are answered and not one more, whatever the packing and whatever the way. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildSchema } from 'graphql';
import { readFileSync } from 'node:fs';
import type { ViewerSpec } from '../../clients/cli/demo/viewer-spec.ts';
import { projectFile } from '../../kernel/paths.ts';
import { PURPOSE_HEADER } from '../../kernel/rules/purposes.ts';
import { embedded } from '../support/databases.ts';
import { openSchools, SCHOOL } from '../support/schools.ts';
import { deciding, inventedId } from '../support/story.ts';
import { startWorld, type Answer, type Wiring, type World } from '../support/world.ts';

const GARDEN = '1133990011';
const DAY = { garden: 500, county: 1_000, documents: 2_000 };

describe.each<Wiring>(['in one process', 'over HTTP'])('Who tries numbers out, %s,', (wiring) => {
  let world: World;
  let serial = 0;
  beforeAll(async () => {
    world = await startWorld({ databases: embedded(), wiring });
    await openSchools(world);
  });
  afterAll(() => world.close());

  const clerk = (account: string): ViewerSpec => ({ account, role: 'KINDERGARTEN', institution: GARDEN });
  const county = (account: string): ViewerSpec => ({ account, role: 'COUNTY', region: '330110' });
  const school = (account: string): ViewerSpec => ({
    ...{ account, role: 'PRIMARY_SCHOOL', institution: '2133000001', purpose: 'ADMISSION' },
  });
  const id = () => inventedId('2022-10-15', ++serial % 999);
  const byNumber = (n: number) => `n${n}: recordByNumber(number: "G${id()}") { id }`;
  const byDocument = (n: number) => `d${n}: childByDocument(kind: RESIDENT_ID, number: "${id()}") { id }`;
  const some = (n: number, field: (n: number) => string) =>
    `{ ${Array.from({ length: n }, (_, i) => field(i)).join(' ')} }`;

  /** As the world asks, also with a document of several operations. */
  async function send(viewer: ViewerSpec, request: object) {
    const response = await fetch(world.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await world.token(viewer)}`,
        ...(viewer.purpose && { [PURPOSE_HEADER]: viewer.purpose }),
      },
      body: JSON.stringify(request),
    });
    return (await response.json()) as Answer<Record<string, unknown>>;
  }

  /** How many were answered before the first refusal, which must be of the whole request. */
  async function answered(viewer: ViewerSpec, size: number, document: () => string): Promise<number> {
    for (let asked = 0; asked < 5_000; asked += size) {
      const { data, errors } = await world.ask<Record<string, unknown>>(viewer, document());
      if (!errors) continue;
      expect([...new Set(errors.map(({ extensions }) => extensions.code))]).toEqual(['RATE_LIMITED']);
      expect(Object.values(data ?? {}).filter((value) => value !== null)).toEqual([]);
      return asked;
    }
    throw new Error('Nothing was ever refused.');
  }

  it.each([7, 10, 20])('is answered five hundred record numbers a day, %d to a request', async (size) => {
    const answers = await answered(clerk(`numbers-${size}`), size, () => some(size, byNumber));
    expect(answers).toBe(Math.floor(DAY.garden / size) * size);
  });

  it('has one budget for documents and one for record numbers, and each counts every way of asking', async () => {
    expect(await answered(clerk('documents'), 20, () => some(20, byDocument))).toBe(DAY.garden);
    // Children and records keep a budget each: what one says is nothing the other could be asked by.
    expect(await answered(clerk('documents'), 20, () => some(20, byNumber))).toBe(DAY.garden);
  });

  it('is no better off in several requests at once', async () => {
    const viewer = county('at-once');
    const asked = Array.from({ length: 55 }, () => world.ask(viewer, some(20, byNumber)));
    const answers = await Promise.all(asked);
    expect(answers.filter(({ errors }) => !errors)).toHaveLength(DAY.county / 20);
  });

  it('counts batches and aliases alike where a school asks by document', async () => {
    const viewer = school('school-documents');
    const item = () => `{ documentKind: RESIDENT_ID, documentNumber: "${id()}", bornOn: "2022-10-15" }`;
    const batch = (n: number) => `[${Array.from({ length: n }, item).join(', ')}]`;
    const one = (n: number) => `a${n}: resolveByDocuments(items: ${batch(100)}) { outcome }`;
    expect(await answered(viewer, 200, () => some(2, one))).toBe(DAY.documents);
    const single = `{ resolveByDocument(documentKind: RESIDENT_ID, documentNumber: "${id()}", bornOn: "2022-10-15") { outcome } }`;
    const last = await world.ask(viewer, single);
    expect(last.errors?.map(({ extensions }) => extensions.code)).toEqual(['RATE_LIMITED']);
  });

  const SET = `mutation($input: SetClientQuotaInput!) { setClientQuota(input: $input) { userErrors { code field } } }`;
  const client = (account: string): ViewerSpec => ({ ...school(account), institution: SCHOOL });
  const item = () => ({ number: `G${id()}`, bornOn: '2022-10-15' });
  const resolveOne = (n: number) =>
    `r${n}: resolveNumber(number: "G${id()}", bornOn: "2022-10-15") { outcome }`;
  /** Batches come in variables, since a document of so many words is refused for its length. */
  const batches = (sizes: readonly number[], beside = ''): Packed => ({
    query: `query(${sizes.map((_, i) => `$i${i}: [NumberQuery!]!`).join(', ')}) {
      ${sizes.map((_, i) => `b${i}: resolveNumbers(items: $i${i}) { outcome }`).join(' ')} ${beside} }`,
    variables: Object.fromEntries(sizes.map((size, i) => [`i${i}`, Array.from({ length: size }, item)])),
  });
  interface Packed {
    readonly query: string;
    readonly variables?: object;
    readonly operationName?: string;
  }

  /** How many numbers were answered in all, however they came, until a whole request was refused. */
  async function resolved(viewer: ViewerSpec, packed: () => Packed): Promise<number> {
    let answers = 0;
    for (let requests = 0; requests < 100; requests++) {
      const { data, errors } = await send(viewer, packed());
      const found = Object.values(data ?? {})
        .flat()
        .filter((one) => one !== null);
      answers += found.length;
      if (!errors) continue;
      expect([...new Set(errors.map(({ extensions }) => extensions.code))]).toEqual(['RATE_LIMITED']);
      if (found.length === 0) return answers;
    }
    throw new Error('Nothing was ever refused.');
  }

  it.each<[string, number, number, () => Packed]>([
    ['one by one', 25, 25, () => ({ query: `{ ${resolveOne(0)} }` })],
    ['by twenty aliases', 510, 510, () => ({ query: some(20, resolveOne) })],
    ['in batches of five hundred', 510, 500, () => batches([500])],
    ['in two batches of two hundred and fifty', 510, 500, () => batches([250, 250])],
    ['in batches and aliases at once', 107, 107, () => batches([7, 7], resolveOne(9))],
    [
      'in the one of several operations that is run',
      510,
      510,
      () => ({
        query: `query A { ${resolveOne(0)} } query B ${some(20, resolveOne)}`,
        operationName: 'B',
      }),
    ],
  ])(
    'is answered no more numbers than its client may ask a day: %s',
    async (packing, most, expected, packed) => {
      const account = `client-${packing.replaceAll(' ', '-')}`;
      const { setClientQuota } = await world.data<{ setClientQuota: { userErrors: object[] } }>(
        deciding,
        SET,
        {
          input: { idempotencyKey: account, school: SCHOOL, account, kind: 'NUMBERS', most },
        },
      );
      expect(setClientQuota.userErrors).toEqual([]);
      // Each request comes with a token of its own.
      expect(await resolved(client(account), packed)).toBe(expected);
      // What was left is for smaller requests, and then nobody on that account is answered.
      expect(await resolved(client(account), () => ({ query: `{ ${resolveOne(0)} }` }))).toBe(
        most - expected,
      );
    },
  );

  it('gains nothing by asking a client’s number in many requests at once', async () => {
    const account = 'client-at-once';
    const input = { idempotencyKey: account, school: SCHOOL, account, kind: 'NUMBERS', most: 200 };
    await world.data(deciding, SET, { input });
    const asked = Array.from({ length: 15 }, () => world.ask(client(account), some(20, resolveOne)));
    expect((await Promise.all(asked)).filter(({ errors }) => !errors)).toHaveLength(10);
  });
});

describe('Names', () => {
  it('are nothing anybody can search by', () => {
    const schema = buildSchema(readFileSync(projectFile('schema', 'api.graphql'), 'utf8'));
    const byName = Object.values(schema.getQueryType()!.getFields()).flatMap(({ name, args }) =>
      args.filter((arg) => /name/i.test(arg.name)).map((arg) => `${name}.${arg.name}`),
    );
    // An account's name is no person's.
    expect(byName).toEqual(['account.name']);
    const filters = Object.values(schema.getTypeMap()).filter(({ name }) => /Filter$/.test(name));
    for (const filter of filters)
      expect([
        filter.name,
        Object.keys('getFields' in filter ? filter.getFields() : {}).filter((field) =>
          /name|phone/i.test(field),
        ),
      ]).toEqual([filter.name, []]);
  });
});
