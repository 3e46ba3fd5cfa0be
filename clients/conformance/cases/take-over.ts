/** The hand-shake: claimed or offered, accepted, acknowledged. */
import { randomUUID } from 'node:crypto';
import type { Case } from '../case.ts';
import { codesOf, type Acted } from '../party.ts';
import { claimOf } from '../trial.ts';
import { resolved } from './resolve.ts';

const MANY = `mutation Conformance($input: OfferTakeOversInput!) { acted: offerTakeOvers(input: $input) {
  results { takeOver { id state } userErrors { code field } } userErrors { code field } } }`;
/** A well-formed number that nobody has. */
const NOBODY = { number: 'L190101190001010001', bornOn: '1900-01-01' };

export const TAKE_OVER: readonly Case[] = [
  {
    id: 'T01',
    title: { zh: '认领已到校的新生', en: 'Claiming a child that has come' },
    why: {
      zh: '学籍随人走，由小学调取；学籍是入学的结果，不是条件。',
      en: 'The record follows the child: the school pulls it. It is the result of admission, never a condition.',
    },
    must: { zh: '即为 ACCEPTED，档案摘要可见。', en: 'Make it ACCEPTED at once and show the archive.' },
    rule: 'domain 1.3; design 4 promote',
    async run({ school, child, check, claimed }) {
      const one = child();
      const takeOver = await claimed(one);
      check.same('the number', takeOver?.archive?.number, one.number);
      check.same('the birth date', takeOver?.archive?.bornOn, one.bornOn);
      check.same('no receipt yet', takeOver && takeOver.receipt, null);
      check.same('still in kindergarten', (await resolved(school, one))?.status, 'IN_KINDERGARTEN');
    },
  },
  {
    id: 'T02',
    title: { zh: '再次认领，换一个幂等键', en: 'Claimed again, under another key' },
    why: {
      zh: '断线后不知是否办成，再办一次必须无害。',
      en: 'Whoever lost the line cannot know; doing it once more must do no harm.',
    },
    must: { zh: '答同一项接续，不产生第二项。', en: 'Answer the same take-over, and make no second one.' },
    rule: 'decision 0005',
    async run({ school, child, check, claimed }) {
      const one = child();
      const takeOver = await claimed(one);
      const again = await school.act('offerTakeOver', claimOf(one));
      check.same('the same one', again.takeOver?.id ?? '–', takeOver?.id);
      check.same('state', again.takeOver?.state, 'ACCEPTED');
    },
  },
  {
    id: 'T03',
    title: { zh: '重放：同一幂等键，同一内容', en: 'A replay: the same key, the same content' },
    why: {
      zh: '客户端崩溃后按原样重发。',
      en: 'A client that crashed sends again what it had written down.',
    },
    must: { zh: '答与第一次完全相同。', en: 'Answer exactly what was answered the first time.' },
    rule: 'decision 0005',
    async run({ school, child, check }) {
      const [one, key] = [child(), randomUUID()];
      const first = await school.act('offerTakeOver', claimOf(one), key);
      check.same('first', first.takeOver?.state, 'ACCEPTED');
      check.same('again', await school.act('offerTakeOver', claimOf(one), key), first);
    },
  },
  {
    id: 'T04',
    title: { zh: '同一幂等键，另一内容', en: 'The same key, another content' },
    why: {
      zh: '误用的键会让人以为第二件事已办。',
      en: 'A key used twice would make a second act look done.',
    },
    must: {
      zh: '拒绝：IDEMPOTENCY_KEY_REUSED，第二件不办。',
      en: 'Refuse with IDEMPOTENCY_KEY_REUSED and do nothing.',
    },
    rule: 'decision 0005',
    async run({ school, child, check }) {
      const [one, other, key] = [child(), child(), randomUUID()];
      check.same('first', (await school.act('offerTakeOver', claimOf(one), key)).takeOver?.state, 'ACCEPTED');
      const second = await school.act('offerTakeOver', claimOf(other), key);
      check.same('second', codesOf(second.userErrors), ['IDEMPOTENCY_KEY_REUSED']);
      check.same('nothing done', second.takeOver, null);
    },
  },
  {
    id: 'T05',
    title: { zh: '认领不存在的与不相符的', en: 'Claiming nobody, and the wrong child' },
    why: {
      zh: '认领也不能用来试出生日期。',
      en: 'A claim is a guess like any other: it must not tell birth dates.',
    },
    must: { zh: '两者回答相同：NO_PRESCHOOL_RECORD。', en: 'Answer both alike: NO_PRESCHOOL_RECORD.' },
    rule: 'design 6',
    async run({ school, child, check }) {
      const { number } = child();
      const wrong = await school.act('offerTakeOver', { number, bornOn: '2019-02-03' });
      check.same('wrong date', codesOf(wrong.userErrors), ['NO_PRESCHOOL_RECORD']);
      check.same('nobody', await school.act('offerTakeOver', NOBODY), wrong);
    },
  },
  {
    id: 'T06',
    title: { zh: '未到入学年龄', en: 'Too young' },
    why: {
      zh: '未满入学年龄且未毕业的，仍在园。',
      en: 'A child below school age who has not graduated stays where it is.',
    },
    must: {
      zh: '拒绝：TAKE_OVER_BEFORE_SCHOOL_AGE，说明应满与实际年龄。',
      en: 'Refuse with TAKE_OVER_BEFORE_SCHOOL_AGE, saying which age was expected and which came.',
    },
    rule: 'design 4 promote',
    async run({ school, young, check }) {
      const { takeOver, userErrors } = await school.act('offerTakeOver', claimOf(young));
      check.same('code', codesOf(userErrors), ['TAKE_OVER_BEFORE_SCHOOL_AGE']);
      check.same('nothing done', takeOver, null);
      check.holds('in two languages', Boolean(userErrors[0]?.message && userErrors[0].messageEn), 'message, messageEn', userErrors); // prettier-ignore
    },
  },
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
    id: 'T10',
    title: { zh: '批量办理，一项有误', en: 'A batch with one bad item' },
    why: { zh: '一名学生的问题不能耽误全班。', en: 'One child’s trouble must not hold up a class.' },
    must: {
      zh: '逐项作答：好的办成，有误的指明 items.1.number。',
      en: 'Answer item by item: the good ones are done, the bad one is named as items.1.number.',
    },
    rule: 'design 3',
    async run({ school, child, check }) {
      const [a, b] = [child(), child()];
      const { data } = await school.ask(MANY, { input: { idempotencyKey: randomUUID(), items: [claimOf(a), NOBODY, claimOf(b)] } }); // prettier-ignore
      const results = (data?.['acted'] as { results: Acted[] } | null | undefined)?.results ?? [];
      for (const { takeOver } of results) if (takeOver) school.seen.add(takeOver.id);
      check.same('states', results.map(({ takeOver }) => takeOver?.state ?? null), ['ACCEPTED', null, 'ACCEPTED']); // prettier-ignore
      check.same('named', results[1]?.userErrors, [{ code: 'NO_PRESCHOOL_RECORD', field: ['items', '1', 'number'] }]); // prettier-ignore
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
