import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { fault } from '../../kernel/graph/faults.ts';
import type { Subgraph } from '../../kernel/graph/subgraph.ts';
import { ROLES, type Viewer } from '../../kernel/rules/viewer.ts';
import { entriesAfter } from '../../kernel/store/audit/reading.ts';
import { raw } from '../../kernel/store/sql.ts';
import { executeSubgraph } from '../../kernel/serve/execute.ts';
import { openPrimaryLink } from '../../subgraphs/primary-link/main.ts';
import type { FoundRecord } from '../../subgraphs/primary-link/rules/resolution.ts';
import { clientUseQueries } from '../../subgraphs/primary-link/store/client-use.ts';
import { openPrimaryLinkStore } from '../../subgraphs/primary-link/store/store.ts';
import { eachDatabase } from '../support/databases.ts';
import { peersFrom } from '../support/peers.ts';

type Question = { number: string; bornOn: string };

const KNOWN = { number: 'L190101202205200001', bornOn: '2022-05-20' };
const RECORD: FoundRecord = {
  ...{ recordId: '01900000-0000-7000-8000-000000000001', childId: '01900000-0000-7000-8000-000000000002' },
  ...{ bornOn: '2022-05-20', sex: 'FEMALE', enteredOn: '2025-10-08' },
  ...{ provinceCode: '330000', cityCode: '330100', countyCode: '330110' },
  currentNumber: 'L190101202205200002',
  status: 'GRADUATED',
  issuedOn: '2025-10-08',
  changedOn: '2026-03-02',
  changeReason: 'ID_PROVEN',
  institutionCode: '1133000001',
};

/** Five hundred other children, each with a number of its own. */
const MANY_BORN = '2022-05-21';
const MANY_CHILDREN = new Map<string, FoundRecord>(
  Array.from({ length: 500 }, (_, i) => {
    const serial = String(i + 1).padStart(4, '0');
    const found = { ...RECORD, childId: `01900000-0000-7000-8000-10000000${serial}`, bornOn: MANY_BORN };
    return [`L19010120220521${serial}`, found] as const;
  }),
);

/** The records subgraph as far as it is asked here. */
const records = {
  dark: false,
  asked: [] as Question[][],
  peers: peersFrom({
    entities: () => Promise.reject(new Error('No entity is asked for.')),
    ask: <T>(_to: string, _query: string, { items }: { items?: Question[] }) => {
      if (records.dark) return Promise.reject(fault('SUBGRAPH_UNAVAILABLE', '不可用。', 'Not available.'));
      records.asked.push(items!);
      const found = items!.map(({ number, bornOn }) =>
        number === KNOWN.number && bornOn === KNOWN.bornOn
          ? RECORD
          : bornOn === MANY_BORN
            ? (MANY_CHILDREN.get(number) ?? null)
            : null,
      );
      return Promise.resolve({ found } as T);
    },
  }),
};

const school = (account: string): Viewer => ({
  account,
  role: 'PRIMARY_SCHOOL',
  area: { level: 'INSTITUTION', code: '2133000001' },
});
const ONE = `query($number: String!, $bornOn: LocalDate!) { resolveNumber(number: $number, bornOn: $bornOn) {
  outcome currentNumber status issuedOn changedOn changeReason institution { code } message messageEn } }`;
const SHOWN = `query($items: [NumberQuery!]!) { resolveNumbers(items: $items) { currentNumber archive { number } } }`;
const MANY = `query($items: [NumberQuery!]!) { resolveNumbers(items: $items) { outcome } }`;

eachDatabase('Resolving numbers', (databases) => {
  let subgraph: Subgraph;
  let store: Awaited<ReturnType<typeof openPrimaryLinkStore>>;
  let now = new Date('2026-09-01T02:00:00.000Z');

  const ask = async (viewer: Viewer, query: string, variables: Record<string, unknown>) => {
    const { data, errors } = await executeSubgraph(
      subgraph,
      { query, variables },
      { viewer, requestId: 'request-1', purpose: 'ADMISSION' },
    );
    return {
      data: JSON.parse(JSON.stringify(data ?? null)) as unknown,
      codes: errors?.map((e) => e.extensions?.['code']),
    };
  };
  const askMany = (account: string, n: number) =>
    ask(school(account), MANY, { items: Array.from({ length: n }, () => KNOWN) });
  const use = async (account: string, day: string) => {
    const queries = clientUseQueries(store);
    const area = school(account).area;
    const groups = await queries.clientUse({ area, from: day, until: day, by: ['ACCOUNT'] }, 100);
    const counts = groups.find((group) => group.account === account);
    const used = (await queries.quotasUsed(account, day)).get('NUMBERS') ?? 0;
    return counts ? [used, counts.found] : null;
  };

  beforeAll(async () => {
    const location = await databases.fresh('primary-link');
    subgraph = await openPrimaryLink({ location, peers: records.peers, now: () => now });
    store = await openPrimaryLinkStore(location);
  });
  afterAll(async () => {
    await store.close();
    await subgraph.close();
  });
  beforeEach(() => {
    records.dark = false;
    records.asked = [];
    now = new Date('2026-09-01T02:00:00.000Z');
  });

  it('leaves nothing for the schema to catch up on', async () => {
    expect(await store.drift()).toEqual([]);
  });

  it('tells a primary school the little it needs', async () => {
    expect(await ask(school('a'), ONE, KNOWN)).toEqual({
      codes: undefined,
      data: {
        resolveNumber: {
          outcome: 'FOUND',
          currentNumber: 'L190101202205200002',
          status: 'GRADUATED',
          issuedOn: '2025-10-08',
          changedOn: '2026-03-02',
          changeReason: 'ID_PROVEN',
          institution: { code: '1133000001' },
          message: '有学前学籍，入学后沿用现学籍号。',
          messageEn: 'There is a preschool record; the child keeps its current number in primary school.',
        },
      },
    });
  });

  it('answers every kind of nothing alike', async () => {
    const nothings = [
      { ...KNOWN, bornOn: '2022-05-21' },
      { ...KNOWN, number: 'L190101202205209999' },
      { ...KNOWN, number: 'not a number' },
      { ...KNOWN, number: '' },
    ];
    const answers = await Promise.all(nothings.map((question) => ask(school('b'), ONE, question)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({
      data: { resolveNumber: { outcome: 'NO_PRESCHOOL_RECORD', currentNumber: null, institution: null } },
    });
  });

  it('asks records once for a whole list and answers in its order', async () => {
    const items = [KNOWN, { ...KNOWN, number: 'x' }, KNOWN];
    expect((await ask(school('c'), MANY, { items })).data).toEqual({
      resolveNumbers: [{ outcome: 'FOUND' }, { outcome: 'NO_PRESCHOOL_RECORD' }, { outcome: 'FOUND' }],
    });
    expect(records.asked).toEqual([items]);
    expect(await use('c', '2026-09-01')).toEqual([3, 2]);
  });

  it('refuses 501 items and a date that does not exist, and counts neither', async () => {
    expect((await askMany('d', 501)).codes).toEqual(['BAD_USER_INPUT']);
    expect((await ask(school('d'), ONE, { ...KNOWN, bornOn: '2022-02-30' })).codes).toHaveLength(1);
    expect(await use('d', '2026-09-01')).toBeNull();
  });

  const noted = (account: string) => entriesAfter(store, store.reader, { account }, null, 1000);
  const many = (n: number) =>
    [...MANY_CHILDREN.keys()].slice(0, n).map((number) => ({ number, bornOn: MANY_BORN }));

  it('writes down whose number it shows, each child once a request, before it is shown', async () => {
    const items = [KNOWN, ...many(1), { ...KNOWN, bornOn: '2022-05-21' }, KNOWN];
    const { data } = await ask(school('k'), SHOWN, { items });
    const number = 'L190101202205200002';
    const shown = { currentNumber: number, archive: { number } };
    expect(data).toEqual({
      resolveNumbers: [shown, shown, { currentNumber: null, archive: null }, shown],
    });
    const entry = {
      ...{ account: 'k', role: 'PRIMARY_SCHOOL', areaLevel: 'INSTITUTION', areaCode: '2133000001' },
      ...{ action: 'READ', authority: '330110', subjectType: 'Child', fields: ['RECORD_NUMBER'] },
      ...{ purpose: 'ADMISSION', requestId: 'request-1', caseId: null, reason: null },
    };
    const children = [RECORD.childId, MANY_CHILDREN.get(many(1)[0]!.number)!.childId];
    // Entries of one moment have no order of their own.
    const found = [...(await noted('k'))].sort((a, b) => (a.childId! < b.childId! ? -1 : 1));
    expect(found).toMatchObject(children.map((childId) => ({ ...entry, childId, subjectId: childId })));
  });

  it('writes down nothing where no number is shown: not found, not asked for, or refused', async () => {
    await ask(school('l'), SHOWN, { items: [{ ...KNOWN, bornOn: '2022-05-22' }] });
    await ask(school('l'), MANY, { items: [KNOWN] });
    records.dark = true;
    await ask(school('l'), SHOWN, { items: [KNOWN] });
    expect(await noted('l')).toEqual([]);
  });

  it('shows 500 numbers for hardly more statements than one, and every kind of nothing for the same', async () => {
    const costOf = async (items: Question[]) => {
      const costs: number[] = [];
      // The clock asks now and then by itself; of three times the cheapest is without it.
      for (let n = 0; n < 3; n++) {
        const before = subgraph.stats.statements;
        await ask(school('m'), SHOWN, { items });
        costs.push(subgraph.stats.statements - before);
      }
      return Math.min(...costs);
    };
    const [one, all] = [await costOf(many(1)), await costOf(many(500))];
    const onMariaDb = databases.kind === 'MariaDB';
    // What is written down is a transaction of its own: one insert on MariaDB; SQLite takes 500 rows in 13.
    expect([one, all]).toEqual(onMariaDb ? [15, 15] : [12, 24]);
    const nothings = [
      { ...KNOWN, bornOn: '2022-05-23' },
      { ...KNOWN, number: 'L190101202205209999' },
      { ...KNOWN, number: 'not a number' },
    ];
    for (const nothing of nothings) expect(await costOf([nothing])).toBe(onMariaDb ? 7 : 6);
  });

  it('shows no number that it cannot write down', async () => {
    const rename = (from: string, to: string) =>
      store.transaction((tx) => tx.execute(raw(`ALTER TABLE ${from} RENAME TO ${to}`)));
    await rename('audit_entry', 'audit_entry_away');
    const { data, codes } = await ask(school('n'), SHOWN, { items: [KNOWN] });
    await rename('audit_entry_away', 'audit_entry');
    expect(codes?.length).toBeGreaterThan(0);
    expect(JSON.stringify(data)).not.toContain('L190101');
  });

  it('answers an empty list with an empty list', async () => {
    expect(await askMany('e', 0)).toEqual({ codes: undefined, data: { resolveNumbers: [] } });
  });

  it('stops a client at 20,000 items a day, by the day of China, and no other client', async () => {
    for (let n = 0; n < 40; n++) expect((await askMany('f', 500)).codes).toBeUndefined();
    expect((await askMany('f', 1)).codes).toEqual(['RATE_LIMITED']);
    expect(await use('f', '2026-09-01')).toEqual([20_000, 20_000]);
    expect((await askMany('g', 1)).codes).toBeUndefined();
    now = new Date('2026-09-01T15:59:59.999Z');
    expect((await askMany('f', 1)).codes).toEqual(['RATE_LIMITED']);
    now = new Date('2026-09-01T16:00:00.000Z');
    expect((await askMany('f', 1)).codes).toBeUndefined();
    expect(await use('f', '2026-09-02')).toEqual([1, 1]);
  });

  it('counts right when many requests come at once', async () => {
    const answers = await Promise.all(Array.from({ length: 45 }, () => askMany('h', 500)));
    expect(answers.filter(({ codes }) => codes?.[0] === 'RATE_LIMITED')).toHaveLength(5);
    expect(await use('h', '2026-09-01')).toEqual([20_000, 20_000]);
  });

  it('still counts what was asked while records is dark', async () => {
    records.dark = true;
    expect((await askMany('i', 2)).codes).toEqual(['SUBGRAPH_UNAVAILABLE']);
    expect(await use('i', '2026-09-01')).toEqual([2, 0]);
  });

  it.each(ROLES.filter((role) => role !== 'PRIMARY_SCHOOL'))('is not for %s', async (role) => {
    const viewer = { ...school('j'), role };
    expect((await ask(viewer, ONE, KNOWN)).codes).toEqual(['FORBIDDEN']);
    expect((await ask(viewer, MANY, { items: [KNOWN] })).codes).toEqual(['FORBIDDEN']);
    expect(await use('j', '2026-09-01')).toBeNull();
  });
});
