/**
 * Random viewers ask random things along every path there is, and no answer may hold a value that is not theirs: planted
 * names, numbers, phones and ids are looked for in the whole text of it, errors included. What is theirs is said by
 * matrix.ts, which knows nothing of the rules. ACCESS_CASES says how many (2,000 in all; `npm run test:long` asks 20,000).
 */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { viewerOf, type ViewerSpec } from '../../clients/cli/demo/viewer-spec.ts';
import type { Subgraph } from '../../kernel/graph/subgraph.ts';
import { executeSubgraph } from '../../kernel/serve/execute.ts';
import { embedded } from '../support/databases.ts';
import { startWorld, type World } from '../support/world.ts';
import { GARDENS, PER_GARDEN, plant, type Country, type Planted } from './country.ts';
import { lies, MAY_ASK, reads, STATES, VIEWERS } from './matrix.ts';

const CASES = Number(process.env['ACCESS_CASES'] ?? 2_000);
const SEED = Number(process.env['ACCESS_SEED'] ?? 20_261_128);
const ABSENT = '019a0000-0000-7000-8000-000000000000';

/** Mulberry32: small, and the same on every machine. */
function randomness(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    below: (n: number) => Math.floor(next() * n),
    one: <T>(of: readonly T[]): T => of[Math.floor(next() * of.length)]!,
    some: <T>(of: readonly T[]): T[] => {
      const chosen = of.filter(() => next() < 0.5);
      return chosen.length > 0 ? chosen : [of[Math.floor(next() * of.length)]!];
    },
  };
}
type Random = ReturnType<typeof randomness>;

/** Selections, at random and not too deep; each crosses into the other subgraphs. */
function selection(random: Random, type: 'Child' | 'Record' | 'Application', depth = 2): string {
  const deeper = (field: string, of: 'Child' | 'Record' | 'Application') =>
    depth > 0 ? [`${field} { ${selection(random, of, depth - 1)} }`] : [];
  const fields = {
    Child: [
      ...[
        'id',
        'name',
        'sex',
        'bornOn',
        'nationality',
        'householdRegion { code }',
        'documents { kind number }',
      ],
      ...['guardians { relation name phone }', 'history { name document { number } }'],
      ...['changes { account guardians { name phone } }', ...deeper('record', 'Record')],
    ],
    Record: [
      ...[
        'id',
        'status',
        'number',
        'numbers { number }',
        'events { seq account reason }',
        'institution { code name }',
      ],
      ...[
        'placements { id institution { code headcount } class { id headcount } }',
        'availableActions { action }',
      ],
      ...deeper('child', 'Child'),
      ...deeper('applications', 'Application'),
    ],
    Application: [
      ...['id', 'state', 'reason', 'changes { name documentNumber }', 'steps { task }', 'holder { code }'],
      ...deeper('record', 'Record'),
      ...deeper('child', 'Child'),
    ],
  }[type];
  const chosen = random.some(fields).join(' ');
  return random.below(3) === 0 ? `... on ${type} { ${chosen} }` : chosen;
}

interface Question {
  readonly viewer: ViewerSpec;
  readonly operation: string;
  readonly query: string;
  readonly variables: Record<string, unknown>;
  /** Asks for a list or a count of somewhere else, and so must be refused. */
  readonly beyond: boolean;
  /** What the request itself names and an answer may therefore repeat. */
  readonly named: readonly string[];
}

describe('Access', () => {
  let world: World;
  let country: Country;
  const subgraph = (name: Subgraph['name']) => world.subgraphs.find((one) => one.name === name)!;

  beforeAll(async () => {
    // Counts are folded every second; here never, since those statements are nobody's question.
    vi.useFakeTimers({ toFake: ['setInterval'] });
    const now = () => new Date('2026-11-23T02:00:00Z');
    world = await startWorld({ databases: embedded(), wiring: 'in one process', now });
    country = await plant(world);
  });
  afterAll(async () => {
    vi.useRealTimers();
    await world.close();
  });

  const holds = (viewer: ViewerSpec, child: Planted) => child.holders.some((garden) => lies(garden, viewer));
  const has = (viewer: ViewerSpec, child: Planted) => lies(child.garden, viewer);

  /** What stands in the text and is not the viewer's to read. */
  function leaks(text: string, viewer: ViewerSpec, named: readonly string[]): string[] {
    const values = country.secrets
      .filter(({ kind, gardens }) => !reads(viewer, kind, gardens))
      .flatMap(({ kind, value }) => (text.includes(value) ? [kind] : []));
    const ids = country.children.flatMap((child) => [
      ...(holds(viewer, child) ? [] : [['child', child.childId] as const]),
      ...(has(viewer, child) ? [] : [['record', child.recordId] as const]),
      ...(has(viewer, child) ? [] : [['application', child.applicationId] as const]),
    ]);
    return [
      ...values,
      ...ids.flatMap(([what, id]) => (text.includes(id) && !named.includes(id) ? [`id of ${what}`] : [])),
    ];
  }

  function asking(random: Random): Question {
    const base = random.one(VIEWERS);
    const states = random.below(2) === 0 ? undefined : STATES[base.role];
    const viewer: ViewerSpec = {
      ...base,
      // Many accounts, so that no budget of the day is spent.
      account: `${base.account}-${random.below(40)}`,
      ...(states && { purpose: random.one(states) }),
    };
    const operation = random.one(Object.keys(MAY_ASK));
    const child = random.one(country.children);
    const garden = random.one(GARDENS);
    const cursor = Buffer.from(`v1:${random.one([child.childId, child.recordId, ABSENT])}`).toString(
      'base64url',
    );
    const page = random.one(['first: 15', 'first: 2', `first: 15, after: "${cursor}"`]);
    const where = random.one(['', `institution: "${garden.code}"`, `region: "${garden.county}"`]);
    const list = (filter: string) => (filter === '' ? `(${page})` : `(${page}, filter: { ${filter} })`);
    const connection = (type: 'Child' | 'Record' | 'Application') =>
      `{ totalCount edges { cursor node { ${selection(random, type, 1)} } } nodes { ${selection(random, type)} } pageInfo { endCursor } }`;
    // A kindergarten's county is more than its own, and its own part of it would be the answer narrowed.
    const isWider = where.startsWith('region') && viewer.role === 'KINDERGARTEN';
    const isBeyond = where !== '' && (isWider || !lies(garden, viewer));
    const institution = random.one(['', `institution: "${garden.code}"`]);
    const fields: Readonly<Record<string, () => readonly [field: string, beyond: boolean]>> = {
      child: () => [
        `child(id: "${random.one([child.childId, ABSENT])}") { ${selection(random, 'Child')} }`,
        false,
      ],
      childByDocument: () => [
        `childByDocument(kind: RESIDENT_ID, number: "${child.documentNumber}") { ${selection(random, 'Child')} }`,
        false,
      ],
      children: () => [
        `children${list(institution)} ${connection('Child')}`,
        institution !== '' && !lies(garden, viewer),
      ],
      childChanges: () => [
        `childChanges${list(institution)} { totalCount nodes { account guardians { name phone } child { ${selection(random, 'Child')} } } }`,
        institution !== '' && !lies(garden, viewer),
      ],
      record: () => [
        `record(id: "${random.one([child.recordId, ABSENT])}") { ${selection(random, 'Record')} }`,
        false,
      ],
      records: () => [`records${list(where)} ${connection('Record')}`, isBeyond],
      recordByNumber: () => [
        `recordByNumber(number: "${child.number}") { ${selection(random, 'Record')} }`,
        false,
      ],
      application: () => [
        `application(id: "${random.one([child.applicationId, ABSENT])}") { ${selection(random, 'Application')} }`,
        false,
      ],
      applications: () => [
        `applications${list(where).replace(/, after: "[^"]*"/, '')} ${connection('Application')}`,
        isBeyond,
      ],
      enrolmentCounts: () => {
        const region = random.one([garden.county, garden.city, garden.province]);
        const inside: Readonly<Record<string, boolean>> = {
          MINISTRY: true,
          MINISTRY_ANALYST: true,
          PROVINCE: garden.province === viewer.region,
          CITY: garden.city === viewer.region && region !== garden.province,
          COUNTY: region === viewer.region,
        };
        return [
          `enrolmentCounts(by: [SEX], filter: { region: "${region}" }) { sex count }`,
          inside[viewer.role] !== true,
        ];
      },
      resolveNumber: () => [
        `resolveNumber(number: "${child.number}", bornOn: "2022-10-16") { outcome currentNumber status institution { name } }`,
        false,
      ],
    };
    const [field, beyond] = fields[operation]!();
    const copies = random.one([1, 1, 1, 2]);
    const body = Array.from({ length: copies }, (_, i) =>
      copies === 1 && i === 0 ? field : `a${i}: ${field}`,
    ).join(' ');
    const query =
      random.below(4) === 0 ? `query { ...Asked } fragment Asked on Query { ${body} }` : `{ ${body} }`;
    return { viewer, operation, query, variables: {}, beyond, named: [] };
  }

  /** The codes an answer may carry beside what a role may not ask at all. */
  const mayBeRefused = (query: string, role: string) =>
    /history|changes/.test(query) && !['KINDERGARTEN', 'COUNTY'].includes(role) ? ['FORBIDDEN'] : [];

  it(
    `shows nobody what is not theirs, in ${CASES / 2} questions along every path`,
    { timeout: 900_000 },
    async () => {
      const random = randomness(SEED);
      const found: string[] = [];
      const tally = new Map<string, number>();
      const count = (what: string) => tally.set(what, (tally.get(what) ?? 0) + 1);
      for (let n = 0; n < CASES / 2; n++) {
        const { viewer, operation, query, variables, beyond, named } = asking(random);
        const answer = await world.ask<Record<string, unknown>>(viewer, query, variables);
        const text = JSON.stringify(answer);
        const say = (what: string) =>
          found.push(`case ${n}: ${what}; ${viewer.role} ${viewer.purpose ?? '-'} ${query}`);
        for (const leak of leaks(text, viewer, named)) say(`leaks ${leak}`);
        const codes = [...new Set(answer.errors?.map(({ extensions }) => extensions.code))];
        const mayAsk = MAY_ASK[operation]!.includes(viewer.role);
        // The gateway thought it too dear and asked nobody.
        if (codes.join() === 'COST_LIMIT_EXCEEDED' && answer.data == null) {
          count('dear');
        } else if (!mayAsk || beyond) {
          if (codes.join() !== 'FORBIDDEN') say(`is answered ${codes.join() || 'in full'}`);
          if (Object.values(answer.data ?? {}).some((value) => value !== null))
            say('is refused and has data');
          count(mayAsk ? 'beyond' : 'role');
        } else {
          const odd = codes.filter((code) => !mayBeRefused(query, viewer.role).includes(code));
          if (answer.status !== 200 || odd.length > 0)
            say(`is answered ${answer.status} ${odd.join()} ${answer.errors?.[0]?.message ?? ''}`);
          count('asked');
        }
        if (found.length > 5) break;
      }
      expect(found).toEqual([]);
      // The property means nothing if hardly anything is asked.
      for (const what of ['asked', 'role', 'beyond'])
        expect([what, (tally.get(what) ?? 0) > CASES / 40]).toEqual([what, true]);
    },
  );

  it(
    `shows nobody more by entity keys, which the gateway sends, in ${CASES / 2} questions`,
    { timeout: 900_000 },
    async () => {
      const random = randomness(SEED + 1);
      const found: string[] = [];
      let shown = 0;
      for (let n = 0; n < CASES / 2; n++) {
        const { viewer: spec } = asking(random);
        const [type, name, key] = random.one([
          ['Child', 'children', 'childId'],
          ['Child', 'records', 'childId'],
          ['Record', 'records', 'recordId'],
          ['Application', 'records', 'applicationId'],
        ] as const);
        // What a subgraph of its own lets resolve; what lies behind it in another is the gateway's to fetch.
        const own = {
          children: OWN_CHILD,
          records: { Child: LENT, Record: OWN_RECORD, Application: OWN_APPLICATION }[type],
        }[name];
        const query = `query($keys: [_Any!]!) { _entities(representations: $keys) { ... on ${type} { ${random.some(own).join(' ')} } } }`;
        const keys = country.children.map((child) => ({ __typename: type, id: child[key] }));
        const answer = await executeSubgraph(
          subgraph(name),
          { query, variables: { keys } },
          { viewer: viewerOf(spec), requestId: 'request', purpose: spec.purpose },
        );
        const text = JSON.stringify(answer);
        const named = name === 'records' && type === 'Child' ? keys.map(({ id }) => id) : [];
        for (const leak of leaks(text, spec, named))
          found.push(`case ${n}: ${leak}; ${spec.role} ${name} ${query}`);
        const role = !MAY_ASK['child']!.includes(spec.role);
        if (role && answer.errors?.some(({ extensions }) => extensions?.['code'] !== 'FORBIDDEN'))
          found.push(`case ${n}: odd error`);
        if (role && !answer.errors) found.push(`case ${n}: ${spec.role} is answered ${query}`);
        if (!role && text.includes(':')) shown++;
        if (found.length > 5) break;
      }
      expect(found).toEqual([]);
      expect(shown).toBeGreaterThan(CASES / 10);
    },
  );

  it.each(VIEWERS.filter(({ role }) => MAY_ASK['child']!.includes(role)))(
    'tells $role $region$institution as many as there are, on every path',
    async (viewer) => {
      const records = country.children.filter((child) => has(viewer, child)).length;
      const children = country.children.filter((child) => holds(viewer, child)).length;
      const counted = await world.data<{
        records: { totalCount: number | null; nodes: unknown[] };
        children: { totalCount: number | null; nodes: unknown[] };
        applications: { nodes: unknown[] };
        enrolmentCounts: { count: number }[];
      }>(
        viewer,
        `{ records(first: 100) { totalCount nodes { id } } children(first: 100) { totalCount nodes { id } }
           applications(first: 100) { nodes { id } } enrolmentCounts(by: []) { count } }`,
      );
      const small = ['COUNTY', 'KINDERGARTEN'].includes(viewer.role);
      expect(counted.records.nodes).toHaveLength(records);
      expect(counted.children.nodes).toHaveLength(children);
      expect(counted.applications.nodes).toHaveLength(records);
      expect(counted.enrolmentCounts.reduce((sum, { count }) => sum + count, 0)).toBe(records);
      expect([counted.records.totalCount, counted.children.totalCount]).toEqual(
        small ? [records, children] : [null, null],
      );
      expect(country.children).toHaveLength(GARDENS.length * PER_GARDEN);
    },
  );

  const LOOK_UPS = [
    ['child', (child: Planted | null) => `{ child(id: "${child?.childId ?? ABSENT}") { id name } }`],
    [
      'record',
      (child: Planted | null) =>
        `{ record(id: "${child?.recordId ?? ABSENT}") { id number child { name } } }`,
    ],
    [
      'application',
      (child: Planted | null) =>
        `{ application(id: "${child?.applicationId ?? ABSENT}") { id child { name } } }`,
    ],
    [
      'childByDocument',
      (child: Planted | null) =>
        `{ childByDocument(kind: RESIDENT_ID, number: "${child?.documentNumber ?? '190101202001010015'}") { id } }`,
    ],
    [
      'recordByNumber',
      (child: Planted | null) =>
        `{ recordByNumber(number: "${child?.number ?? 'L190101202210150001'}") { id } }`,
    ],
  ] as const;
  const BOTH = ['KINDERGARTEN', 'COUNTY'];

  it.each(LOOK_UPS)(
    'answers %s of somebody else like one that is not there: the same words, the same statements',
    async (_, query) => {
      for (const viewer of VIEWERS.filter(({ role }) => BOTH.includes(role))) {
        const foreign = country.children.find((child) => !holds(viewer, child))!;
        const cost = async (of: Planted | null) => {
          const statements = () => world.subgraphs.reduce((sum, { stats }) => sum + stats.statements, 0);
          const before = statements();
          const { status, data, errors } = await world.ask(viewer, query(of));
          return { status, data, errors, statements: statements() - before };
        };
        // The first of a day opens the account's row.
        await cost(null);
        expect(await cost(foreign)).toEqual(await cost(null));
      }
    },
  );
});

const OWN_CHILD = ['name', 'sex', 'documents { number }', 'guardians { name phone }', 'bornOn', 'id'];
const OWN_RECORD = [
  'id',
  'number',
  'numbers { number }',
  'placements { id }',
  'events { account }',
  'child { id }',
];
const OWN_APPLICATION = ['id', 'state', 'record { id number }', 'child { id }', 'changes { name }'];
const LENT = ['record { id number child { id } }', 'record { numbers { number } placements { id } }'];
