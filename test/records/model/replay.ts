/** What the history and the placements say about a day, reckoned without the database. */
import type { Placement, RecordEvent } from '../../../subgraphs/records/model.ts';

/** The state of a day, replayed: the status, the seat and the class that the last lines said which changed them. */
export function replayed(events: readonly RecordEvent[], day: string) {
  const lines = events.map((line, i) => ({ line, was: events[i - 1] ?? null }));
  const held = lines.filter(({ line }) => line.effectiveOn <= day);
  const last = (aspect: (line: RecordEvent) => string) =>
    held.findLast(({ line, was }) => was === null || isEntry(line) || aspect(line) !== aspect(was))?.line;
  const status = held.findLast(({ line }) => line.statusFrom !== line.statusTo)?.line.statusTo;
  if (status === undefined) return null;
  const seat = last(({ institutionCode, countyCode }) => institutionCode + countyCode)!;
  const { institutionCode, countyCode } = seat;
  const { classId } = last((line) => line.classId)!;
  return { status, institutionCode, countyCode, classId, events: held.at(-1)!.line.seq };
}

const isEntry = ({ type, statusFrom, statusTo }: RecordEvent) =>
  type === 'approveApplication' &&
  (statusFrom === 'PENDING' || (statusFrom === 'TRANSFERRING' && statusTo !== statusFrom));

export const stayOn = (stays: readonly Placement[], day: string): Placement | undefined =>
  stays.find(({ fromOn, untilOn }) => fromOn <= day && (untilOn === null || untilOn > day));
