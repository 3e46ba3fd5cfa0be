import { always, type GoesOn } from '../../../kernel/rules/goes-on.ts';
import { addDays, today } from '../../../kernel/rules/plain-date.ts';
import { Conflict } from '../../../kernel/store/errors.ts';
import type { Application, Record } from '../model.ts';
import { rowOf, statusAfter } from '../rules/lifecycle.ts';
import { Changes } from './changes.ts';
import { CLOCK_ACCOUNT } from './climb.ts';
import type { Deps } from './deps.ts';

const PAGE = 200;

/**
 * Ends every deferral whose last day has passed, and answers how many. Doing it again does nothing; two at once end each once,
 * since every record must still be as it was read.
 */
export async function lapseDeferrals(deps: Deps, goesOn: GoesOn = always): Promise<number> {
  const day = today(deps.now());
  let lapsed = 0;
  let after: string | null = null;
  for (;;) {
    const page: Record[] = await deps.queries.deferralsOver(day, PAGE, after);
    lapsed += await lapseAll(deps, page);
    if (page.length < PAGE || !goesOn()) return lapsed;
    after = page.at(-1)!.id;
  }
}

/** Together where nobody interferes; else one by one, and who was acted on meanwhile waits for the next tick. */
async function lapseAll(deps: Deps, records: readonly Record[]): Promise<number> {
  if (records.length === 0) return 0;
  const applications = await deps.queries.applicationsByRecord(records.map(({ id }) => id));
  const undecided = new Map(
    applications.filter(({ task }) => task !== null).map((one) => [one.recordId, one]),
  );
  if (await lapse(deps, records, undecided)) return records.length;
  let lapsed = 0;
  for (const record of records) if (await lapse(deps, [record], undecided)) lapsed += 1;
  return lapsed;
}

async function lapse(
  deps: Deps,
  records: readonly Record[],
  undecided: ReadonlyMap<string, Application>,
): Promise<boolean> {
  const changes = new Changes({ action: 'lapseDeferral', at: deps.now(), account: CLOCK_ACCOUNT });
  for (const record of records) lapseOne(record, undecided.get(record.id) ?? null, changes);
  try {
    await deps.store.transaction((tx) => changes.write(deps.store, tx));
    return true;
  } catch (error) {
    if (error instanceof Conflict) return false;
    throw error;
  }
}

function lapseOne(record: Record, application: Application | null, changes: Changes): void {
  const row = rowOf('lapseDeferral', application);
  changes.record(
    record,
    { ...record, status: statusAfter(row, record.status), deferredUntil: null },
    { effectiveOn: addDays(record.deferredUntil!, 1) },
  );
  // Where a transfer leads back to, or on to, the child is enrolled like any other from now on.
  if (application?.statusBefore === 'DEFERRED')
    changes.application(application, { ...application, statusBefore: 'ENROLLED' });
}
