import { always, type GoesOn } from '../../../kernel/rules/goes-on.ts';
import { today } from '../../../kernel/rules/plain-date.ts';
import { Conflict } from '../../../kernel/store/errors.ts';
import type { Application } from '../model.ts';
import type { Reckoning } from '../rules/clock.ts';
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
export async function climbOverdue(deps: Deps, goesOn: GoesOn = always): Promise<number> {
  const handedOn = await climbAll(deps, 'SUBMITTED', goesOn);
  return handedOn + (await climbAll(deps, 'RETURNED', goesOn));
}

async function climbAll(deps: Deps, state: 'SUBMITTED' | 'RETURNED', goesOn: GoesOn): Promise<number> {
  const day = today(deps.now());
  let handedOn = 0;
  for (;;) {
    // Whatever was handed on is no longer overdue, so the next page is the first again.
    const page = await deps.queries.overdue(state, day, PAGE);
    const before = handedOn;
    const provinces = page.flatMap(({ provinceCode, fromProvinceCode }) => [
      provinceCode,
      fromProvinceCode ?? provinceCode,
    ]);
    const reckonings =
      page.length > 0
        ? await reckoningsFor(deps.queries, [...new Set(provinces)])
        : new Map<string, Reckoning>();
    for (const one of page) if (goesOn() && (await climbOne(deps, one, day, reckonings))) handedOn += 1;
    if (page.length < PAGE || handedOn === before || !goesOn()) return handedOn;
  }
}

async function climbOne(
  deps: Deps,
  application: Application,
  day: string,
  reckonings: ReadonlyMap<string, Reckoning>,
): Promise<boolean> {
  const turn = climbed(application);
  if (!turn) return false;
  const province = provinceOf(application, turn.holder) ?? application.provinceCode;
  const reckoning = reckonings.get(province)!;
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
