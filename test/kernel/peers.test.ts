import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serviceOf, type Peers } from '../../kernel/peers.ts';
import type { SubgraphName } from '../../kernel/graph/subgraph.ts';
import type { Call } from '../../kernel/rules/viewer.ts';
import { SUBGRAPHS } from '../../embedded/graph.ts';
import { embedded } from '../support/databases.ts';

const CALL: Call = {
  viewer: { account: 'county-1', role: 'COUNTY', area: { level: 'COUNTY', code: '190101' }, rights: [] },
  requestId: 'request-1',
};

describe('A service for each call', () => {
  const made: string[] = [];
  const nobody = () => Promise.reject(new Error('not asked'));
  /** Neighbours that know for whom they are asked. */
  const asked = (who: string): Peers & { who: string } => ({
    ...{ who, ask: nobody, entities: nobody },
    during: ({ requestId }) => asked(requestId),
  });
  const { during } = serviceOf(
    { read: () => 'read', both: () => 'read' },
    { peers: asked('itself') },
    ({ peers: { who } }) => {
      made.push(who);
      return { act: (n: number) => `${who} ${n}`, both: () => `act of ${who}` };
    },
  );

  it('reads with what all calls share, and makes no act for it', () => {
    const { read } = during(CALL);
    expect([read(), made]).toEqual(['read', ['itself']]);
  });

  it('makes its acts once, when the first is needed, for this call, before reads of the same name', () => {
    const service = during(CALL);
    const { act } = service;
    expect([act(1), service.act(2), service.both()]).toEqual([
      'request-1 1',
      'request-1 2',
      'act of request-1',
    ]);
    expect(made).toEqual(['itself', 'request-1']);
  });
});

describe('A subgraph', () => {
  const asked: string[] = [];
  const peers: Peers = {
    ask: () => Promise.reject(new Error('not asked')),
    entities: () => Promise.reject(new Error('not asked')),
    during: ({ requestId }) => {
      asked.push(requestId);
      return peers;
    },
  };
  const databases = embedded();
  const open = new Map<SubgraphName, Awaited<ReturnType<(typeof SUBGRAPHS)[SubgraphName]['open']>>>();
  beforeAll(async () => {
    for (const [name, { open: opening }] of Object.entries(SUBGRAPHS) as [
      SubgraphName,
      (typeof SUBGRAPHS)[SubgraphName],
    ][])
      open.set(name, await opening({ location: await databases.fresh(name), peers, now: () => new Date() }));
  });
  afterAll(async () => {
    for (const one of open.values()) await one.close();
  });

  it.each(Object.keys(SUBGRAPHS) as SubgraphName[])(
    '%s asks nobody on behalf of a call that only begins',
    (name) => {
      open.get(name)!.context(CALL);
      expect(asked).toEqual([]);
    },
  );
});
