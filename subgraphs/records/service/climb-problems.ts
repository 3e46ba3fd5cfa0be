import { always, type GoesOn } from '../../../kernel/rules/goes-on.ts';
import { today } from '../../../kernel/rules/plain-date.ts';
import { Conflict } from '../../../kernel/store/errors.ts';
import { climbedTurn } from '../rules/problem-cases.ts';
import { knownProblems, problemTurn, type KnownProblem } from './act-on-problem.ts';
import { Changes } from './changes.ts';
import { CLOCK_ACCOUNT } from './climb.ts';
import type { Deps } from './deps.ts';
import { reckoningsFor } from './settings.ts';

const PAGE = 200;

/** Hands every case whose day has passed to whoever stands above: kindergarten, county, city, province, ministry. */
export async function climbProblems(deps: Deps, goesOn: GoesOn = always): Promise<number> {
  let handedOn = 0;
  for (;;) {
    const day = today(deps.now());
    const page = await knownProblems(deps, await deps.queries.overdueProblems(day, PAGE));
    const before = handedOn;
    for (const known of page) if (goesOn() && (await climbOne(deps, known, day))) handedOn += 1;
    if (page.length < PAGE || handedOn === before || !goesOn()) return handedOn;
  }
}

async function climbOne(deps: Deps, { problem, record, other }: KnownProblem, day: string): Promise<boolean> {
  const reckonings = await reckoningsFor(deps.queries, [record.provinceCode]);
  const changes = new Changes({ action: 'climb', at: deps.now(), account: CLOCK_ACCOUNT });
  const next = climbedTurn(problem, record, other);
  const turn = problemTurn(problem, next, day, reckonings.get(record.provinceCode)!);
  changes.problemCase(problem, { ...problem, ...turn }, record, 'CLIMBED');
  try {
    await deps.store.transaction((tx) => changes.write(deps.store, tx));
    return true;
  } catch (error) {
    // Somebody acted at this very moment, which is better.
    if (error instanceof Conflict) return false;
    throw error;
  }
}
