import type { Case, Outcome } from './case.ts';
import type { TrialChildren } from './children.ts';
import { sweep, tidy, trials, type Parties } from './trial.ts';

/** Runs the cases one after the other, and leaves the children as they were. */
export async function runCases(
  cases: readonly Case[],
  children: TrialChildren,
  parties: Parties,
  told: (outcome: Outcome) => void = () => undefined,
): Promise<Outcome[]> {
  await sweep(parties, children.children);
  const trial = trials(children, parties);
  const outcomes: Outcome[] = [];
  for (const { run, ...facts } of cases) {
    const here = trial();
    const began = performance.now();
    try {
      await run(here);
    } catch (error) {
      // An answer so unlike what was expected that the case could not go on.
      here.check.holds('the case could be carried through', false, 'an answer', (error as Error).name);
    }
    const { passed, findings } = here.check;
    const outcome = { case: facts, passed, findings, ms: Math.round(performance.now() - began) };
    outcomes.push(outcome);
    told(outcome);
    await tidy(parties).catch(() => undefined);
  }
  return outcomes;
}
