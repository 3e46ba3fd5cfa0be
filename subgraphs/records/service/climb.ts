import { today } from '../../../kernel/rules/plain-date.ts';
import { Conflict } from '../../../kernel/store/errors.ts';
import type { Application } from '../model.ts';
import { begin, climbed, provinceOf } from '../rules/turns.ts';
import { Changes } from './changes.ts';
import type { Deps } from './deps.ts';
import { reckoningsFor } from './settings.ts';

/** Who is named where nobody acted. */
export const CLOCK_ACCOUNT = 'system:clock';

const PAGE = 200;

/**
 * Hands every step whose day has passed to whoever stands above (design section 4), and answers how many. Doing it
 * again does nothing; two at once do each once, since every application must still be as it was read.
 */
export async function climbOverdue(deps: Deps): Promise<number> {
  const day = today(deps.now());
  let handedOn = 0;
  let after: string | null = null;
  for (;;) {
    const page: Application[] = await deps.queries.overdue(day, PAGE, after);
    for (const application of page) if (await climbOne(deps, application, day)) handedOn += 1;
    if (page.length < PAGE) return handedOn;
    after = page.at(-1)!.id;
  }
}

async function climbOne(deps: Deps, application: Application, day: string): Promise<boolean> {
  const turn = climbed(application);
  if (!turn) return false;
  const province = provinceOf(application, turn.holder) ?? application.provinceCode;
  const reckoning = (await reckoningsFor(deps.queries, [province])).get(province)!;
  const changes = new Changes({ action: 'climb', at: deps.now(), account: CLOCK_ACCOUNT });
  const silent = application.task === 'ANSWER';
  const details = silent ? { ...application.details, answer: 'SILENT' as const } : application.details;
  const next = { ...application, details, ...begin(application, turn, day, reckoning) };
  changes.application(application, next, 'CLIMBED');
  try {
    await deps.store.transaction((tx) => changes.write(deps.store, tx));
    return true;
  } catch (error) {
    // Somebody acted at this very moment, which is better.
    if (error instanceof Conflict) return false;
    throw error;
  }
}
