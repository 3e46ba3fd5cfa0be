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
 * where they matter, through whoever has them already. Whoever was merged into another has left its words to that one.
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
  const foreign = events.map(({ institutionId }) => institutionId).filter((id) => !own.has(id));
  const heirs = await heirsOf(queries, foreign);
  return events.map((event) =>
    own.has(heirs.get(event.institutionId) ?? event.institutionId)
      ? event
      : { ...event, account: null, reason: null },
  );
}

/** What stands today in the place of those that were merged. */
async function heirsOf(queries: Deps['queries'], ids: readonly string[]): Promise<Map<string, string>> {
  const next = new Map<string, string>();
  for (let asked = [...new Set(ids)]; asked.length > 0;) {
    const moved = await queries.institutionsMoved(asked);
    for (const { institutionId, facts } of moved)
      if (facts.to.institutionId !== institutionId) next.set(institutionId, facts.to.institutionId);
    asked = asked.flatMap((id) => next.get(id) ?? []).filter((id) => !next.has(id));
  }
  const last = (id: string): string => (next.has(id) ? last(next.get(id)!) : id);
  return new Map([...next.keys()].map((id) => [id, last(id)]));
}
