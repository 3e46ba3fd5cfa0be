/**
 * Random viewers ask random things along every path there is, and no answer may hold a value that is not theirs: planted
 * names, numbers, phones, ids and words are looked for in the whole text of it, errors included. What is theirs is said by
 * matrix.ts, which knows nothing of the rules. ACCESS_CASES says how many (2,000 in all; `npm run test:long` asks 20,000).
 */
import { readFileSync } from 'node:fs';
import { buildSchema, getNamedType, isInputObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { viewerOf, type ViewerSpec } from '../../clients/cli/demo/viewer-spec.ts';
import type { Subgraph } from '../../kernel/graph/subgraph.ts';
import { projectFile } from '../../kernel/paths.ts';
import { executeSubgraph } from '../../kernel/serve/execute.ts';
import { embedded } from '../support/databases.ts';
import { startWorld, type World } from '../support/world.ts';
import { GARDENS, PER_GARDEN, plant, type Country, type Garden, type Planted } from './country.ts';
import {
  guards,
  hasOpened,
  judges,
  lies,
  MAY_ASK,
  MAY_DO,
  reads,
  readsLogOf,
  readsOpened,
  seesExport,
  seesGlass,
  STATES,
  unveiled,
  VIEWERS,
} from './matrix.ts';
import { GUARDIANS, OPENER } from './registers.ts';

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
      'accesses(first: 5) { nodes { id account fields } }',
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

const PROBLEM =
  '{ id kind openedBy opened { statement } holder { code } record { id number child { id name } } otherRecord { id } }';
const RUN =
  '{ id listed institution { code } rows(first: 15) { totalCount nodes { state record { id number child { name } } } } }';
const NATIONAL = ['MINISTRY', 'AUDITOR', 'SYSTEM_ADMIN', 'SECURITY_ADMIN', 'AUDIT_ADMIN'];
/** A second root field beside the one asked, for those to whom it is open. */
const mayAlso = ({ role }: ViewerSpec) => MAY_ASK['child']!.includes(role);
const provinceOf = ({ role, region, institution }: ViewerSpec): string | null => {
  if (role === 'MINISTRY') return null;
  const own = GARDENS.find(
    ({ code, county, city, province }) =>
      code === institution || [county, city, province].includes(region ?? ''),
  );
  return own?.province ?? `${(region ?? institution ?? '').slice(0, 2)}0000`;
};

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
    // What each service asks every second about accounts.
    country = await plant(world, () => void vi.advanceTimersByTime(1_000));
  });
  afterAll(async () => {
    vi.useRealTimers();
    await world.close();
  });

  const holds = (viewer: ViewerSpec, child: Planted) =>
    unveiled(viewer, child) && child.holders.some((garden) => lies(garden, viewer));
  const has = (viewer: ViewerSpec, child: Planted) => unveiled(viewer, child) && lies(child.garden, viewer);

  /** What stands in the text and is not the viewer's to read. */
  function leaks(text: string, viewer: ViewerSpec, named: readonly string[]): string[] {
    const { registers } = country;
    const opened = ({ childId }: { readonly childId: string }) => hasOpened(viewer, childId, registers);
    const values = country.secrets
      .filter((secret) => !reads(viewer, secret) && !(opened(secret) && readsOpened(viewer, secret)))
      .flatMap(({ kind, value }) => (text.includes(value) ? [kind] : []));
    const cases = country.cases.flatMap(({ id, record }) => {
      const about = country.children.find(({ recordId }) => recordId === record)!;
      return has(viewer, about) ? [] : [['problem case', id] as const];
    });
    const runs = country.runs.flatMap(({ id, garden }) =>
      lies(garden, viewer) ? [] : [['graduation', id] as const],
    );
    const ids = country.children.flatMap((child) => [
      ...(holds(viewer, child) || opened(child) || isTold(viewer, child)
        ? []
        : [['child', child.childId] as const]),
      ...(has(viewer, child) || opened(child) ? [] : [['record', child.recordId] as const]),
      ...(has(viewer, child) || opened(child) ? [] : [['application', child.applicationId] as const]),
    ]);
    return [
      ...values,
      ...[...ids, ...cases, ...runs, ...kept(viewer)].flatMap(([what, id]) =>
        text.includes(id) && !named.includes(id) ? [`id of ${what}`] : [],
      ),
    ];
  }

  /** Whose child it is, and who reads of a break-glass, knows the child's id. */
  const isTold = (viewer: ViewerSpec, { childId }: Planted) =>
    guards(viewer, childId, country.registers) ||
    country.registers.glasses.some((glass) => glass.childId === childId && seesGlass(viewer, glass));

  /** Ids and words of the registers that are not the viewer's. */
  function kept(viewer: ViewerSpec) {
    const { exports, glasses, entries } = country.registers;
    const judged = glasses.filter((glass) => judges(viewer, glass)).flatMap(({ looks }) => looks);
    return [
      ...exports
        .filter((one) => !seesExport(viewer, one))
        .flatMap(({ id, words }) => [id, ...words].map((text) => ['export', text] as const)),
      ...glasses
        .filter((glass) => !seesGlass(viewer, glass))
        .flatMap(({ id, reason }) => [id, reason].map((text) => ['break-glass', text] as const)),
      ...entries.flatMap(({ id, childId }) => {
        const child = country.children.find((one) => one.childId === childId)!;
        const isOpen = judged.includes(id) || readsLogOf(viewer, child, country.registers);
        return isOpen ? [] : [['log entry', id] as const];
      }),
    ];
  }

  function asking(random: Random): Question {
    const base = random.one(VIEWERS);
    const isOneself = base === OPENER || GUARDIANS.includes(base);
    const states = random.below(2) === 0 ? undefined : STATES[base.role];
    const viewer: ViewerSpec = {
      ...base,
      // Many accounts, so that no budget of the day is spent.
      account: isOneself ? base.account : `${base.account}-${random.below(40)}`,
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
      resolveByDocument: () => [
        `resolveByDocument(documentKind: RESIDENT_ID, documentNumber: "${child.documentNumber}", bornOn: "2022-10-16") { outcome currentNumber }`,
        false,
      ],
      applicationQueues: () => ['applicationQueues { kind waiting overdue }', false],
      problemCase: () => [
        `problemCase(id: "${random.one([...country.cases.map(({ id }) => id), ABSENT])}") ${PROBLEM}`,
        false,
      ],
      problemCases: () => [
        `problemCases${list(where).replace(/, after: "[^"]*"/, '')} { totalCount nodes ${PROBLEM} }`,
        isBeyond,
      ],
      closingList: () => [
        `closingList(institution: "${garden.code}", first: 15) ${connection('Record')}`,
        !lies(garden, viewer),
      ],
      graduationPreview: () => [
        `graduationPreview(institution: "${garden.code}", schoolYear: 2026, first: 15) { totalCount nodes { graduates record { ${selection(random, 'Record', 1)} } } }`,
        !lies(garden, viewer),
      ],
      graduationRun: () => [
        `graduationRun(id: "${random.one([...country.runs.map(({ id }) => id), ABSENT])}") ${RUN}`,
        false,
      ],
      graduationRuns: () => [
        `graduationRuns${list(institution).replace(/, after: "[^"]*"/, '')} { totalCount nodes ${RUN} }`,
        institution !== '' && !lies(garden, viewer),
      ],
      delays: () => {
        const isOwn = viewer.region === garden.county || lies(garden, viewer);
        return [
          `delays(first: 15, filter: { region: "${garden.county}" }) { totalCount nodes { steps open holder { code } oldest { ${selection(random, 'Application', 1)} } } }`,
          !isOwn,
        ];
      },
      settings: () => [
        `settings(province: "${garden.province}") { name reason setBy }`,
        // What holds in one's own province is for everybody of it.
        viewer.role !== 'MINISTRY' && garden.province !== provinceOf(viewer),
      ],
      transferOffers: () => [`transferOffers(first: 15) { totalCount nodes { id child { name } } }`, false],
      takeOvers: () => ['takeOvers(first: 15) { nodes { id } }', false],
      breakGlasses: () => [
        'breakGlasses(first: 15) { totalCount nodes { id account childId reason } }',
        false,
      ],
      breakGlassLooks: () => [
        `breakGlassLooks(breakGlassId: "${random.one([...country.registers.glasses.map(({ id }) => id), child.childId, ABSENT])}", first: 15) { nodes { id at fields purpose requestId } }`,
        false,
      ],
      dataExports: () => [
        `dataExports(first: 15, filter: { region: "${garden.county}" }) { totalCount nodes { id purpose recipient requestedBy downloads { account } } }`,
        NATIONAL.includes(viewer.role) ? false : !lies(garden, viewer),
      ],
      dataExport: () => [
        `dataExport(id: "${random.one([...country.registers.exports.map(({ id }) => id), child.childId, ABSENT])}") { id purpose recipient groundReference downloads { account } }`,
        false,
      ],
      dataExportPart: () => [
        `dataExportPart(ticket: "${random.one([...country.registers.exports.map(({ ticket }) => ticket), ABSENT])}", part: 0)`,
        false,
      ],
      guardedChildren: () => [
        'guardedChildren { id accesses(first: 15) { nodes { id areaCode } } recordAccesses(first: 5) { nodes { id } } takeOverAccesses(first: 5) { nodes { id } } }',
        false,
      ],
      accounts: () => [
        `accounts(first: 15, filter: { region: "${garden.county}" }) { totalCount nodes { name holderName } }`,
        NATIONAL.includes(viewer.role) ? false : !lies(garden, viewer),
      ],
    };
    const [field, beyond] = fields[operation]!();
    // As some other errors come along: a field that cannot be, an id that is none.
    const beside = random.below(12) === 0 && !beyond ? ' child(id: "no-id") { id }' : '';
    const copies = beside === '' ? random.one([1, 1, 1, 2]) : 1;
    const body = Array.from({ length: copies }, (_, i) =>
      copies === 1 && i === 0 ? `${beside === '' ? '' : 'asked: '}${field}` : `a${i}: ${field}`,
    ).join(' ');
    const query =
      random.below(4) === 0
        ? `query { ...Asked } fragment Asked on Query { ${body}${mayAlso(viewer) ? beside : ''} }`
        : `{ ${body}${mayAlso(viewer) ? beside : ''} }`;
    return { viewer, operation, query, variables: {}, beyond, named: [] };
  }

  /** The codes an answer may carry beside what a role may not ask at all. */
  const mayBeRefused = (query: string, role: string) =>
    (/history|changes/.test(query) && !['KINDERGARTEN', 'COUNTY'].includes(role)) ||
    (query.includes('accesses') && role !== 'COUNTY')
      ? ['FORBIDDEN']
      : [];

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
          // A school is told that it must say what for; what is answered masked elsewhere is no use to it masked.
          const unsaid = viewer.role === 'PRIMARY_SCHOOL' && !viewer.purpose ? ['PURPOSE_REQUIRED'] : [];
          // A ticket is its owner's, and the owners ask for nothing here.
          const foreign = operation === 'dataExportPart' ? ['NOT_FOUND'] : [];
          const fitting = [...mayBeRefused(query, viewer.role), ...unsaid, ...foreign];
          const odd = codes.filter((code) => !fitting.includes(code));
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

  it(`lets nobody act on what is not theirs, in ${CASES / 10} acts`, { timeout: 900_000 }, async () => {
    const random = randomness(SEED + 2);
    const found: string[] = [];
    const tally = new Map<string, number>();
    const before = await state();
    for (let n = 0; n < CASES / 10; n++) {
      const { viewer } = asking(random);
      const name = random.one(Object.keys(MAY_DO));
      const foreign = country.children.filter((child) => !holds(viewer, child) && !has(viewer, child));
      if (foreign.length === 0) continue;
      const child = random.one(foreign);
      const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
      const query = `mutation($input: ${type}!) { act: ${name}(input: $input) { userErrors { code message field } } }`;
      const act = (of: Planted | null, times: string) =>
        world.ask<{ act: { userErrors: { code: string }[] } | null }>(viewer, query, {
          input: { idempotencyKey: `act-${n}-${times}`, ...ACTS[name]!(of, viewer, country) },
        });
      const [there, absent] = [await act(child, 'there'), await act(null, 'absent')];
      const say = (what: string) => found.push(`act ${n}: ${viewer.role} ${name}: ${what}`);
      for (const leak of leaks(JSON.stringify(there), viewer, [])) say(`leaks ${leak}`);
      const shape = ({ status, data, errors }: typeof there) =>
        JSON.stringify([status, data, errors?.map(({ message, extensions }) => [message, extensions.code])]);
      // The account's attempts of the day may come to an end between the two.
      const spent = absent.errors?.[0]?.extensions.code === 'RATE_LIMITED';
      if (!spent && shape(there) !== shape(absent)) say(`${shape(there)} and not ${shape(absent)}`);
      const isForbidden = there.errors?.[0]?.extensions.code === 'FORBIDDEN';
      if (isForbidden === MAY_DO[name]!.includes(viewer.role))
        say(isForbidden ? 'is forbidden' : 'is let in');
      if (!isForbidden && (there.data?.act?.userErrors.length ?? 1) === 0) say('is done');
      tally.set(isForbidden ? 'role' : 'refused', (tally.get(isForbidden ? 'role' : 'refused') ?? 0) + 1);
      if (found.length > 5) break;
    }
    expect(found).toEqual([]);
    expect(await state()).toEqual(before);
    expect(tally.get('refused')).toBeGreaterThan(CASES / 100);
  });

  /** What acts could have changed, as those see it who see everything. */
  async function state() {
    const ministry = {
      ...VIEWERS.find(({ role }) => role === 'MINISTRY')!,
      account: 'whole',
      named: ['seeSealedChildren'] as const,
    };
    const auditor = { ...VIEWERS.find(({ role }) => role === 'AUDITOR')!, account: 'whole-log' };
    return Promise.all([
      world.data(
        ministry,
        `{ records(first: 100) { nodes { id status events { seq } placements { fromOn untilOn class { id } } } }
           applications(first: 100) { nodes { id state } } problemCases(first: 100) { nodes { id } }
           children(first: 100) { nodes { id seal { ground } } } }`,
      ),
      world.data(
        auditor,
        '{ breakGlasses(first: 100) { nodes { id verdict } } dataExports(first: 100) { nodes { id state downloads { at } } } }',
      ),
      ...GUARDIANS.map((guardian) => world.data(guardian, '{ guardedChildren { id } }')),
    ]);
  }

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
          ['GuardedChild', 'children', 'childId'],
          ['GuardedChild', 'records', 'childId'],
          ['GuardedChild', 'primary-link', 'childId'],
        ] as const);
        // What a subgraph of its own lets resolve; what lies behind it in another is the gateway's to fetch.
        const own = {
          children: type === 'GuardedChild' ? ['id', `accesses ${ENTRIES}`] : OWN_CHILD,
          records: {
            ...{ Child: LENT, Record: OWN_RECORD, Application: OWN_APPLICATION },
            GuardedChild: ['id', `recordAccesses ${ENTRIES}`],
          }[type],
          'primary-link': ['id', `takeOverAccesses ${ENTRIES}`],
        }[name];
        const query = `query($keys: [_Any!]!) { _entities(representations: $keys) { ... on ${type} { ${random.some(own).join(' ')} } } }`;
        const keys = country.children.map((child) => ({ __typename: type, id: child[key] }));
        const answer = await executeSubgraph(
          subgraph(name),
          { query, variables: { keys } },
          {
            viewer: { ...viewerOf(spec), rights: spec.named ?? [] },
            requestId: 'request',
            purpose: spec.purpose,
          },
        );
        const text = JSON.stringify(answer);
        const named = name === 'records' && type === 'Child' ? keys.map(({ id }) => id) : [];
        for (const leak of leaks(text, spec, named))
          found.push(`case ${n}: ${leak}; ${spec.role} ${name} ${query}`);
        const role = !MAY_ASK[type === 'GuardedChild' ? 'guardedChildren' : 'child']!.includes(spec.role);
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
        const foreign = country.children.find(
          (child) =>
            !child.sealed && !holds(viewer, child) && !hasOpened(viewer, child.childId, country.registers),
        )!;
        const sealed = country.children.find((child) => child.sealed && !holds(viewer, child)) ?? null;
        const cost = async (of: Planted | null) => {
          const statements = () => world.subgraphs.reduce((sum, { stats }) => sum + stats.statements, 0);
          const before = statements();
          const { status, data, errors } = await world.ask(viewer, query(of));
          return { status, data, errors, statements: statements() - before };
        };
        // The first of a day opens the account's row.
        await cost(null);
        const absent = await cost(null);
        expect(await cost(foreign)).toEqual(absent);
        expect(await cost(sealed)).toEqual(absent);
      }
    },
  );
  it('takes no longer over somebody else than over nobody', async () => {
    const viewer = VIEWERS.find(({ role }) => role === 'KINDERGARTEN')!;
    const others = [
      null,
      country.children.find((child) => !child.sealed && !holds(viewer, child))!,
      country.children.find(({ sealed }) => sealed)!,
    ];
    for (const [name, query] of LOOK_UPS.filter(([name]) => ['child', 'recordByNumber'].includes(name))) {
      const taken = others.map((): number[] => []);
      // In turns, so that whatever else the machine does falls on all of them.
      for (let n = 0; n < 30; n++)
        for (const [i, other] of others.entries()) {
          const begun = performance.now();
          await world.ask({ ...viewer, account: `timing-${name}` }, query(other));
          taken[i]!.push(performance.now() - begun);
        }
      const medians = taken.map((times) => times.sort((a, b) => a - b)[times.length / 2]!);
      // Generous: what a lock, a page or an index more would cost shows in the statements above.
      expect([name, Math.max(...medians) < 2 * Math.min(...medians) + 5]).toEqual([name, true]);
    }
  });

  it('hands the file of an export to the account that asked for it, and to nobody else', async () => {
    for (const { ticket, owner, reach } of country.registers.exports) {
      const query = `{ dataExportPart(ticket: "${ticket}", part: 0) }`;
      const approver = { ...owner, account: owner.account.replace(/1$/, '2') };
      for (const viewer of [...VIEWERS, approver]) {
        const { data, errors } = await world.ask<{ dataExportPart: string | null }>(viewer, query);
        const code = MAY_ASK['dataExportPart']!.includes(viewer.role) ? 'NOT_FOUND' : 'FORBIDDEN';
        expect([data, errors?.map(({ extensions }) => extensions.code)]).toEqual([
          { dataExportPart: null },
          [code],
        ]);
      }
      const { dataExportPart: file } = await world.data<{ dataExportPart: string }>(owner, query);
      const names = country.secrets.filter(
        ({ kind, childId, gardens }) =>
          kind === 'CHILD_NAME' &&
          country.children.find((child) => child.childId === childId)!.garden === gardens[0] &&
          gardens[0].county === reach.county,
      );
      for (const { value, sealed } of names) expect([value, file.includes(value)]).toEqual([value, !sealed]);
      expect(file).toContain(owner.role === 'CITY' ? '性别' : '姓名');
    }
  });

  it('refuses every list asked for somewhere else, and narrows none', async () => {
    const [here, there] = [GARDENS[0]!, GARDENS[3]!];
    const garden = VIEWERS.find(({ institution }) => institution === here.code)!;
    const county = VIEWERS.find(({ role, region }) => role === 'COUNTY' && region === here.county)!;
    const city = VIEWERS.find(({ role, region }) => role === 'CITY' && region === here.city)!;
    const security: ViewerSpec = { ...county, account: 'accounts-of-others' };
    const school = VIEWERS.find(({ role }) => role === 'PRIMARY_SCHOOL')!;
    const nodes = '{ nodes { id } }';
    /** By the argument: who asks for what beyond them, and what they may ask. */
    const ROWS: Readonly<Record<string, readonly [ViewerSpec, (of: Garden) => string]>> = {
      'children.institution': [garden, ({ code }) => `children(filter: { institution: "${code}" }) ${nodes}`],
      'childChanges.institution': [
        county,
        ({ code }) => `childChanges(filter: { institution: "${code}" }) ${nodes}`,
      ],
      'records.institution': [garden, ({ code }) => `records(filter: { institution: "${code}" }) ${nodes}`],
      'records.region': [county, (of) => `records(filter: { region: "${of.county}" }) ${nodes}`],
      'applications.institution': [
        garden,
        ({ code }) => `applications(filter: { institution: "${code}" }) ${nodes}`,
      ],
      'applications.region': [county, (of) => `applications(filter: { region: "${of.county}" }) ${nodes}`],
      'problemCases.institution': [
        garden,
        ({ code }) => `problemCases(filter: { institution: "${code}" }) ${nodes}`,
      ],
      'problemCases.region': [county, (of) => `problemCases(filter: { region: "${of.county}" }) ${nodes}`],
      'graduationRuns.institution': [
        garden,
        ({ code }) => `graduationRuns(filter: { institution: "${code}" }) ${nodes}`,
      ],
      'graduationRuns.region': [
        county,
        (of) => `graduationRuns(filter: { region: "${of.county}" }) ${nodes}`,
      ],
      'graduationPreview.institution': [
        garden,
        ({ code }) => `graduationPreview(institution: "${code}", schoolYear: 2026) ${nodes}`,
      ],
      'closingList.institution': [garden, ({ code }) => `closingList(institution: "${code}") ${nodes}`],
      'dataExports.region': [county, (of) => `dataExports(filter: { region: "${of.county}" }) ${nodes}`],
      'delays.region': [county, (of) => `delays(filter: { region: "${of.county}" }) ${nodes}`],
      'enrolmentCounts.region': [
        city,
        (of) => `enrolmentCounts(by: [], filter: { region: "${of.city}" }) { count }`,
      ],
      'settings.province': [county, (of) => `settings(province: "${of.province}") { name }`],
      'accounts.region': [security, (of) => `accounts(filter: { region: "${of.county}" }) ${nodes}`],
      'takeOvers.institution': [
        garden,
        ({ code }) => `takeOvers(filter: { institution: "${code}" }) ${nodes}`,
      ],
      'takeOvers.school': [
        school,
        (of) =>
          `takeOvers(filter: { school: "${of === here ? school.institution! : '2133000009'}" }) ${nodes}`,
      ],
      'clientQuotas.school': [
        school,
        (of) => `clientQuotas(school: "${of === here ? school.institution! : '2133000009'}") { most }`,
      ],
    };
    // What a registry of institutions says is for everybody; an auditor's and a log's authority is the nation's.
    const PUBLIC = [
      'institutions.region',
      'primarySchools.province',
      'primarySchools.city',
      'primarySchools.county',
    ];
    const LOGS = ['child', 'record', 'institution', 'takeOver'].map((of) => `${of}AuditEntries.authority`);
    expect([...Object.keys(ROWS), ...PUBLIC, ...LOGS].sort()).toEqual(placesAsked());
    for (const [argument, [viewer, field]] of Object.entries(ROWS)) {
      const answer = (of: Garden) => world.ask<Record<string, unknown>>(viewer, `{ ${field(of)} }`);
      const [own, other] = [await answer(here), await answer(there)];
      expect([argument, own.errors]).toEqual([argument, undefined]);
      expect([argument, other.errors?.map(({ extensions }) => extensions.code)]).toEqual([
        argument,
        ['FORBIDDEN'],
      ]);
      expect(Object.values(other.data ?? {})).toEqual([null]);
      // Nobody's looks like somebody else's.
      const nobody = await answer({
        code: '1133999999',
        county: '330199',
        city: '339900',
        province: '990000',
      });
      expect([argument, nobody.errors?.map(({ message }) => message)]).toEqual([
        argument,
        other.errors?.map(({ message }) => message),
      ]);
    }
  });
});

const PLACES = ['region', 'institution', 'school', 'province', 'city', 'county', 'authority'];

/** Every argument of the API by which a list or a count is asked for somewhere, as `operation.argument`. */
function placesAsked(): string[] {
  const schema = buildSchema(readFileSync(projectFile('schema', 'api.graphql'), 'utf8'));
  return Object.values(schema.getQueryType()!.getFields())
    .flatMap(({ name, args }) => {
      const inputs = args.flatMap((arg) => {
        const type = getNamedType(arg.type);
        return isInputObjectType(type) ? Object.keys(type.getFields()) : [arg.name];
      });
      return inputs.filter((input) => PLACES.includes(input)).map((input) => `${name}.${input}`);
    })
    .sort();
}

type Acting = (child: Planted | null, viewer: ViewerSpec, country: Country) => object;

/** An act on an export that is not the viewer's. */
const onExport =
  (more: object): Acting =>
  (child, viewer, { registers: { exports } }) => {
    const foreign = exports.find((one) => !seesExport(viewer, one));
    return { exportId: (child && foreign?.id) ?? ABSENT, ...more };
  };

/** What each act is asked to do to a child's things; to nothing there is, where there is no child. */
const ACTS: Readonly<Record<string, Acting>> = {
  updateChild: (child) => ({ childId: child?.childId ?? ABSENT, nationality: 'CHN' }),
  submitEnrolment: (child, { institution }, { classes }) => ({
    enrolment: {
      ...{ childId: child?.childId ?? ABSENT, institutionCode: institution ?? '1133990011' },
      ...{ classId: classes.get(institution ?? '') ?? ABSENT, enteredOn: '2026-10-08' },
    },
  }),
  requestTransfer: (child, { institution }, { classes }) => ({
    ...{ childId: child?.childId ?? ABSENT, institutionCode: institution ?? '1133990011' },
    ...{ classId: classes.get(institution ?? '') ?? ABSENT, enteredOn: '2026-11-20', evidence: [] },
  }),
  requestDeferral: (child) => ({
    ...{ recordId: child?.recordId ?? ABSENT, on: '2026-11-20', until: '2027-11-20', evidence: [] },
  }),
  leave: (child) => ({ recordId: child?.recordId ?? ABSENT, reason: 'MOVED_AWAY', on: '2026-11-20' }),
  moveClass: (child) => ({ recordId: child?.recordId ?? ABSENT, classId: ABSENT, on: '2026-11-20' }),
  withdrawApplication: (child) => ({ applicationId: child?.applicationId ?? ABSENT }),
  returnApplication: (child) => ({ applicationId: child?.applicationId ?? ABSENT, reason: '示例' }),
  refuseApplication: (child) => ({ applicationId: child?.applicationId ?? ABSENT, reason: '示例' }),
  approveApplication: (child) => ({ applicationId: child?.applicationId ?? ABSENT }),
  openProblemCase: (child) => ({ recordId: child?.recordId ?? ABSENT, kind: 'EMPTY', evidence: [] }),
  offerTakeOver: (child, { role }) =>
    role === 'PRIMARY_SCHOOL'
      ? { number: child?.number ?? 'L190101202210150001', bornOn: '2022-10-16' }
      : { recordId: child?.recordId ?? ABSENT, schoolCode: '2133000001' },
  sealChild: (child) => ({ childId: child?.childId ?? ABSENT, ground: 'POLICE', reference: '示例' }),
  unsealChild: (child) => ({ childId: child?.childId ?? ABSENT, ground: 'POLICE', reference: '示例' }),
  bindGuardian: (child) => ({
    ...{ childId: child?.childId ?? ABSENT, account: 'guardian-of-nobody', proof: 'BIRTH_CERTIFICATE' },
  }),
  reviewBreakGlass: (child, viewer, { registers: { glasses } }) => {
    const foreign = glasses.find((glass) => !judges(viewer, glass));
    return { id: (child && foreign?.id) ?? ABSENT, verdict: 'JUSTIFIED', remark: '示例' };
  },
  approveDataExport: onExport({}),
  refuseDataExport: onExport({ reason: '示例' }),
  revokeDataExport: onExport({ reason: '示例' }),
  downloadDataExport: onExport({}),
  // Who is out of the area may be opened; so what is tried here says too little.
  openBreakGlass: (child) => ({
    ...{ documentKind: 'RESIDENT_ID', documentNumber: child?.documentNumber ?? '190101202001010015' },
    ...{ ground: 'MEDICAL', reason: ' ', hours: 0 },
  }),
};

const ENTRIES = '(first: 15) { nodes { id areaCode action } }';
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
