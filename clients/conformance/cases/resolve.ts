/** Looking up which number a newcomer goes on with. */
import type { Case } from '../case.ts';
import type { TrialChild } from '../children.ts';
import { faultsOf, type Party } from '../party.ts';

interface Resolution {
  readonly outcome: string;
  readonly currentNumber: string | null;
  readonly status: string | null;
}

const ONE = `query Conformance($number: String!, $bornOn: LocalDate!) { resolveNumber(number: $number, bornOn: $bornOn) {
  outcome currentNumber status issuedOn changedOn changeReason institution { name } message messageEn } }`;
const MANY = `query Conformance($items: [NumberQuery!]!) { resolveNumbers(items: $items) { outcome currentNumber status } }`;

type Asked = Pick<TrialChild, 'number' | 'bornOn'>;

const one = async (school: Party, { number, bornOn }: Asked) =>
  (await school.ask(ONE, { number, bornOn })).data?.['resolveNumber'] as Resolution | null | undefined;
export const resolved = one;

/** Well-formed numbers that nobody has: the year is long over. */
const NOBODY = { number: 'L190101190001010001', bornOn: '1900-01-01' };
const next = (bornOn: string) => `${bornOn.slice(0, 8)}${bornOn.endsWith('15') ? '16' : '15'}`;

export const RESOLVE: readonly Case[] = [
  {
    id: 'R01',
    title: { zh: '学籍号与出生日期相符', en: 'A number and its birth date' },
    why: {
      zh: '入学后沿用学前学籍号，一人一号。',
      en: 'The number goes on in primary school: one child, one number, for life.',
    },
    must: { zh: '答 FOUND、现学籍号与状态。', en: 'Answer FOUND, the number to go on with, and the state.' },
    rule: 'domain 1.3, 2.1',
    async run({ school, child, check }) {
      const { number, bornOn } = child();
      const found = await one(school, { number, bornOn });
      check.same('outcome', found?.outcome, 'FOUND');
      check.same('the number', found?.currentNumber, number);
      check.same('the state', found?.status, 'IN_KINDERGARTEN');
    },
  },
  {
    id: 'R02',
    title: { zh: '查无学籍的三种情形，同一种回答', en: 'Three kinds of nothing, one answer' },
    why: {
      zh: '生日不符、号码不存在、格式不对，都不能让人试出什么；没有学前学籍不影响入学。',
      en: 'Wrong date, unknown number, no number at all: nobody learns by trying. It never stands in the way of admission.',
    },
    must: {
      zh: '三个回答逐字相同：NO_PRESCHOOL_RECORD，并说明不影响入学。',
      en: 'Give the very same answer three times: NO_PRESCHOOL_RECORD, and that admission goes on.',
    },
    rule: 'domain 1.3; design 6',
    async run({ school, child, check }) {
      const { number, bornOn } = child();
      const wrong = await one(school, { number, bornOn: next(bornOn) });
      check.same('outcome', wrong?.outcome, 'NO_PRESCHOOL_RECORD');
      check.same('unknown number', await one(school, NOBODY), wrong);
      check.same('not a number', await one(school, { number: 'X-1', bornOn }), wrong);
      check.holds(
        'admission goes on',
        JSON.stringify(wrong ?? '').includes('不影响入学'),
        '不影响入学',
        wrong,
      );
    },
  },
  {
    id: 'R03',
    title: { zh: '按人的写法输入', en: 'Typed as people type' },
    why: {
      zh: '家长手写的号码可能是小写、全角或带空格。',
      en: 'Numbers come in small letters, in full width, with spaces.',
    },
    must: { zh: '与规范写法同样查到。', en: 'Find it all the same.' },
    rule: 'domain 2.1',
    async run({ school, child, check }) {
      const { number, bornOn } = child();
      const wide = [...number].map((c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)).join('');
      for (const [what, typed] of [
        ['small', number.toLowerCase()],
        ['full width', wide],
        ['spaces', ` ${number.slice(0, 7)} ${number.slice(7)} `],
      ] as const)
        // prettier-ignore
        check.same(what, (await one(school, { number: typed, bornOn }))?.currentNumber, number);
    },
  },
  {
    id: 'R04',
    title: { zh: '批量查询，逐项作答', en: 'Many at once, each answered' },
    why: { zh: '一项查无，不影响其他各项。', en: 'One without a record must not cost the others theirs.' },
    must: { zh: '与输入同序，一项一答。', en: 'Answer every item, in the order of the request.' },
    rule: 'design 3',
    async run({ school, child, check }) {
      const [a, b] = [child(), child()].map(({ number, bornOn }) => ({ number, bornOn }));
      const { data } = await school.ask(MANY, { items: [NOBODY, a, { ...b!, bornOn: next(b!.bornOn) }, b] });
      const found = data?.['resolveNumbers'] as Resolution[] | null | undefined;
      check.same('outcomes', found?.map(({ outcome }) => outcome), ['NO_PRESCHOOL_RECORD', 'FOUND', 'NO_PRESCHOOL_RECORD', 'FOUND']); // prettier-ignore
      check.same('numbers', found?.map(({ currentNumber }) => currentNumber), [null, a!.number, null, b!.number]); // prettier-ignore
    },
  },
  {
    id: 'R05',
    title: { zh: '一次 500 项', en: 'Five hundred in one request' },
    why: { zh: '九月招生须成批核对。', en: 'September is done in batches.' },
    must: { zh: '全部作答。', en: 'Answer all of them.' },
    rule: 'design 3',
    async run({ school, child, check }) {
      const known = child();
      const items = Array.from({ length: 500 }, (_, i) => (i === 499 ? { number: known.number, bornOn: known.bornOn } : NOBODY)); // prettier-ignore
      const { data } = await school.ask(MANY, { items });
      const found = data?.['resolveNumbers'] as Resolution[] | null | undefined;
      check.same('answers', found?.length, 500);
      check.same('the last one', found?.[499]?.outcome, 'FOUND');
    },
  },
  {
    id: 'R06',
    title: { zh: '一次 501 项', en: 'Five hundred and one' },
    why: {
      zh: '上限须说明，而不是截断：截断的批次会漏人。',
      en: 'A limit is told, never cut to: a batch that is cut loses children.',
    },
    must: {
      zh: '整个拒绝，BAD_USER_INPUT，说明上限与实际数量。',
      en: 'Refuse it whole with BAD_USER_INPUT, saying the limit and what came.',
    },
    rule: 'design 3',
    async run({ school, check }) {
      const answer = await school.ask(MANY, { items: Array.from({ length: 501 }, () => NOBODY) });
      check.same('code', faultsOf(answer), ['BAD_USER_INPUT']);
      check.holds('both numbers', /500.*501/.test(answer.errors[0]?.message ?? ''), '500 … 501', answer.errors[0]?.message); // prettier-ignore
      check.same('nothing answered', answer.data?.['resolveNumbers'] ?? null, null);
    },
  },
  {
    id: 'R08',
    title: { zh: '查到与查无用时相近', en: 'As long for nothing as for something' },
    why: { zh: '用时的差别也会泄露是否存在。', en: 'Time tells, too, whether there is somebody.' },
    must: {
      zh: '两者的中位用时相差不超过三倍加 40 毫秒。',
      en: 'Take as long for both: medians differ by no more than threefold and 40 ms.',
    },
    rule: 'design 6; issue 5.1',
    async run({ school, child, check }) {
      const { number, bornOn } = child();
      let medians: readonly [number, number] = [0, 0];
      let close = false;
      // Something else may keep the machine busy for one of the two; a gateway that tells them apart does so every time.
      for (let round = 0; round < 3 && !close; round++) {
        const times = { there: [] as number[], nothing: [] as number[] };
        for (let i = 0; i < 15; i++) {
          const there = await school.ask(ONE, { number, bornOn });
          const nothing = await school.ask(ONE, { number, bornOn: next(bornOn) });
          times.there.push(there.ms);
          times.nothing.push(nothing.ms);
          if (i === 0 && round === 0) {
            check.same(
              'one is there',
              (there.data?.['resolveNumber'] as Resolution | null)?.outcome,
              'FOUND',
            );
            check.same('one is not', (nothing.data?.['resolveNumber'] as Resolution | null)?.outcome, 'NO_PRESCHOOL_RECORD'); // prettier-ignore
          }
        }
        medians = [median(times.there), median(times.nothing)];
        close = Math.max(...medians) <= 3 * Math.min(...medians) + 40;
      }
      const [a, b] = medians;
      check.holds('medians', close, 'alike', `${a.toFixed(0)} ms, ${b.toFixed(0)} ms`);
    },
  },
];

const median = (times: number[]) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!;
