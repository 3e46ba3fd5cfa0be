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
}

type Queries = Pick<Deps['queries'], 'digestOf' | 'numbersByDigest'>;

/** The formal number of a proven resident ID: this one or none. */
export async function formalOne(queries: Queries, residentId: string): Promise<Drawn> {
  const [drawn] = await drawnOf(queries, [formalNumber(residentId)]);
  return drawn!;
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
  const owners = new Map(issued.map(({ digest, recordId }) => [digest, recordId]));
  return numbers.map((number, i) => {
    const digest = digests[i]!;
    return { number, digest, ownerId: owners.get(digest) ?? null };
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
  { number, digest }: Drawn,
  endReason: NumberEndReason,
  on: PlainDate,
): string {
  const { recordId, seq } = current;
  changes.numberEnded({ ...current, endedOn: on, endReason });
  changes.number({ digest, recordId, number, seq: seq + 1, issuedOn: on, endedOn: null, endReason: null });
  return number;
}
