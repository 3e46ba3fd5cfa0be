/**
 * Which texts were found valid, and what finding out costs. A text that is new is read twice and validated, which can take fifty
 * times what its points say. That is taken off its client's budget of planning; who has nothing left of it sends texts that
 * are known, or waits.
 */
import type { DocumentNode, ValidationRule } from 'graphql';
import { Lru } from '../kernel/serve/lru.ts';
import { DOCUMENT_BOUNDS, lengthKept } from './caches.ts';
import { TOO_MANY_TEXTS, type PlanningBudget } from './execution/budget.ts';
import { Refusal } from './refusal.ts';
import type { Tally } from './tally.ts';

const KNOWN = {};

export class Texts {
  private valid = new Lru<object>(DOCUMENT_BOUNDS);
  private readonly begun = new WeakMap<DocumentNode, number>();

  constructor(private readonly budget: PlanningBudget) {}

  /** Over another supergraph nothing is known to be valid. */
  clear(): void {
    this.valid = new Lru(DOCUMENT_BOUNDS);
  }

  /** Reads a text at its client's expense, where it is new. Throws Refusal where the client has nothing left, and what `read` throws. */
  read(text: string | undefined, tally: Tally, read: () => void): void {
    if (text === undefined || this.valid.get(text)) return read();
    const client = payer(tally);
    if (client === undefined) return read();
    if (!this.budget.allows(client)) {
      tally.waits = this.budget.waits(client);
      throw new Refusal(429, 'RATE_LIMITED', TOO_MANY_TEXTS);
    }
    const before = this.budget.worked();
    try {
      read();
    } finally {
      // Apollo Server reads it once more.
      this.budget.took(client, 2 * (this.budget.worked() - before));
    }
  }

  /** A rule that finds nothing: it is called when validating begins, with nobody else's work between that and its end. */
  readonly begins: ValidationRule = (context) => {
    this.begun.set(context.getDocument(), this.budget.worked());
    return {};
  };

  /** To be told in the turn in which validating ends. */
  validated(document: DocumentNode, tally: Tally | undefined): void {
    const begun = this.begun.get(document);
    const client = tally && payer(tally);
    if (begun !== undefined && client !== undefined) this.budget.took(client, this.budget.worked() - begun);
  }

  /** A text that was found valid, now or before. */
  found(text: string, document: DocumentNode): void {
    const length = lengthKept(document);
    if (length !== undefined) this.valid.set(text, KNOWN, length);
  }
}

/** Without a token nobody is known to take it off. */
const payer = (tally: Tally): string | undefined => (tally.viewer ? tally.payer : undefined);
