/** Two schools and one child; and how a take-over ends. */
import { randomUUID } from 'node:crypto';
import type { Case } from '../case.ts';
import { codesOf } from '../party.ts';
import { claimOf } from '../trial.ts';
import { resolved } from './resolve.ts';

export const ENDINGS: readonly Case[] = [
  {
    id: 'E01',
    title: { zh: '两所小学同时认领', en: 'Two schools at once' },
    why: {
      zh: '一名儿童只能有一个学籍归属。',
      en: 'A record has one owner at each instant, whoever was quicker.',
    },
    must: {
      zh: '一方 ACCEPTED，另一方 CONFLICT 并得到提示；后者不能确认。',
      en: 'Make one ACCEPTED and the other CONFLICT with a warning; the latter cannot acknowledge.',
    },
    rule: 'issue 5.2; domain 2.4',
    async run({ school, rival, child, check }) {
      const claim = claimOf(child());
      const both = await Promise.all([school, rival].map((one) => one.act('offerTakeOver', claim)));
      const states = both.map(({ takeOver }) => takeOver?.state ?? '–');
      check.same('states', [...states].sort(), ['ACCEPTED', 'CONFLICT']);
      const lost = both[states.indexOf('CONFLICT')];
      check.same('warned', codesOf(lost?.warnings ?? []), ['TAKE_OVER_CONFLICT']);
      const loser = states[0] === 'CONFLICT' ? school : rival;
      const refused = await loser.act('acknowledgeTakeOver', { takeOverId: lost?.takeOver?.id ?? '' });
      check.same('cannot acknowledge', codesOf(refused.userErrors), ['TAKE_OVER_NOT_OPEN']);
    },
  },
  {
    id: 'E02',
    title: { zh: '先得者放弃，后来者可得', en: 'The first gives way' },
    why: {
      zh: '争议以一方撤销了结，另一方不必重新认领。',
      en: 'A dispute ends when one side cancels; the other need not begin anew.',
    },
    must: {
      zh: '此前 TAKE_OVER_ELSEWHERE，此后可接收并确认。',
      en: 'Answer TAKE_OVER_ELSEWHERE before, and let it be accepted and acknowledged afterwards.',
    },
    rule: 'issue 5.2',
    async run({ school, rival, child, check, claimed }) {
      const one = child();
      const takeOver = await claimed(one);
      const dispute = await rival.act('offerTakeOver', claimOf(one));
      check.same('disputed', dispute.takeOver?.state, 'CONFLICT');
      const takeOverId = dispute.takeOver?.id ?? randomUUID();
      const early = await rival.act('acceptTakeOver', { takeOverId });
      check.same('before', codesOf(early.userErrors), ['TAKE_OVER_ELSEWHERE']);
      await school.act('cancelTakeOver', { takeOverId: takeOver?.id ?? '' });
      check.same('accepted', (await rival.act('acceptTakeOver', { takeOverId })).takeOver?.state, 'ACCEPTED');
      check.same('acknowledged', (await rival.act('acknowledgeTakeOver', { takeOverId })).takeOver?.state, 'ACKNOWLEDGED'); // prettier-ignore
    },
  },
  {
    id: 'E03',
    title: { zh: '期限内撤销', en: 'Cancelled within its days' },
    why: {
      zh: '认错了人，须能还原如初；迟到的确认不能复活已撤销的接续。',
      en: 'Whoever took the wrong child must be able to undo it without a trace; an acknowledgement that comes late brings nothing back.',
    },
    must: {
      zh: 'CANCELLED，学籍回到原状态，可重新认领；再次撤销仍为已撤销。',
      en: 'Make it CANCELLED, put the record back where it was, and let it be claimed anew; cancelling once more changes nothing.',
    },
    rule: 'design 4; 30 days',
    async run({ school, child, check, taken, claimed }) {
      const one = child();
      const takeOverId = (await taken(one))?.id ?? randomUUID();
      const ended = await school.act('cancelTakeOver', { takeOverId, reason: '误收' });
      check.same('ended', [ended.takeOver?.state, ended.takeOver?.endReason], ['CANCELLED', 'BY_SCHOOL']);
      const late = await school.act('acknowledgeTakeOver', { takeOverId });
      check.same('late', codesOf(late.userErrors), ['TAKE_OVER_NOT_OPEN']);
      check.same('back', (await resolved(school, one))?.status, 'IN_KINDERGARTEN');
      check.same('once more', (await school.act('cancelTakeOver', { takeOverId, reason: '误收' })).takeOver?.state, 'CANCELLED'); // prettier-ignore
      const anew = await claimed(one);
      check.holds('another one', anew !== null && anew.id !== takeOverId, 'a new take-over', anew ? 'the old one' : 'none'); // prettier-ignore
    },
  },
  {
    id: 'E04',
    title: { zh: '退回须说明理由', en: 'Released with a reason' },
    why: {
      zh: '学籍退回会改变儿童的归属，须留下原因。',
      en: 'Giving a record back changes where a child belongs; the reason is kept.',
    },
    must: {
      zh: '无理由或超过 200 字即拒绝，有理由则 RELEASED。',
      en: 'Refuse it without a reason or with one over 200 characters, and answer RELEASED with one.',
    },
    rule: 'design 4; issue 5.2',
    async run({ school, child, check, taken }) {
      const takeOverId = (await taken(child()))?.id ?? randomUUID();
      const silent = await school.act('releaseTakeOver', { takeOverId });
      check.same('without', codesOf(silent.userErrors), ['REASON_REQUIRED']);
      const wordy = await school.act('releaseTakeOver', { takeOverId, reason: '长'.repeat(201) });
      check.same('too long', codesOf(wordy.userErrors), ['TOO_LONG']);
      const released = await school.act('releaseTakeOver', { takeOverId, reason: '未到校' });
      check.same('with', released.takeOver?.state, 'RELEASED');
    },
  },
];
