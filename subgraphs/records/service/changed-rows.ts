import type { Change, Versioned } from '../../../kernel/store/update.ts';
import type { ApplicationStep, StepOutcome } from '../model.ts';

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

/** Whose present step ends, by how and by whom. */
type Ended = Pick<ApplicationStep, 'outcome' | 'account'> & { readonly ids: readonly string[] };

export class EndedSteps {
  private readonly byEnding = new Map<string, Ended>();

  add(id: string, outcome: StepOutcome, account: string): void {
    const key = `${outcome} ${account}`;
    const ids = this.byEnding.get(key)?.ids ?? [];
    this.byEnding.set(key, { outcome, account, ids: [...ids, id] });
  }

  all(): Iterable<Ended> {
    return this.byEnding.values();
  }
}
