/** The hand-shake: offered, accepted, acknowledged. */
import { randomUUID } from 'node:crypto';
import type { Case } from '../case.ts';
import { codesOf } from '../party.ts';
import { resolved } from './resolve.ts';

export const HAND_SHAKE: readonly Case[] = [
  {
    id: 'T07',
    title: { zh: '确认：学籍锁定为已升学', en: 'Acknowledged: the record is locked' },
    why: {
      zh: '确认之后，学前部分结束，学籍归本校。',
      en: 'With the acknowledgement the preschool part ends, and the record is the school’s.',
    },
    must: {
      zh: 'ACKNOWLEDGED，入学日期，30 天撤销期，凭证；查询得 PROMOTED。',
      en: 'Answer ACKNOWLEDGED with day of admission, 30 days to cancel, and a receipt; looking up says PROMOTED.',
    },
    rule: 'design 4 promote',
    async run({ school, child, check, taken }) {
      const one = child();
      const takeOver = await taken(one);
      check.holds(
        'a day of admission',
        /^\d{4}-\d\d-\d\d$/.test(takeOver?.admittedOn ?? ''),
        'a day',
        takeOver?.admittedOn,
      );
      const days =
        (Date.parse(takeOver?.cancelUntil ?? '') - Date.parse(takeOver?.admittedOn ?? '')) / 86_400_000;
      check.same('days to cancel', days, 30);
      check.same('nothing left to do', takeOver?.underWay, false);
      check.holds('a receipt', Boolean(takeOver?.receipt), 'a receipt', takeOver?.receipt ? 'one' : 'none');
      check.same('looked up', (await resolved(school, one))?.status, 'PROMOTED');
    },
  },
  {
    id: 'T08',
    title: { zh: '五个相同的确认同时到达', en: 'Five acknowledgements at once' },
    why: {
      zh: '网络重复与并发重试是常态。',
      en: 'Networks repeat and clients retry before they were answered.',
    },
    must: {
      zh: '只办一次，五个回答相同，凭证同一份。',
      en: 'Do it once; five answers alike, with one receipt.',
    },
    rule: 'decision 0005',
    async run({ school, child, check, claimed }) {
      const takeOver = await claimed(child());
      const [input, key] = [{ takeOverId: takeOver?.id ?? randomUUID() }, randomUUID()];
      const five = await Promise.all(
        Array.from({ length: 5 }, () => school.act('acknowledgeTakeOver', input, key)),
      );
      // Whoever came while the first was at work may be told to wait; asked again, it is told the same.
      const settled = await Promise.all(five.map(async (one) => (one.takeOver?.receipt ? one : await school.act('acknowledgeTakeOver', input, key)))); // prettier-ignore
      check.same(
        'states',
        settled.map((one) => one.takeOver?.state),
        Array(5).fill('ACKNOWLEDGED'),
      );
      check.same('receipts', new Set(settled.map((one) => one.takeOver?.receipt?.jws)).size, 1);
    },
  },
  {
    id: 'T09',
    title: { zh: '入学日期不合', en: 'A day of admission that cannot be' },
    why: { zh: '入学不能在未来。', en: 'Nobody has been admitted tomorrow.' },
    must: {
      zh: '拒绝：TAKE_OVER_DAY，指明字段；仍为 ACCEPTED，可改正后再办。',
      en: 'Refuse with TAKE_OVER_DAY naming the field; it stays ACCEPTED and can be put right.',
    },
    rule: 'design 4 promote',
    async run({ school, child, check, claimed }) {
      const takeOverId = (await claimed(child()))?.id ?? randomUUID();
      const refused = await school.act('acknowledgeTakeOver', { takeOverId, admittedOn: '2999-09-01' });
      check.same('code', codesOf(refused.userErrors), ['TAKE_OVER_DAY']);
      check.same('field', refused.userErrors[0]?.field, ['admittedOn']);
      check.same('state', refused.takeOver?.state, 'ACCEPTED');
      check.same('put right', (await school.act('acknowledgeTakeOver', { takeOverId })).takeOver?.state, 'ACKNOWLEDGED'); // prettier-ignore
    },
  },
  {
    id: 'T11',
    title: { zh: '幼儿园提供的学籍', en: 'A record that is offered' },
    why: {
      zh: '接收之前，小学不得看到儿童信息。',
      en: 'Before it has accepted, a school sees nothing of the child.',
    },
    must: {
      zh: 'OFFERED 时档案为空；接收后可见。',
      en: 'Show no archive while OFFERED, and show it once accepted.',
    },
    rule: 'design 4; issue 5.2',
    async run({ school, garden, child, check }) {
      const one = child();
      const { schoolCode } = await codes(school);
      const offer = await garden.act('offerTakeOver', { recordId: one.recordId, schoolCode });
      check.same('offered', offer.takeOver?.state ?? codesOf(offer.userErrors), 'OFFERED');
      const takeOverId = offer.takeOver?.id ?? randomUUID();
      const { data } = await school.ask('{ takeOvers(filter: { state: OFFERED }, first: 100) { nodes { id archive { number } } } }'); // prettier-ignore
      const nodes =
        (data?.['takeOvers'] as { nodes: { id: string; archive: unknown }[] } | null)?.nodes ?? [];
      check.same('seen by the school', nodes.find(({ id }) => id === takeOverId)?.archive, null);
      const accepted = await school.act('acceptTakeOver', { takeOverId });
      check.same('accepted', accepted.takeOver?.archive?.number, one.number);
    },
  },
  {
    id: 'T12',
    title: { zh: '别人的接续与不存在的接续', en: 'Not yours, and not there' },
    why: { zh: '回答不同，就等于告诉对方它存在。', en: 'Two answers would tell which of them exists.' },
    must: { zh: '两者回答相同：NOT_FOUND。', en: 'Answer both alike: NOT_FOUND.' },
    rule: 'design 6',
    async run({ school, rival, child, check, claimed }) {
      const takeOver = await claimed(child());
      const theirs = await rival.act('acknowledgeTakeOver', { takeOverId: takeOver?.id ?? '' });
      const nobodys = await rival.act('acknowledgeTakeOver', {
        takeOverId: '01890000-0000-7000-8000-000000000000',
      });
      check.same('not theirs', codesOf(theirs.userErrors), ['NOT_FOUND']);
      check.same('not there', nobodys, theirs);
      check.same('nothing done', (await school.act('acceptTakeOver', { takeOverId: takeOver?.id ?? '' })).takeOver?.state, 'ACCEPTED'); // prettier-ignore
    },
  },
  {
    id: 'T13',
    title: { zh: '次序颠倒：先确认，后接收', en: 'Out of order: acknowledged before accepted' },
    why: { zh: '消息可能换序到达。', en: 'Messages overtake one another.' },
    must: {
      zh: '拒绝并说明此时可办什么；按序再来即可办成。',
      en: 'Refuse, saying what is open; in the right order it succeeds.',
    },
    rule: 'design 3',
    async run({ school, garden, child, check }) {
      const one = child();
      const { schoolCode } = await codes(school);
      const offer = await garden.act('offerTakeOver', { recordId: one.recordId, schoolCode });
      const takeOverId = offer.takeOver?.id ?? randomUUID();
      school.seen.add(takeOverId);
      const early = await school.act('acknowledgeTakeOver', { takeOverId });
      check.same('early', codesOf(early.userErrors), ['TAKE_OVER_NOT_OPEN']);
      check.holds('says what is open', early.userErrors[0]?.messageEn?.includes('acceptTakeOver') ?? false, 'acceptTakeOver', early.userErrors[0]?.messageEn); // prettier-ignore
      check.same(
        'accepted',
        (await school.act('acceptTakeOver', { takeOverId })).takeOver?.state,
        'ACCEPTED',
      );
      check.same('acknowledged', (await school.act('acknowledgeTakeOver', { takeOverId })).takeOver?.state, 'ACKNOWLEDGED'); // prettier-ignore
    },
  },
];

/** The school's own code, as the gateway knows it. */
async function codes(school: {
  ask: (query: string) => Promise<{ data: Readonly<Record<string, unknown>> | null }>;
}) {
  const { data } = await school.ask('{ viewer { areaCode } }');
  return { schoolCode: (data?.['viewer'] as { areaCode: string } | null | undefined)?.areaCode ?? '' };
}
