import { isId } from '../../../kernel/rules/ids.ts';
import { isRecordNumber, normaliseRecordNumber } from '../../../kernel/rules/record-number.ts';
import { isMeant } from '../rules/meant.ts';
import type { LedTo } from '../store/led-to.ts';
import type { Deps } from './deps.ts';

/** Which record is meant: by a number it has or had, by its child, or by itself. */
export interface NumberQuestion {
  readonly number?: string | null;
  readonly childId?: string | null;
  readonly recordId?: string | null;
  /** The birth date that must fit; null where the asker holds dates against each other itself. */
  readonly bornOn?: string | null;
}

export interface NumberAnswer {
  readonly recordId: string;
  readonly childId: string;
  readonly currentNumber: string;
  readonly status: string;
  readonly bornOn: string;
  readonly sex: string;
  readonly enteredOn: string;
  /** When the number asked for was issued; null where it was not asked for by one. */
  readonly issuedOn: string | null;
  /** When another number took the place of the one asked for, and why; null while it is the current one. */
  readonly changedOn: string | null;
  readonly changeReason: string | null;
  readonly institutionCode: string;
  readonly provinceCode: string;
  readonly cityCode: string | null;
  readonly countyCode: string;
}

/**
 * The records behind numbers, in order; number and birth date must both fit. Unknown, malformed and
 * somebody else's birth date all give null, and cost the same one statement whatever the batch.
 */
export async function lookUpNumbers(
  { queries }: Deps,
  questions: readonly NumberQuestion[],
): Promise<(NumberAnswer | null)[]> {
  const keys = questions.map((question) => keyOf(queries, question));
  const asked = (kind: Key['kind']) => [
    ...new Set(keys.flatMap((key) => (key?.kind === kind ? [key.value] : []))),
  ];
  const found = await queries.ledTo({
    digests: asked('number'),
    childIds: asked('child'),
    recordIds: asked('record'),
  });
  const ways = new Map<string, LedTo[]>();
  for (const way of found) for (const name of namesOf(way)) ways.set(name, [...(ways.get(name) ?? []), way]);
  return questions.map(({ bornOn }, i) => {
    const key = keys[i];
    const way = key && ways.get(nameOf(key))?.find((one) => isMeant(one, bornOn ?? null));
    return way ? answerOf(way) : null;
  });
}

interface Key {
  readonly kind: 'number' | 'child' | 'record';
  readonly value: string;
}

const nameOf = ({ kind, value }: Key) => `${kind} ${value}`;

function keyOf(queries: Deps['queries'], { number, childId, recordId }: NumberQuestion): Key | null {
  const digest = digestIn(queries, number);
  if (digest !== null) return { kind: 'number', value: digest };
  if (childId != null && isId(childId)) return { kind: 'child', value: childId };
  return recordId != null && isId(recordId) ? { kind: 'record', value: recordId } : null;
}

const namesOf = ({ number, origin }: LedTo): string[] =>
  number === null
    ? [nameOf({ kind: 'child', value: origin.childId }), nameOf({ kind: 'record', value: origin.id })]
    : [nameOf({ kind: 'number', value: number.digest })];

/** What is stored of a number; null of what can be none. */
export function digestIn(queries: Deps['queries'], number: string | null | undefined): string | null {
  const normal = normaliseRecordNumber(number ?? '');
  return isRecordNumber(normal) ? queries.digestOf(normal) : null;
}

function answerOf({ record, number, mergedOn }: LedTo): NumberAnswer {
  const { id: recordId, childId, number: currentNumber, status, bornOn, sex, enteredOn } = record;
  const { institutionCode, provinceCode, cityCode, countyCode } = record;
  // A duplicate's number that was never given to another ended with its record.
  const { changedOn, changeReason } =
    number?.endedOn == null && mergedOn !== null
      ? { changedOn: mergedOn, changeReason: 'MERGED' }
      : { changedOn: number?.endedOn ?? null, changeReason: number?.endReason ?? null };
  return {
    ...{
      recordId,
      childId,
      currentNumber: currentNumber!,
      status,
      bornOn,
      sex,
      enteredOn,
      changedOn,
      changeReason,
    },
    ...{ issuedOn: number?.issuedOn ?? null, institutionCode, provinceCode, cityCode, countyCode },
  };
}
