import { today } from '../../../kernel/rules/plain-date.ts';
import { isRecordNumber, normaliseRecordNumber } from '../../../kernel/rules/record-number.ts';
import { newId } from '../../../kernel/store/ids.ts';
import type { DocumentQuery, NumberQuery, NumberResolution, TakeOver } from '../model.ts';
import { resolutionOf } from '../rules/resolution.ts';
import type { Deps } from './deps.ts';
import { neighbours } from './neighbours.ts';

/** One answer for each item, in order; a school's own number leads to the record it was linked to. */
export async function resolveNumbers(
  { queries, peers }: Deps,
  items: readonly NumberQuery[],
): Promise<NumberResolution[]> {
  const linked = await linkedTo(
    queries,
    items.map(({ number }) => number),
  );
  const found = await neighbours.records(
    peers,
    items.map(({ number, bornOn }, i) => {
      const link = linked[i];
      return link ? { recordId: link.recordId, bornOn } : { number, bornOn };
    }),
  );
  return found.map((one, i) => {
    const link = linked[i];
    return resolutionOf(one, link ? { recordId: link.recordId, on: acknowledgedOn(link) } : null);
  });
}

/** The same by identity document. A document that is nobody's is asked for at records like any other. */
export async function resolveDocuments(
  { peers }: Deps,
  items: readonly DocumentQuery[],
): Promise<NumberResolution[]> {
  const matches = await neighbours.matches(
    peers,
    items.map(({ documentKind, documentNumber }) => ({ documentKind, documentNumber })),
  );
  const found = await neighbours.records(
    peers,
    items.map(({ bornOn }, i) => ({ childId: matches[i]?.childId ?? newId(), bornOn })),
  );
  return found.map((one) => resolutionOf(one));
}

/** The take-over each number was linked by, in order; one statement whatever is asked. */
export async function linkedTo(
  queries: Deps['queries'],
  numbers: readonly (string | null | undefined)[],
): Promise<(TakeOver | undefined)[]> {
  const digests = numbers.map((number) => schoolNumberDigest(queries, number));
  const linked = await queries.linkedBy([...new Set(digests.flatMap((one) => one ?? []))]);
  const byDigest = new Map(linked.map((one) => [one.schoolNumberDigest!, one]));
  return digests.map((digest) => (digest === null ? undefined : byDigest.get(digest)));
}

export function schoolNumberDigest(queries: Deps['queries'], number: string | null | undefined) {
  const normal = normaliseRecordNumber(number ?? '');
  return isRecordNumber(normal) ? queries.digestOf('school-number', normal) : null;
}

const acknowledgedOn = ({ acknowledgedAt }: TakeOver) => (acknowledgedAt ? today(acknowledgedAt) : null);
