import type { PlainDate } from '../../../kernel/rules/plain-date.ts';
import { formalNumber, jNumber, temporaryNumber } from '../../../kernel/rules/record-number.ts';
import { randomDigits } from '../../../kernel/store/ids.ts';
import type { IssuedNumber, NumberEndReason, Record } from '../model.ts';
import type { Changes } from './changes.ts';
import type { Deps } from './deps.ts';

/** A number that might be issued; `ownerId` is the record that has it, or had it, already. */
export interface Drawn {
  readonly number: string;
  readonly digest: string;
  readonly ownerId: string | null;
  /** 0, or one more than the record had that gives it up. */
  readonly claim: number;
  /** The duplicate it comes from, where its record was cancelled for the one that takes the number. */
  readonly from?: { readonly record: Record; readonly issued: IssuedNumber };
}

type Queries = Pick<Deps['queries'], 'digestOf' | 'numbersByDigest' | 'recordsWhole'>;

/** The formal number of a proven resident ID, for this record: this one or none. */
export async function formalOne(queries: Queries, residentId: string, recordId: string): Promise<Drawn> {
  const [drawn] = await drawnOf(queries, [formalNumber(residentId)]);
  const [last] = drawn!.ownerId === null ? [] : await queries.numbersByDigest([drawn!.digest]);
  return last ? takenOver(queries, drawn!, last, recordId) : drawn!;
}

/**
 * A number that was issued goes to another record in two cases only: the ministry has deleted it there, since it was never
 * that child's, or that record was a duplicate of this one. Whoever had it before keeps the line in its chain.
 */
export async function takenOver(
  queries: Queries,
  drawn: Drawn,
  last: IssuedNumber,
  recordId: string,
): Promise<Drawn> {
  if (last.recordId === recordId) return drawn;
  const free = { ...drawn, ownerId: null, claim: last.claim + 1 };
  if (last.endReason === 'DELETED') return free;
  const record = last.endedOn === null ? await mergedInto(queries, last.recordId, recordId) : null;
  return record ? { ...free, from: { record, issued: last } } : drawn;
}

/** The record, where it was cancelled as a duplicate of the other, at one or more removes. */
async function mergedInto(queries: Queries, id: string, into: string): Promise<Record | null> {
  const [first] = await queries.recordsWhole([id]);
  let next: Record | undefined = first;
  while (next && next.status === 'CANCELLED' && next.mergedInto !== null) {
    if (next.mergedInto === into) return first!;
    [next] = await queries.recordsWhole([next.mergedInto]);
  }
  return null;
}

/** A formal number without an ID: all serials there are, from one by chance on. */
export function freeJ(queries: Queries, countyCode: string, bornOn: PlainDate): Promise<Drawn> {
  const first = Number(randomDigits(3));
  return firstFree(queries, SERIALS, (i) => jNumber(countyCode, bornOn, (first + i) % SERIALS));
}

/** A temporary number. */
export function freeL(queries: Queries, { countyCode, bornOn }: Pick<Record, 'countyCode' | 'bornOn'>) {
  return firstFree(queries, DRAWS, () => temporaryNumber(countyCode, bornOn, randomDigits(4)));
}

const SERIALS = 1000;
const DRAWS = 400;
const AT_ONCE = 20;

/** The first that nobody has ever had; where there is none, one that is taken. */
async function firstFree(queries: Queries, most: number, candidate: (i: number) => string): Promise<Drawn> {
  let last: Drawn | undefined;
  for (let from = 0; from < most; from += AT_ONCE) {
    const numbers = Array.from({ length: AT_ONCE }, (_, i) => candidate(from + i));
    const drawn = await drawnOf(queries, numbers);
    const free = drawn.find(({ ownerId }) => ownerId === null);
    if (free) return free;
    last = drawn[0];
  }
  return last!;
}

async function drawnOf(queries: Queries, numbers: readonly string[]): Promise<Drawn[]> {
  const digests = numbers.map(queries.digestOf);
  const issued = await queries.numbersByDigest(digests);
  // The last to take a number over is its owner, and comes first.
  const owners = new Map(issued.reverse().map(({ digest, recordId }) => [digest, recordId]));
  return numbers.map((number, i) => {
    const digest = digests[i]!;
    return { number, digest, ownerId: owners.get(digest) ?? null, claim: 0 };
  });
}

/** The last link of each record's chain, by record. */
export async function currentNumbers(
  { queries }: Pick<Deps, 'queries'>,
  recordIds: readonly string[],
): Promise<Map<string, IssuedNumber>> {
  const chains = recordIds.length === 0 ? [] : await queries.numbersByRecord(recordIds);
  return new Map(chains.map((one) => [one.recordId, one]));
}

/** The next number takes the place of the current one, which still leads to the record. Answers the next. */
export function replaceNumber(
  changes: Changes,
  current: IssuedNumber,
  { number, digest, claim, from }: Drawn,
  endReason: NumberEndReason,
  on: PlainDate,
): string {
  const { recordId, seq } = current;
  changes.numberEnded({ ...current, endedOn: on, endReason });
  if (from) {
    changes.hold(from.record);
    changes.numberEnded({ ...from.issued, endedOn: on, endReason: 'MERGED' });
  }
  const ended = { endedOn: null, endReason: null };
  changes.number({ digest, claim, recordId, number, seq: seq + 1, issuedOn: on, ...ended });
  return number;
}
