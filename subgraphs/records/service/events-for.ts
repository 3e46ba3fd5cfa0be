import { covers, type Viewer } from '../../../kernel/rules/viewer.ts';
import type { Application, RecordEvent } from '../model.ts';
import type { Deps } from './deps.ts';

/** An event as a viewer sees it: who did it and why only where it happened in the viewer's area. */
export interface SeenEvent extends Omit<RecordEvent, 'account'> {
  readonly account: string | null;
}

/** The applications of records, at least those of the viewer's area. */
export type ApplicationsOf = (ids: readonly string[]) => Promise<readonly Application[]>;

/**
 * The history belongs to the record and goes with it; the words and accounts of another kindergarten do not.
 * Every institution in a history has applied once, so its applications tell where it lies; they are asked for only
 * where they matter, through whoever has them already.
 */
export async function eventsFor(
  { queries }: Deps,
  { area }: Viewer,
  ids: readonly string[],
  applicationsOf: ApplicationsOf,
): Promise<SeenEvent[]> {
  const [events, applications] = await Promise.all([
    queries.eventsByRecord(ids),
    area.level === 'NATION' ? [] : applicationsOf(ids),
  ]);
  if (area.level === 'NATION') return events;
  const own = new Set(
    applications.filter((one) => covers(area, one)).map(({ institutionId }) => institutionId),
  );
  return events.map((event) =>
    own.has(event.institutionId) ? event : { ...event, account: null, reason: null },
  );
}
