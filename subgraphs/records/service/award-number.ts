import type { IssuedNumber, ProblemCase, Record } from '../model.ts';
import { formalNumber } from '../../../kernel/rules/record-number.ts';
import type { Changes } from './changes.ts';
import type { Deps } from './deps.ts';
import { neighbours } from './neighbours.ts';
import { currentNumbers, freeL, replaceNumber, type Drawn } from './numbers.ts';

/** A G number that is another child's own: where it is, where it belongs, and the L that takes its place. */
export interface Award {
  readonly holder: Record;
  readonly held: IssuedNumber;
  readonly substitute: Drawn;
  readonly rightful: Record;
  readonly present: IssuedNumber;
}

/** Statuses in which a record can take its number: it has one and nobody continues it elsewhere. */
const NUMBERED: readonly Record['status'][] = ['ENROLLED', 'TRANSFERRING', 'DEFERRED', 'LEFT', 'GRADUATED'];

/** What would move if the number were given to the record beside; null where it is not that child's, or needs no moving. */
export async function awardOf(
  deps: Pick<Deps, 'queries' | 'peers'>,
  { problem, record, other }: { problem: ProblemCase; record: Record; other: Record | null },
): Promise<Award | null> {
  if (problem.kind !== 'ID_DUPLICATE' || problem.state !== 'OPEN' || !other) return null;
  if (!NUMBERED.includes(other.status) || other.number === null || other.number.startsWith('G')) return null;
  const child = (await neighbours.children(deps.peers, [other.childId])).get(other.childId);
  if (child?.residentIdForNumber == null) return null;
  if (record.number !== formalNumber(child.residentIdForNumber)) return null;
  const current = await currentNumbers(deps, [record.id, other.id]);
  const substitute = await freeL(deps.queries, record);
  const [held, present] = [current.get(record.id)!, current.get(other.id)!];
  return { holder: record, held, substitute, rightful: other, present };
}

/** The wrong record gets a fresh L, and the number goes where it belongs; both chains tell. Part of whoever's act this is. */
export function awardNumber(changes: Changes, award: Award, on: string): void {
  const { holder, held, substitute } = award;
  const number = replaceNumber(changes, held, substitute, 'DELETED', on);
  changes.record(holder, { ...holder, number });
  giveNumber(changes, award, on);
}

/** The second half, where the number has ended at its former place by another act of the same transaction. */
export function giveNumber(changes: Changes, { held, rightful, present }: Award, on: string): void {
  const given = { number: held.number, digest: held.digest, ownerId: null, claim: held.claim + 1 };
  const number = replaceNumber(changes, present, given, 'ID_PROVEN', on);
  changes.record(rightful, { ...rightful, number }, { type: 'convertNumber' });
}
