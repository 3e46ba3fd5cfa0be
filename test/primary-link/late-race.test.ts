/** Two records are to be linked to one number of a school, at the same moment: one of them is, on both databases. */
import { expect, it } from 'vitest';
import { openPrimaryLink } from '../../subgraphs/primary-link/main.ts';
import { executeSubgraph } from '../../kernel/serve/execute.ts';
import { newId } from '../../kernel/store/ids.ts';
import type { Peers } from '../../kernel/peers.ts';
import { peersFrom } from '../support/peers.ts';
import type { Viewer } from '../../kernel/rules/viewer.ts';
import { openPrimaryLinkStore } from '../../subgraphs/primary-link/store/store.ts';
import { eachDatabase } from '../support/databases.ts';

const PLACE = { provinceCode: '190000', cityCode: '190100', countyCode: '190101' };
const SCHOOLS = ['2119000001', '2119000002'];
const SCHOOL_NUMBER = 'L190101202003150009';
const LINK = `mutation($input: LinkLateRecordsInput!) { act: linkLateRecords(input: $input) {
  results { takeOver { id state } userErrors { code } } } }`;

interface Item {
  readonly recordId?: string | null;
  readonly number?: string | null;
}

/** Records that says of every number but the school's whose it is, and promotes what it is told to. */
function records(): Peers {
  const ids = new Map<string, string>();
  const idOf = (number: string) => ids.get(number) ?? ids.set(number, newId()).get(number)!;
  const subject = ({ number, recordId }: Item) => {
    if (number === SCHOOL_NUMBER) return null;
    const id = recordId ?? idOf(number!);
    const facts = { number: 'L190101202003150001', status: 'GRADUATED', bornOn: '2020-03-15', sex: 'FEMALE' };
    const at = { enteredOn: '2023-09-01', institutionCode: '1119000001', ...PLACE, userErrors: [] };
    return { recordId: id, childId: id, ...facts, ...at };
  };
  return peersFrom({
    entities: () => Promise.reject(new Error('No entity is asked for.')),
    ask: ((
      _: string,
      query: string,
      { items, input }: { items?: Item[]; input?: { items: { takeOverId: string }[] } },
    ) => {
      if (query.includes('takeOverSubjects')) return Promise.resolve({ found: items!.map(subject) });
      const done = { state: 'PROMOTED', number: 'L190101202003150001', userErrors: [] };
      const results = input!.items.map(({ takeOverId }) => ({ takeOverId, ...done }));
      return Promise.resolve({ told: { results, userErrors: [] } });
    }) as Peers['ask'],
  });
}

eachDatabase('One number of a school', (databases) => {
  it('is linked to one record, whoever asks at once and however', { timeout: 60_000 }, async () => {
    const location = await databases.fresh('primary-link');
    const subgraph = await openPrimaryLink({ location, peers: records(), now: () => new Date() });
    const store = await openPrimaryLinkStore(location);
    const at = { status: 'OPEN', ...PLACE, openedOn: '2010-09-01', closedOn: null, version: 1 } as const;
    await store.transaction((tx) =>
      tx.insert(
        store.tables.primarySchool,
        SCHOOLS.map((code) => ({ id: newId(), code, name: '示例小学', ...at })),
      ),
    );
    expect(await store.drift()).toEqual([]);
    let serial = 0;
    const link = async (code: string, count: number) => {
      const viewer: Viewer = {
        account: `at-${code}`,
        role: 'PRIMARY_SCHOOL',
        area: { level: 'INSTITUTION', code },
      };
      const items = Array.from({ length: count }, () => ({
        ...{ number: `L19010120200315${String(1000 + ++serial)}`, bornOn: '2020-03-15' },
        schoolNumber: SCHOOL_NUMBER,
      }));
      const { data } = await executeSubgraph(
        subgraph,
        { query: LINK, variables: { input: { idempotencyKey: newId(), items } } },
        { viewer, requestId: 'r', purpose: 'ADMISSION' },
      );
      return (data!['act'] as { results: { takeOver: object | null; userErrors: { code: string }[] }[] })
        .results;
    };
    const answers = await Promise.all(Array.from({ length: 6 }, (_, n) => link(SCHOOLS[n % 2]!, 2)));
    const all = answers.flat();
    expect(all.filter(({ takeOver }) => takeOver !== null)).toHaveLength(1);
    expect(new Set(all.flatMap(({ userErrors }) => userErrors.map(({ code }) => code)))).toEqual(
      new Set(['SCHOOL_NUMBER_LINKED']),
    );
    await store.close();
    await subgraph.close();
  });
});
