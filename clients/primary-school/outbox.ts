import { randomUUID } from 'node:crypto';
import type { SchoolDatabase } from './database.ts';
import type { Act, Sending, SentItem } from './model.ts';
import type { Pupils } from './pupils.ts';

const ITEMS = 'outbox.items';

/** Requests on their way. What stands here has been sent, or will be; what has been answered is gone. */
export function outbox(db: SchoolDatabase, pupils: Pupils) {
  return {
    /** Chooses whom an act is about and writes the request down, in one step: nobody is on two requests. */
    write(act: Act, choose: () => readonly SentItem[]): Sending | null {
      return db.transaction(() => {
        const items = choose();
        if (items.length === 0) return null;
        const sending: Sending = { key: randomUUID(), act, items };
        const sealed = db.keys.seal(ITEMS, JSON.stringify(items));
        db.run(
          'INSERT INTO outbox (key, act, items, written_at) VALUES (?, ?, ?, ?)',
          ...[sending.key, act, sealed, new Date().toISOString()],
        );
        pupils.hold(
          items.map(({ ref }) => ref),
          sending.key,
        );
        return sending;
      });
    },
    waiting(): Sending[] {
      return db.rows('SELECT key, act, items FROM outbox ORDER BY written_at, key').map((row) => ({
        key: row['key'] as string,
        act: row['act'] as Act,
        items: JSON.parse(db.keys.unseal(ITEMS, row['items'] as Uint8Array)) as SentItem[],
      }));
    },
    /** Applies an answer once, however often it came. */
    settle({ key, items }: Sending, apply: () => void): void {
      db.transaction(() => {
        if (db.run('DELETE FROM outbox WHERE key = ?', key) === 0) return;
        pupils.hold(
          items.map(({ ref }) => ref),
          null,
        );
        apply();
      });
    },
  };
}
export type Outbox = ReturnType<typeof outbox>;
