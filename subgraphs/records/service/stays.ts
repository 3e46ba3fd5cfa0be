import { isId } from '../../../kernel/rules/ids.ts';
import { covers, type Viewer } from '../../../kernel/rules/viewer.ts';
import type { Placement, Record } from '../model.ts';
import type { Deps } from './deps.ts';

/** A record of the viewer's and its open stay; somebody else's record looks the same as a missing one. */
export interface OwnStay {
  readonly record: Record | null;
  readonly stay: Placement | null;
  /** The record has an application nobody has decided. */
  readonly undecided: boolean;
}

const NOT_OWN: OwnStay = { record: null, stay: null, undecided: false };

export async function ownStay({ queries }: Deps, viewer: Viewer, recordId: string): Promise<OwnStay> {
  const [record] = isId(recordId) ? await queries.recordsById([recordId]) : [];
  if (!record || !covers(viewer.area, record)) return NOT_OWN;
  const [placements, applications] = await Promise.all([
    queries.placementsByRecord([record.id]),
    queries.applicationsByRecord([record.id]),
  ]);
  const stay = placements.find(({ untilOn }) => untilOn === null) ?? null;
  return { record, stay, undecided: applications.some(({ task }) => task !== null) };
}

/** The stay that is open, by record. */
export async function openStays(
  { queries }: Pick<Deps, 'queries'>,
  recordIds: readonly string[],
): Promise<Map<string, Placement>> {
  const all = recordIds.length === 0 ? [] : await queries.placementsByRecord(recordIds);
  return new Map(all.filter(({ untilOn }) => untilOn === null).map((stay) => [stay.recordId, stay]));
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
