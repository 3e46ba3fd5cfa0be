/**
 * What both executors answer to one operation. Apollo's has two faults that long runs meet, and the compiled one has not:
 * without a `__typename` in the data it leaves out a fragment on an object type within one on an interface, and of
 * entities that are not all sent it places an error by counting those that were. Both are told from faults of ours.
 */
import { isDeepStrictEqual } from 'node:util';
import { Kind, parse, print, visit } from 'graphql';
import { answerOf, isMissing, type Answer, type Executors } from './executors.ts';
import type { GeneratedOperation } from './operations.ts';

export interface Agreement {
  readonly expected: Answer;
  readonly came: Answer;
  /** They differ by a fault of Apollo's; `expected` is then what came. */
  readonly excused: boolean;
}

export async function agreementOn(both: Executors, operation: GeneratedOperation): Promise<Agreement> {
  const [expected, came] = await asked(both, operation);
  if (isDeepStrictEqual(came, expected)) return { expected, came, excused: false };
  const excused = isMisplaced(expected, came) || (await isUntyped(both, operation, came));
  return { expected: excused ? came : expected, came, excused };
}

const asked = async (both: Executors, operation: GeneratedOperation): Promise<[Answer, Answer]> => [
  await answerOf(both.stock, operation),
  await answerOf(both.compiled, operation),
];

/** The same data, and the same errors but for the numbers in their places, where ours are where something is missing. */
function isMisplaced(expected: Answer, came: Answer): boolean {
  const unnumbered = ({ faults }: Answer) => faults.map((fault) => fault.replace(/,\d+/g, ',@')).sort();
  return (
    isDeepStrictEqual(came.data, expected.data) &&
    isDeepStrictEqual(unnumbered(came), unnumbered(expected)) &&
    came.faults.every((fault) => isMissing(came.data, placeOf(fault)))
  );
}

/** Asked for every type, they agree; and that changes nothing of what came. */
async function isUntyped(both: Executors, operation: GeneratedOperation, came: Answer): Promise<boolean> {
  const [expected, typed] = await asked(both, { ...operation, query: withTypes(operation.query) });
  return (
    (isDeepStrictEqual(typed, expected) || isMisplaced(expected, typed)) &&
    isDeepStrictEqual(withoutTypes(typed), withoutTypes(came))
  );
}

const TYPE = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } } as const;

const withTypes = (query: string): string =>
  print(
    visit(parse(query), {
      SelectionSet: {
        leave: (set, _key, parent) =>
          parent && 'kind' in parent && parent.kind === Kind.OPERATION_DEFINITION
            ? undefined
            : { ...set, selections: [...set.selections, TYPE] },
      },
    }),
  );

const withoutTypes = (answer: Answer): unknown =>
  JSON.parse(JSON.stringify(answer, (key, value: unknown) => (key === '__typename' ? undefined : value)));

const placeOf = (fault: string): (string | number)[] =>
  JSON.parse(fault.slice(fault.indexOf(' ') + 1)) as (string | number)[];
