/** Beside the hand-shake: a record found late, and the roster held against the records. */
import { randomInt, randomUUID } from 'node:crypto';
import type { Case } from '../case.ts';
import { codesOf, type Acted } from '../party.ts';
import { claimOf } from '../trial.ts';
import { resolved } from './resolve.ts';

const LINK = `mutation Conformance($input: LinkLateRecordInput!) { acted: linkLateRecord(input: $input) {
  takeOver { id state schoolNumber } warnings { code field } userErrors { code field } } }`;
const COMPARE = `mutation Conformance($input: CompareRosterInput!) { compared: compareRoster(input: $input) {
  results { outcome differences userErrors { code } } userErrors { code } } }`;

interface Compared {
  readonly results: readonly { readonly outcome: string | null; readonly differences: readonly string[] }[];
}

export const BESIDE: readonly Case[] = [
  {
    id: 'L01',
    title: { zh: '入学后才发现学前学籍', en: 'A record found after admission' },
    why: {
      zh: '学校已另建学籍，两段历史仍须相接，一人一籍。',
      en: 'The school has made a record of its own; both histories are joined, and the child has one record.',
    },
    must: {
      zh: '一次办结为 ACKNOWLEDGED；学校的号自此指向该学籍；重放不变；该号不能再指向另一名儿童。',
      en: 'Acknowledge it at once and let the school’s number lead to the record; a replay changes nothing, and the number leads to no second child.',
    },
    rule: 'issue 5.1; domain 2.4',
    async run({ school, child, check }) {
      const [one, other] = [child(), child()];
      // No county has the prefix 19.
      const schoolNumber = `L190101${one.bornOn.replaceAll('-', '')}${String(randomInt(10_000)).padStart(4, '0')}`;
      const link = async (of: typeof one, idempotencyKey: string = randomUUID()) => {
        const input = { idempotencyKey, ...claimOf(of), schoolNumber };
        const { data } = await school.ask(LINK, { input });
        const acted = data?.['acted'] as Acted | null | undefined;
        if (acted?.takeOver) school.seen.add(acted.takeOver.id);
        return acted;
      };
      const key = randomUUID();
      const linked = await link(one, key);
      check.same('linked', linked?.takeOver?.state, 'ACKNOWLEDGED');
      check.same('a replay', (await link(one, key))?.takeOver?.id, linked?.takeOver?.id ?? '–');
      const led = await resolved(school, { number: schoolNumber, bornOn: one.bornOn });
      check.same('leads to it', led?.currentNumber, one.number);
      const second = await link(other);
      check.same('to no other', codesOf(second?.userErrors ?? []), ['SCHOOL_NUMBER_LINKED']);
    },
  },
  {
    id: 'L02',
    title: { zh: '花名册比对', en: 'The roster compared' },
    why: {
      zh: '两边的差异要被发现，而不是等到升初中。',
      en: 'What differs between both sides is to be found now, not at the next school.',
    },
    must: {
      zh: '认领未确认：DIFFERS、NOT_TAKEN_OVER；确认后 AGREES；查无学籍者另行作答，与输入同序。',
      en: 'Answer DIFFERS with NOT_TAKEN_OVER while it is only claimed, AGREES once it is acknowledged, and in order of one without a record.',
    },
    rule: 'issue 5.7',
    async run({ school, child, check, claimed }) {
      const one = child();
      const takeOver = await claimed(one);
      const compare = async () => {
        const items = [claimOf(one), { number: 'L190101202003159999', bornOn: '2020-03-15' }];
        const { data } = await school.ask(COMPARE, {
          input: { idempotencyKey: randomUUID(), items: items.map((row) => ({ ...row, status: 'ACTIVE' })) },
        });
        const results = (data?.['compared'] as Compared | null | undefined)?.results ?? [];
        return results.map(({ outcome, differences }) => [outcome, ...differences].join(' '));
      };
      check.same('claimed', await compare(), ['DIFFERS NOT_TAKEN_OVER', 'NO_PRESCHOOL_RECORD']);
      await school.act('acknowledgeTakeOver', { takeOverId: takeOver?.id ?? '' });
      check.same('acknowledged', await compare(), ['AGREES', 'NO_PRESCHOOL_RECORD']);
    },
  },
];
