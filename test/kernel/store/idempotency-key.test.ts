import { afterAll, beforeAll, expect, it } from 'vitest';
import { creation } from '../../../kernel/store/migration.ts';
import { openStore, type Store } from '../../../kernel/store/open.ts';
import { operationColumns, perform, type WithOperation } from '../../../kernel/store/operation.ts';
import type { Kit } from '../../../kernel/store/kit.ts';
import { eachDatabase } from '../../support/databases.ts';

const definition = {
  name: 'keys',
  tables: () => ({}),
  migrations: (kit: Kit) => [
    creation('CreateKeys1764000000000', kit, [{ name: 'operation', columns: operationColumns(kit) }]),
  ],
};

eachDatabase('An idempotency key', (databases) => {
  let store: Store<WithOperation>;
  let written: string[] = [];

  beforeAll(async () => {
    store = await openStore(definition, await databases.fresh('idempotency-key'));
  });
  afterAll(() => store.close());

  const act = (account: string, idempotencyKey: string) =>
    perform<null, string>(store, {
      viewer: { account, role: 'COUNTY', area: { level: 'COUNTY', code: '190102' } },
      idempotencyKey,
      input: 'the same',
      gather: () => Promise.resolve(null),
      write: () => {
        written.push(account + idempotencyKey);
        return Promise.resolve(`done for ${account}`);
      },
      refuse: ([error]) => error!.code,
    });

  it('is taken with spaces, signs and ideographs inside', async () => {
    for (const key of ['pad', 'Pad', 'a b', '2026-09-01/1', '键一', '𠮷']) {
      expect(await act('ka', key)).toBe('done for ka');
    }
  });

  it.each([
    'pad ',
    ' pad',
    'pad\t',
    'pad\n',
    '\u3000pad',
    'pad\u00a0',
    'p\u0000ad',
    'p\u0085ad',
    's\ud800',
    '\udc00s',
  ])('is refused as %j, before anything is looked up or written', async (key) => {
    written = [];
    const before = store.stats.statements;
    expect(await act('ka', key)).toBe('KEY_FORM');
    expect([written, store.stats.statements - before]).toEqual([[], 0]);
  });

  it('of spaces alone is missing', async () => {
    expect(await act('ka', '  ')).toBe('REQUIRED');
  });

  it('never answers an account what another one was told, though a space is all that parts them', async () => {
    await act('kb', 'one');
    const answer = await act('kb ', 'one').catch((error: Error) => error.name);
    expect(['done for kb ', 'Conflict']).toContain(answer);
  });
});
