import { isId } from '../../../kernel/rules/ids.ts';
import { covers, type Viewer } from '../../../kernel/rules/viewer.ts';
import type { Placement, Record } from '../model.ts';
import type { Deps } from './deps.ts';

/** A record of the viewer's and its open stay; somebody else's record looks the same as a missing one. */
export interface OwnStay {
  readonly record: Record | null;
  readonly stay: Placement | null;
}

export async function ownStay({ queries }: Deps, viewer: Viewer, recordId: string): Promise<OwnStay> {
  const [record] = isId(recordId) ? await queries.recordsById([recordId]) : [];
  if (!record || !covers(viewer.area, record)) return { record: null, stay: null };
  const placements = await queries.placementsByRecord([record.id]);
  return { record, stay: placements.find(({ untilOn }) => untilOn === null) ?? null };
}

/** The last stay that has ended, by record. Only a record with a number has been anywhere, so others cost nothing. */
export async function lastStays(
  { queries }: Pick<Deps, 'queries'>,
  records: readonly Record[],
): Promise<Map<string, Placement>> {
  const ids = records.filter(({ number }) => number !== null).map(({ id }) => id);
  const last = new Map<string, Placement>();
  for (const placement of ids.length === 0 ? [] : await queries.placementsByRecord(ids)) {
    const earlier = last.get(placement.recordId);
    if (placement.untilOn !== null && (!earlier || placement.untilOn >= earlier.untilOn!))
      last.set(placement.recordId, placement);
  }
  return last;
}

/** The day the last stay ended, as a fact; no fact where there was none. */
export function leftOn(stays: ReadonlyMap<string, Placement>, record: Record | null): { leftOn?: string } {
  const stay = record && stays.get(record.id);
  return stay ? { leftOn: stay.untilOn! } : {};
}
