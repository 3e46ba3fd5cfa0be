import type { Change, Versioned } from '../../../kernel/store/update.ts';

/** New rows, and new states of rows that must still be as they were seen. */
export class Rows<T extends Versioned> {
  readonly added: T[] = [];
  readonly changed: Change<T>[] = [];

  put(before: T | null, after: T): T {
    if (before) this.changed.push({ before, after });
    else this.added.push(after);
    return after;
  }

  get after(): T[] {
    return [...this.added, ...this.changed.map(({ after }) => after)];
  }
}
