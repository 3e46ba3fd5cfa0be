import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ViewerSpec } from '../../clients/cli/demo/viewer-spec.ts';
import { acts, deciding, garden, openGardens } from '../support/story.ts';
import { claim, enrolled, openSchools, otherSchool, school, takeOverAct } from '../support/schools.ts';
import { everywhere, type World } from '../support/world.ts';

const NOW = new Date('2026-11-28T02:00:00.000Z');
const PARTS = [0, 1, 2, 3];
const partOf = (recordId: string) => parseInt(recordId.slice(-1), 16) % 4;

interface Change {
  readonly id: string;
  readonly seq: number;
  readonly cursor: string;
  readonly recordId: string;
  readonly version: number;
  readonly kinds: readonly string[];
  readonly status: string | null;
  readonly takeOverState: string | null;
  readonly tombstone: boolean;
}
interface Page {
  readonly recordChanges: { changes: Change[]; endCursor: string | null; hasMore: boolean };
}

const PAGE = `query($partition: Int!, $first: Int!, $after: String) {
  recordChanges(partition: $partition, first: $first, after: $after) {
    changes { id seq cursor recordId version kinds status takeOverState tombstone } endCursor hasMore } }`;

everywhere('The change feed', (start) => {
  let world: World;
  let clerks: ReturnType<typeof acts>;

  const settle = async () => {
    for (const name of ['records', 'primary-link'])
      await world.subgraphs.find((one) => one.name === name)!.tick!();
  };
  /** Everything there is, read page by page from the beginning or from a cursor. */
  const all = async (
    as: ViewerSpec,
    partition: number,
    after: string | null = null,
    first = 2,
  ): Promise<Change[]> => {
    const found: Change[] = [];
    for (let cursor = after; ;) {
      const { recordChanges } = await world.data<Page>(as, PAGE, { partition, first, after: cursor });
      found.push(...recordChanges.changes);
      if (!recordChanges.hasMore) return found;
      cursor = recordChanges.endCursor;
    }
  };
  const everything = async (as: ViewerSpec) =>
    (await Promise.all(PARTS.map((partition) => all(as, partition)))).flat();
  const ofRecord = (changes: readonly Change[], id: string) =>
    changes.filter(({ recordId }) => recordId === id).sort((a, b) => a.seq - b.seq);

  beforeAll(async () => {
    world = await start({ now: () => NOW });
    clerks = acts(world, await openGardens(world));
    await openSchools(world);
  });
  afterAll(() => world.close());

  it('tells a county of every record, in places without a gap, and a school of those it takes over', async () => {
    const [one, other] = await enrolled(clerks, [1, 2]);
    const takeOverId = (await claim(world, school, one!)).takeOver!.id;
    await takeOverAct(world, school, 'acknowledgeTakeOver', { takeOverId });
    await settle();
    const county = await Promise.all(PARTS.map((partition) => all(deciding, partition)));
    for (const part of county) expect(part.map(({ seq }) => seq)).toEqual(part.map((_, i) => i + 1));
    const told = ofRecord(county.flat(), one!.id);
    const ofKind = (kind: string) => told.filter(({ kinds }) => kinds.includes(kind));
    expect(ofKind('STATUS').map(({ kinds, status }) => [kinds, status])).toEqual([
      [['STATUS', 'NUMBER'], 'IN_KINDERGARTEN'],
      [['STATUS'], 'PROMOTED'],
    ]);
    // Nothing is told of the acknowledgement on its way to records: it stands as it stood.
    expect(ofKind('TAKE_OVER').map(({ takeOverState }) => takeOverState)).toEqual([
      ...['ACCEPTED', 'ACKNOWLEDGED'],
    ]);
    expect(told).toHaveLength(4);
    const atSchool = await everything(school);
    expect(new Set(atSchool.map(({ recordId }) => recordId))).toEqual(new Set([one!.id]));
    expect(ofRecord(county.flat(), other!.id)).toHaveLength(1);
    expect(await everything(otherSchool)).toEqual([]);
  });

  it('replays from any cursor, and refuses that of another stream or part', async () => {
    const part = (await Promise.all(PARTS.map((partition) => all(deciding, partition)))).find(
      (one) => one.length > 1,
    )!;
    const partition = PARTS.find((n) =>
      Buffer.from(part[0]!.cursor, 'base64url').toString().includes(` ${n} `),
    )!;
    expect(await all(deciding, partition, part[0]!.cursor)).toEqual(part.slice(1));
    for (const [as, wrong] of [
      [school, partition],
      [deciding, (partition + 1) % 4],
      [deciding, 4],
    ] as const) {
      const answer = await world.ask(as, PAGE, { partition: wrong, first: 2, after: part[0]!.cursor });
      expect(answer.errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
    }
  });

  it('shows how far each consumer has come', async () => {
    const { recordChanges } = await world.data<Page>(deciding, PAGE, { partition: 0, first: 100 });
    const last = recordChanges.changes.at(-1);
    const more = await enrolled(clerks, [11, 12, 13, 14, 15, 16, 17, 18]);
    await settle();
    const inFirst = more.filter(({ id }) => partOf(id) === 0).length;
    if (last) await world.data<Page>(deciding, PAGE, { partition: 0, first: 1, after: last.cursor });
    const { feedConsumers } = await world.data<{
      feedConsumers: {
        account: string;
        partition: number;
        seq: number;
        head: number;
        lag: number;
        seenOn: string;
      }[];
    }>(deciding, '{ feedConsumers { account partition seq head lag seenOn } }');
    const seq = last?.seq ?? 0;
    expect(feedConsumers.find(({ partition }) => partition === 0) ?? { lag: inFirst }).toMatchObject(
      last
        ? { account: deciding.account, seq, head: seq + inFirst, lag: inFirst, seenOn: '2026-11-28' }
        : { lag: inFirst },
    );
  });

  it('tells each change once however often records tells it, also after primary-link was down', async () => {
    await world.down('primary-link');
    const [one] = await enrolled(clerks, [21]);
    await world.subgraphs.find(({ name }) => name === 'records')!.tick!().catch(() => undefined);
    await world.up('primary-link');
    await Promise.all([settle(), settle(), settle()]);
    expect(ofRecord(await everything(deciding), one!.id)).toHaveLength(1);
  });

  it('is not for those who have no stream', async () => {
    const answer = await world.ask(garden, PAGE, { partition: 0, first: 2 });
    expect(answer.errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
  });

  /** The first events of a stream, and how it was answered. */
  const events = async (as: ViewerSpec | null, partition: number | string, count: number, after?: string) => {
    const abort = new AbortController();
    const answer = await fetch(`${world.url.replace('/graphql', '/feed')}?partition=${partition}`, {
      headers: {
        ...(as ? { authorization: `Bearer ${await world.token(as)}` } : {}),
        ...(after === undefined ? {} : { 'last-event-id': after }),
      },
      signal: abort.signal,
    });
    if (answer.status !== 200) {
      const { errors } = (await answer.json()) as { errors: { extensions: { code: string } }[] };
      return { status: answer.status, code: errors[0]!.extensions.code, found: [] };
    }
    const found: { id: string; data: Change }[] = [];
    let text = '';
    for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const blocks = text.split('\n\n');
      text = blocks.pop()!;
      for (const block of blocks) {
        const [, id, data] = /^id: (.*)\nevent: change\ndata: (.*)$/.exec(block) ?? [];
        if (id !== undefined) found.push({ id, data: JSON.parse(data!) as Change });
      }
      if (found.length >= count) break;
    }
    abort.abort();
    return { status: 200, code: null, found };
  };

  it('is also pushed, resumes after the last event, and brings what happens meanwhile', async () => {
    const parts = await Promise.all(PARTS.map((partition) => all(deciding, partition)));
    const partition = parts.findIndex((part) => part.length > 1);
    const part = parts[partition]!;
    const first = await events(deciding, partition, part.length);
    expect(first.found.map(({ id }) => id)).toEqual(part.map(({ cursor }) => cursor));
    expect(first.found.map(({ data }) => [data.seq, data.kinds])).toEqual(
      part.map(({ seq, kinds }) => [seq, kinds]),
    );
    expect((await events(deciding, partition, part.length - 1, part[0]!.cursor)).found).toEqual(
      first.found.slice(1),
    );
    const waiting = events(deciding, partition, 1, part.at(-1)!.cursor);
    // A record's part is a matter of luck: children are enrolled until one falls into the part that is listened to.
    const born: string[] = [];
    for (let serial = 31; !born.some((id) => partOf(id) === partition); serial++)
      born.push((await enrolled(clerks, [serial]))[0]!.id);
    await settle();
    const { found } = await waiting;
    expect(found[0]!.data.seq).toBe(part.length + 1);
    expect(found[0]!.data.recordId).toBe(born.at(-1));
  });

  it('is pushed to nobody who could not ask for it', async () => {
    expect(await events(null, 0, 1)).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
    expect(await events(garden, 0, 1)).toMatchObject({ status: 400, code: 'FORBIDDEN' });
    expect(await events(deciding, 'x', 1)).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' });
    expect(await events(deciding, 0, 1, 'bm8')).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' });
  });
});
