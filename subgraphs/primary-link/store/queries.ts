import type { Dialect } from '../../../kernel/store/kit.ts';
import { raw, sql } from '../../../kernel/store/sql.ts';
import type { LookupUse } from '../model.ts';
import type { PrimaryLinkStore } from './store.ts';

type Day = Pick<LookupUse, 'account' | 'day'>;

/** Leaves a row that is there as it is; the two families say so differently. */
const unlessThere = (dialect: Dialect) =>
  raw(dialect === 'sqlite' ? 'ON CONFLICT DO NOTHING' : 'ON DUPLICATE KEY UPDATE asked = asked');

/** Every statement of this subgraph. */
export function useQueries(store: PrimaryLinkStore) {
  const { reader, tables, dialect } = store;
  return {
    useOn: async ({ account, day }: Day): Promise<LookupUse | null> =>
      (await reader.rows(tables.lookupUse, sql`WHERE account = ${account} AND day = ${day}`))[0] ?? null,
    /** Takes items out of the day's quota; false, and nothing taken, when they no longer fit. */
    spend: ({ account, day }: Day, items: number, quota: number): Promise<boolean> =>
      store.transaction(async (tx) => {
        await tx.execute(
          sql`INSERT INTO lookup_use (account, day, asked, found) VALUES (${account}, ${day}, 0, 0) ${unlessThere(dialect)}`,
        );
        const taken = await tx.execute(
          sql`UPDATE lookup_use SET asked = asked + ${items}
              WHERE account = ${account} AND day = ${day} AND asked + ${items} <= ${quota}`,
        );
        return taken === 1;
      }),
    noteFound: async ({ account, day }: Day, found: number): Promise<void> => {
      if (found === 0) return;
      await store.transaction((tx) =>
        tx.execute(
          sql`UPDATE lookup_use SET found = found + ${found} WHERE account = ${account} AND day = ${day}`,
        ),
      );
    },
  };
}
