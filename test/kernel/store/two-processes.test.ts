import { expect, it } from 'vitest';
import { openStore } from '../../../kernel/store/open.ts';
import { raw } from '../../../kernel/store/sql.ts';
import { embedded } from '../../support/databases.ts';

const databases = embedded();
const definition = { name: 'shared', tables: () => ({}), migrations: () => [] };

it('One embedded file open twice: who read before the other wrote does it all again, instead of failing', async () => {
  const location = await databases.fresh('shared');
  const [server, command] = [await openStore(definition, location), await openStore(definition, location)];
  await server.transaction((tx) => tx.execute(raw('CREATE TABLE tally (n integer)')));
  const seen: number[] = [];
  await server.transaction(async (tx) => {
    const [row] = await tx.select<{ n: number }>(raw('SELECT COUNT(*) AS n FROM tally'));
    if (seen.push(row!.n) === 1)
      await command.transaction((other) => other.execute(raw('INSERT INTO tally VALUES (1)')));
    await tx.execute(raw('INSERT INTO tally VALUES (2)'));
  });
  expect(seen).toEqual([0, 1]);
  expect(server.stats.retries).toBe(1);
  await Promise.all([server.close(), command.close()]);
});
