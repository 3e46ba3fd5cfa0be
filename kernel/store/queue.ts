import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * One writer at a time, first come first served. TypeORM shares one connection per SQLite file, so two
 * transactions at once would interleave: one would read and even lose the other's uncommitted rows.
 */
export class WriterQueue {
  private tail: Promise<unknown> = Promise.resolve();
  private readonly inside = new AsyncLocalStorage<true>();

  run<T>(work: () => Promise<T>): Promise<T> {
    if (this.inside.getStore()) throw new Error('A transaction cannot be opened inside another one.');
    const turn = this.tail
      .then(() => this.inside.run(true, work))
      // While it is in use every promise of the process costs twice as much (Node before 24).
      .finally(() => this.inside.disable());
    this.tail = turn.catch(() => undefined);
    return turn;
  }
}
