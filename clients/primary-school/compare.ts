/** The school's roster held against the preschool records: what differs is with the kindergarten or county by then. */
import { randomUUID } from 'node:crypto';
import { schoolCompareRoster } from './operations.ts';
import type { School } from './sync.ts';

export interface Comparison {
  /** How many rows came to what. */
  readonly outcomes: Readonly<Record<string, number>>;
  readonly differing: readonly { readonly ref: string; readonly differences: readonly string[] }[];
}

/** Everybody who is taught here by a number of the preschool record. Asked again, the same difference is the same case. */
export async function compareWithRecords({ graph, pupils, batch }: School): Promise<Comparison> {
  const taught = pupils.all().filter(({ state, number }) => state === 'ACKNOWLEDGED' && number !== null);
  const outcomes: Record<string, number> = {};
  const differing: { ref: string; differences: readonly string[] }[] = [];
  for (let i = 0; i < taught.length; i += batch) {
    const rows = taught.slice(i, i + batch);
    const items = rows.map(({ number, bornOn }) => ({ number, bornOn, status: 'ACTIVE' as const }));
    const { compared } = await graph.ask(schoolCompareRoster, {
      input: { idempotencyKey: randomUUID(), items },
    });
    if (compared.userErrors.length > 0)
      throw new Error(`the graph refused the request: ${compared.userErrors[0]!.code}`);
    compared.results.forEach(({ outcome, differences }, n) => {
      const came = outcome ?? 'REFUSED';
      outcomes[came] = (outcomes[came] ?? 0) + 1;
      if (came !== 'AGREES') differing.push({ ref: rows[n]!.ref, differences });
    });
  }
  return { outcomes, differing };
}
