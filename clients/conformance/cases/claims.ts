/** A child that has come, claimed by its number and birth date. */
import { randomUUID } from 'node:crypto';
import type { Case } from '../case.ts';
import { codesOf, type Acted } from '../party.ts';
import { claimOf } from '../trial.ts';
import { resolved } from './resolve.ts';

const MANY = `mutation Conformance($input: OfferTakeOversInput!) { acted: offerTakeOvers(input: $input) {
  results { takeOver { id state } userErrors { code field } } userErrors { code field } } }`;
/** A well-formed number that nobody has. */
const NOBODY = { number: 'L190101190001010001', bornOn: '1900-01-01' };

export const CLAIMS: readonly Case[] = [
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
];
