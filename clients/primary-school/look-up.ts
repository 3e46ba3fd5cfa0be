import type { SchoolDatabase } from './database.ts';
import type { Graph } from './graph.ts';
import type { Mischief } from './mischief.ts';
import { schoolLookUp } from './operations.ts';
import type { Pupils } from './pupils.ts';

/** Asks for those who are new. A question changes nothing there, so it need not be written down before. */
export async function lookUp(
  { graph, db, pupils, mischief }: { graph: Graph; db: SchoolDatabase; pupils: Pupils; mischief: Mischief },
  batch: number,
): Promise<boolean> {
  const asked = pupils.idle('NEW', '', batch);
  if (asked.length === 0) return false;
  const items = asked.map(({ number, bornOn }) => ({ number: number!, bornOn: bornOn! }));
  const { resolveNumbers } = await graph.ask(schoolLookUp, { items });
  mischief.at('look-up.answered');
  db.transaction(() => {
    asked.forEach(({ ref }, i) => {
      const { outcome, currentNumber, status } = resolveNumbers[i]!;
      const twin = currentNumber === null ? null : pupils.byNumber(currentNumber);
      if (outcome !== 'FOUND') pupils.change(ref, { state: 'NO_RECORD' });
      else if (twin && twin.ref !== ref) pupils.change(ref, { state: 'SAME_CHILD', code: twin.ref });
      else pupils.change(ref, { state: 'FOUND', number: currentNumber, status });
    });
  });
  return true;
}
