import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Peers } from '../../kernel/peers.ts';
import type { Viewer } from '../../kernel/rules/viewer.ts';
import { institutionService } from '../../subgraphs/institutions/service.ts';
import { eachDatabase } from '../support/databases.ts';
import { county, newInstitution, noPeers, openSmall } from './support.ts';
import { peersFrom } from '../support/peers.ts';

const city: Viewer = { account: 'city-1', role: 'CITY', area: { level: 'CITY', code: '330100' } };
const [A, B, C] = ['1133990001', '1133990002', '1133990003'] as const;
let calls = 0;
const key = () => `key-${++calls}`;
const wish = (institutionCode: string) => ({ institutionCode, on: '2026-11-20', reason: null });

interface Message {
  readonly id: string;
  readonly institutionCode: string;
  readonly seq: number;
  readonly kind: string;
}

eachDatabase('What neighbours must learn of an institution', (databases) => {
  let opened: Awaited<ReturnType<typeof openSmall>>;
  let clock: number;
  let told: string[];
  let answer: (to: string, changes: readonly Message[]) => readonly Message[];

  const peers: Peers = peersFrom({
    ...noPeers,
    ask: (to, _, variables) => {
      const { changes } = (variables as { input: { changes: Message[] } }).input;
      const applied = answer(to, changes);
      told.push(
        ...applied.map(({ institutionCode, seq, kind }) => `${to} ${institutionCode} ${seq} ${kind}`),
      );
      return Promise.resolve({ told: { applied: applied.map(({ id }) => id) } } as never);
    },
  });
  const rename = (code: string, name: string) =>
    opened.service.renameInstitution(county, key(), { ...wish(code), name });

  beforeEach(async () => {
    clock = Date.parse('2026-11-23T02:00:00Z');
    told = [];
    answer = (_, changes) => changes;
    opened = await openSmall(await databases.fresh('outbox'), () => new Date(clock), peers);
    await opened.service.openInstitutions(
      county,
      key(),
      [A, B, C].map((code) => newInstitution(code)),
    );
  });
  afterEach(async () => {
    await opened.service.outbox.stop();
    await opened.store.close();
  });

  it('is told right after the act, to children first, and once where no child goes elsewhere', async () => {
    await rename(A, '甲');
    expect(told).toEqual([`children ${A} 2 RENAMED`, `records ${A} 2 RENAMED`]);
    clock += 3_600_000;
    await opened.service.outbox.deliver();
    expect(told).toHaveLength(2);
  });

  it('is told once more, a minute and a half later, where children go elsewhere', async () => {
    await opened.service.moveInstitution(city, key(), { ...wish(A), region: '330106' });
    clock += 89_000;
    await opened.service.outbox.deliver();
    expect(told).toEqual([`children ${A} 2 MOVED`, `records ${A} 2 MOVED`]);
    clock += 1000;
    await opened.service.outbox.deliver();
    expect(told.slice(2)).toEqual([`children ${A} 2 MOVED`, `records ${A} 2 MOVED`]);
    clock += 3_600_000;
    await opened.service.outbox.deliver();
    expect(told).toHaveLength(4);
  });

  it('waits while a neighbour is down; the act is done all the same, and all of it arrives in order', async () => {
    answer = (to) => {
      if (to === 'records') throw new Error('down');
      return [];
    };
    const done = await rename(A, '甲');
    expect(done.results[0]!.userErrors).toEqual([]);
    await rename(A, '乙');
    await opened.service.mergeInstitutions(county, key(), {
      ...{ institutionCodes: [A, B], into: C, on: '2026-11-21', reason: null },
    });
    expect(told).toEqual([]);
    answer = (_, changes) => changes;
    await opened.service.outbox.deliver();
    const ofA = told.filter((line) => line.startsWith(`records ${A}`));
    expect(ofA).toEqual([`records ${A} 2 RENAMED`, `records ${A} 3 RENAMED`, `records ${A} 4 MERGED`]);
    expect(told.filter((line) => line.startsWith(`records ${B}`))).toEqual([`records ${B} 2 MERGED`]);
  });

  it('is told again as far as a neighbour has not taken it', async () => {
    let refusals = 0;
    answer = (to, changes) => (to === 'records' && refusals++ === 0 ? changes.slice(0, 1) : changes);
    await opened.service.mergeInstitutions(county, key(), {
      ...{ institutionCodes: [A, B], into: C, on: '2026-11-21', reason: null },
    });
    expect(told.filter((line) => line.startsWith('records')).sort()).toEqual([
      `records ${A} 2 MERGED`,
      `records ${B} 2 MERGED`,
    ]);
  });

  it('is taken up after a crash by whoever starts next', async () => {
    answer = () => [];
    await rename(A, '甲');
    expect(told).toEqual([]);
    answer = (_, changes) => changes;
    await opened.service.outbox.stop();
    const next = institutionService(opened.store, peers, () => new Date(clock));
    next.outbox.tick();
    await next.outbox.stop();
    expect(told).toEqual([`children ${A} 2 RENAMED`, `records ${A} 2 RENAMED`]);
  });

  it('is told twice at the most by two that deliver at once, and never lost', async () => {
    answer = () => [];
    await rename(A, '甲');
    answer = (_, changes) => changes;
    const other = institutionService(opened.store, peers, () => new Date(clock));
    await Promise.all([opened.service.outbox.deliver(), other.outbox.deliver()]);
    await other.outbox.stop();
    expect(new Set(told)).toEqual(new Set([`children ${A} 2 RENAMED`, `records ${A} 2 RENAMED`]));
    const before = told.length;
    await opened.service.outbox.deliver();
    expect(told).toHaveLength(before);
  });
});
