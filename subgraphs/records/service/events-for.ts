import { covers, type Viewer } from '../../../kernel/rules/viewer.ts';
import type { RecordEvent } from '../model.ts';
import type { Deps } from './deps.ts';

/** An event as a viewer sees it: who did it and why only where it happened in the viewer's area. */
export interface SeenEvent extends Omit<RecordEvent, 'account'> {
  readonly account: string | null;
}

/**
 * The history belongs to the record and goes with it; the words and accounts of another kindergarten do not.
 * Every institution in a history has applied once, so its applications tell where it lies.
 */
export async function eventsFor(
  { queries }: Deps,
  { area }: Viewer,
  ids: readonly string[],
): Promise<SeenEvent[]> {
  const events = await queries.eventsByRecord(ids);
  if (area.level === 'NATION') return events;
  const applications = await queries.applicationsByRecord(ids);
  const own = new Set(
    applications.filter((one) => covers(area, one)).map(({ institutionId }) => institutionId),
  );
  return events.map((event) =>
    own.has(event.institutionId) ? event : { ...event, account: null, reason: null },
  );
}
