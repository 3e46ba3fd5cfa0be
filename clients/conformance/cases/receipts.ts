/** Receipts: what proves a take-over to whoever was not there. */
import { randomUUID } from 'node:crypto';
import { subjectOf, verifyReceipt, type ReceiptKey } from '../../../kernel/serve/receipts.ts';
import type { Case } from '../case.ts';
import type { Party } from '../party.ts';

const keysOf = async (school: Party) =>
  ((await school.ask('{ receiptKeys { kid alg publicKey } }')).data?.['receiptKeys'] ?? []) as ReceiptKey[];

const NONE = { text: '', jws: '' };

export const RECEIPTS: readonly Case[] = [
  {
    id: 'P01',
    title: {
      zh: '凭证离线可验，且不含学籍号',
      en: 'A receipt that can be checked offline, and names no child',
    },
    why: {
      zh: '多年以后、系统之外，双方仍能证明交接。',
      en: 'Years later, and without any system, both sides can prove the hand-over.',
    },
    must: {
      zh: '以 receiptKeys 验签通过；写明双方、日期；只能由知道号码的人核对是哪名儿童；改动一字即不符。',
      en: 'Hold against receiptKeys; name both sides and the day; be bound to the child for whoever knows the number; fail when a letter is changed.',
    },
    rule: 'issue 5.3; RFC 7515 F',
    async run({ school, child, check, taken }) {
      const one = child();
      const takeOver = await taken(one);
      const receipt = takeOver?.receipt ?? NONE;
      const keys = await keysOf(school);
      const verdict = verifyReceipt(receipt, keys);
      const facts = verdict.holds ? verdict.facts : {};
      check.holds('it holds', verdict.holds, 'holds', verdict.holds ? 'holds' : verdict.why);
      check.same('of this take-over', facts['takeOver'], takeOver?.id);
      check.same('the day', facts['admittedOn'], takeOver?.admittedOn);
      check.holds('both sides', Boolean(facts['school'] && facts['kindergarten']), 'school, kindergarten', Object.keys(facts)); // prettier-ignore
      const { salt = '', digest } = (facts['subject'] ?? {}) as { salt?: string; digest?: string };
      check.same('of this child', digest, subjectOf(salt, one.number));
      check.holds('no number in it', !receipt.text.includes(one.number.slice(1)), 'no number', 'a number');
      const changed = { ...receipt, text: receipt.text.replace(/\d/, (n) => String((Number(n) + 1) % 10)) };
      check.same('changed', verifyReceipt(changed, keys).holds, false);
    },
  },
  {
    id: 'P02',
    title: { zh: '凭证始终是同一份', en: 'One receipt, for ever' },
    why: {
      zh: '每次取得的凭证不同，就无法作证。',
      en: 'A receipt that changes with every reading proves nothing.',
    },
    must: {
      zh: '再次确认与列表中取得的，与第一份逐字相同；幼儿园取得的也相同。',
      en: 'Give the very same again, in the list, and to the kindergarten.',
    },
    rule: 'issue 5.3',
    async run({ school, garden, child, check, taken }) {
      const takeOver = await taken(child());
      const takeOverId = takeOver?.id ?? randomUUID();
      const again = await school.act('acknowledgeTakeOver', { takeOverId });
      check.holds(
        'there is one',
        Boolean(takeOver?.receipt),
        'a receipt',
        takeOver?.receipt ? 'one' : 'none',
      );
      check.same('again', again.takeOver?.receipt?.jws ?? '–', takeOver?.receipt?.jws);
      for (const [who, party] of [
        ['in the list', school],
        ['the kindergarten', garden],
      ] as const) {
        const { data } = await party.ask('{ takeOvers(filter: { state: ACKNOWLEDGED }, first: 100) { nodes { id receipt { jws } } } }'); // prettier-ignore
        const { nodes } = (data?.['takeOvers'] ?? { nodes: [] }) as { nodes: { id: string; receipt: { jws: string } | null }[] }; // prettier-ignore
        check.same(
          who,
          nodes.find(({ id }) => id === takeOverId)?.receipt?.jws ?? '–',
          takeOver?.receipt?.jws,
        );
      }
    },
  },
];
