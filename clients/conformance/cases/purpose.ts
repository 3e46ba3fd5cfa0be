/** At the gateway's door: what for, and how much of it a day. */
import type { Case } from '../case.ts';
import { faultsOf } from '../party.ts';

const VIEWER = '{ viewer { account role } }';

export const PURPOSE: readonly Case[] = [
  {
    id: 'D08',
    title: { zh: '用途：须说明，且须有其用途', en: 'A purpose: demanded, and one there is' },
    why: {
      zh: '查询与认领须说明用途；写错不能当作没写。',
      en: 'Whoever asks after a child says what for; a misspelt purpose is not taken for none.',
    },
    must: {
      zh: '未说明：PURPOSE_REQUIRED，不作查询；写错：400、BAD_USER_INPUT，列出可用的用途，不重复所写。',
      en: 'Without one, refuse with PURPOSE_REQUIRED and look nothing up; to one nobody knows, answer 400 BAD_USER_INPUT with what may be stated, and not repeat what came.',
    },
    rule: 'design 6; decision 0046',
    async run({ school, child, check }) {
      const { number, bornOn } = child();
      const query = `{ resolveNumber(number: "${number}", bornOn: "${bornOn}") { outcome } }`;
      const unsaid = await school.ask(query, {}, { 'x-xueji-purpose': '' });
      check.same('demanded', faultsOf(unsaid), ['PURPOSE_REQUIRED']);
      check.same('nothing answered', unsaid.data?.['resolveNumber'] ?? null, null);
      const answer = await school.ask(VIEWER, {}, { 'x-xueji-purpose': 'CURIOSITY' });
      check.same('status', answer.status, 400);
      check.same('code', faultsOf(answer), ['BAD_USER_INPUT']);
      check.holds('not repeated', !answer.text.includes('CURIOSITY'), 'not what came', 'it is repeated');
    },
  },
  {
    id: 'D09',
    title: { zh: '每日限额与已用', en: 'The quota of the day, and what is used of it' },
    why: {
      zh: '客户端据此安排批次，不必等到被拒绝。',
      en: 'A client that knows its quota plans its batches and is never refused.',
    },
    must: {
      zh: '告知每项限额、今日已用与何时重新计算；查询几项，已用就增加几项。',
      en: 'Tell each quota, what is used of it and when it is free again; what is used grows by the items asked.',
    },
    rule: 'issue 5.8',
    async run({ school, child, check }) {
      const numbers = async () => {
        const { data } = await school.ask('{ clientQuotas { kind most used freesAt } }');
        const all = (data?.['clientQuotas'] ?? []) as {
          kind: string;
          most: number;
          used: number;
          freesAt: string;
        }[];
        return all.find(({ kind }) => kind === 'NUMBERS');
      };
      const { number, bornOn } = child();
      const before = await numbers();
      const item = `{ number: "${number}", bornOn: "${bornOn}" }`;
      await school.ask(`{ resolveNumbers(items: [${item}, ${item}, ${item}]) { outcome } }`);
      const after = await numbers();
      check.holds('within the quota', (before?.most ?? 0) >= (after?.used ?? 1), 'used at most so many', [
        before,
        after,
      ]);
      check.same('grows by what was asked', (after?.used ?? 0) - (before?.used ?? 0), 3);
      const hours = (Date.parse(after?.freesAt ?? '') - Date.now()) / 3_600_000;
      check.holds('free again within a day', hours > -0.1 && hours <= 24.1, '0 to 24 hours', hours);
    },
  },
];
