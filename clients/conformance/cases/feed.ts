/** The change feed: everything that concerns the school, in order, as often as it wants to read it. */
import type { Case } from '../case.ts';
import { ends, pageOf, pushed, PARTITIONS, readAll, readPart, toldOf, type Change } from '../feed.ts';
import { faultsOf } from '../party.ts';

/** The part of the stream in which something is to be seen; the first where nothing is. */
const busiest = (parts: readonly (readonly unknown[])[]) =>
  parts.reduce((best, part, i) => (part.length > parts[best]!.length ? i : best), 0);

const has = (state: string) => (found: readonly Change[]) => found.some((one) => one.takeOverState === state);

export const FEED: readonly Case[] = [
  {
    id: 'F01',
    title: { zh: '本校的每一步都在变更流中', en: 'Every step is told' },
    why: {
      zh: '小学以变更流保持自己的副本，不必反复查询。',
      en: 'A school keeps its copy by the feed and need not ask again and again.',
    },
    must: {
      zh: '认领、确认、撤销依次出现，标识各不相同；他校的流中没有。',
      en: 'Tell claim, acknowledgement and cancelling in order, each under an id of its own, and nothing of it to another school.',
    },
    rule: 'issue 5.4',
    async run({ school, rival, child, check, taken }) {
      const [from, theirs] = await Promise.all([ends(school), ends(rival)]);
      const takeOverId = (await taken(child()))?.id ?? '';
      await school.act('cancelTakeOver', { takeOverId, reason: '误收' });
      const told = await toldOf(school, from, takeOverId, has('CANCELLED'));
      const states = told.flatMap(({ takeOverState }) => takeOverState ?? []);
      // A state may be told twice, while a step of it is carried out at records.
      check.same('states', states.filter((one, i) => one !== states[i - 1]), ['ACCEPTED', 'ACKNOWLEDGED', 'CANCELLED']); // prettier-ignore
      check.holds('ids', told.length > 0 && new Set(told.map(({ id }) => id)).size === told.length, 'all different', told.map(({ kinds }) => kinds)); // prettier-ignore
      const rivals = (await readAll(rival, theirs)).filter(({ takeOver }) => takeOver?.id === takeOverId);
      check.same('the other school', rivals.length, 0);
    },
  },
  {
    id: 'F02',
    title: { zh: '无缺口，可从任一处重放', en: 'Without a gap, replayed from anywhere' },
    why: {
      zh: '少一条变更，副本就错了；恢复备份后须能重读。',
      en: 'One change missed and the copy is wrong; after a restore it must be read again.',
    },
    must: {
      zh: '各分区序号自 1 连续；从任一游标重放，得到其后的全部；读到哪里可见。',
      en: 'Count from 1 without a gap in each part; from any cursor give exactly what follows; show how far the consumer is.',
    },
    rule: 'issue 5.4',
    async run({ school, child, check, claimed }) {
      const from = await ends(school);
      const takeOverId = (await claimed(child()))?.id ?? '';
      await toldOf(school, from, takeOverId);
      const parts = await Promise.all(PARTITIONS.map((partition) => readPart(school, partition)));
      const partition = busiest(parts);
      const part = parts[partition]!;
      const gaps = parts.filter((one) => one.some(({ seq }, i) => seq !== i + 1)).length;
      check.holds(
        'no gap',
        part.length > 0 && gaps === 0,
        'from 1, in ones',
        parts.map((one) => one.length),
      );
      const middle = Math.floor((part.length - 1) / 2);
      const again = await readPart(school, partition, part[middle]?.cursor ?? null);
      check.same('replayed', again.map(({ id }) => id).join(), part.slice(middle + 1).map(({ id }) => id).join()); // prettier-ignore
      const last = part.at(-1);
      await pageOf(school, partition, last?.cursor ?? null);
      const { data } = await school.ask('{ feedConsumers { partition seq lag } }');
      const consumers = (data?.['feedConsumers'] ?? []) as { partition: number; seq: number; lag: number }[];
      check.same(
        'how far',
        consumers.find((one) => one.partition === partition && one.lag === 0)?.seq,
        last?.seq,
      );
    },
  },
  {
    id: 'F03',
    title: { zh: '他处的游标', en: 'A cursor from elsewhere' },
    why: {
      zh: '错用的游标若被当作起点，会无声地漏掉变更。',
      en: 'A cursor of another part, taken for a place in this one, would leave changes out without a word.',
    },
    must: {
      zh: '另一分区、另一学校、伪造的游标与不存在的分区一律 BAD_USER_INPUT。',
      en: 'Refuse those of another part, of another school, made up, and a part that is not, with BAD_USER_INPUT.',
    },
    rule: 'issue 5.4',
    async run({ school, rival, child, check, claimed }) {
      const from = await ends(school);
      const takeOverId = (await claimed(child()))?.id ?? '';
      const [change] = await toldOf(school, from, takeOverId);
      const parts = await Promise.all(PARTITIONS.map((partition) => readPart(school, partition)));
      const partition = parts.findIndex((part) => part.some(({ id }) => id === change?.id));
      const cursor = change?.cursor ?? '';
      for (const [what, answer] of [
        ['another part', await pageOf(school, (partition + 1) % 4, cursor)],
        ['another school', await pageOf(rival, partition, cursor)],
        ['made up', await pageOf(school, 0, 'bm8')],
        ['no such part', await pageOf(school, 4, null)],
      ] as const)
        check.same(what, faultsOf(answer), ['BAD_USER_INPUT']);
      check.same('in its own', faultsOf(await pageOf(school, partition, cursor)), []);
    },
  },
  {
    id: 'F04',
    title: { zh: '推送与拉取一致', en: 'Pushed as it is pulled' },
    why: {
      zh: '推送只是更早知道；断线重连不能漏。',
      en: 'The push only comes sooner; a line that breaks must lose nothing.',
    },
    must: {
      zh: 'SSE 的事件即同一序列，按 Last-Event-ID 继续；无令牌 401，无此分区 400。',
      en: 'Send the same sequence, resumed after Last-Event-ID; refuse 401 without a token and 400 for no such part.',
    },
    rule: 'issue 5.4',
    async run({ school, child, check, claimed }) {
      const from = await ends(school);
      const takeOverId = (await claimed(child()))?.id ?? '';
      await school.act('cancelTakeOver', { takeOverId });
      await toldOf(school, from, takeOverId, has('CANCELLED'));
      const parts = await Promise.all(
        PARTITIONS.map((partition) => readPart(school, partition, from[partition] ?? null)),
      );
      const partition = busiest(parts);
      const part = parts[partition]!;
      const all = await pushed(school, partition, from[partition] ?? null, part.length);
      check.same('cursors', all.events.map(({ id }) => id).join(), part.map(({ cursor }) => cursor).join());
      const rest = await pushed(school, partition, part[0]?.cursor ?? null, part.length - 1);
      check.same('resumed', rest.events.map(({ data }) => data.id).join(), part.slice(1).map(({ id }) => id).join()); // prettier-ignore
      check.holds('at least two', part.length >= 2, '2 or more', part.length);
      const nobody = await pushed(school.withToken(null), 0, null, 1);
      check.same('no token', [nobody.status, nobody.code], [401, 'UNAUTHENTICATED']);
      const nowhere = await pushed(school, '9', null, 1);
      check.same('no such part', [nowhere.status, nowhere.code], [400, 'BAD_USER_INPUT']);
    },
  },
];
