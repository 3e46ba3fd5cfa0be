/** What the supergraph says of costs: `@cost`, `@listSize` and `@listSizeBy`, by `Type.field`. */
import { Kind, parse, valueFromASTUntyped, type ConstDirectiveNode, type FieldDefinitionNode } from 'graphql';
import { isRecord } from '../kernel/serve/plain-json.ts';

export type PlainArguments = Readonly<Record<string, unknown>>;

export interface FieldCost {
  readonly weight?: number;
  readonly assumedSize?: number;
  readonly slicingArguments?: readonly string[];
  /** Lists of the answer that are as long as this field says. */
  readonly sizedFields?: readonly string[];
  readonly sizedBy: readonly SizedBy[];
}

interface SizedBy {
  readonly argument: string;
  readonly is?: string;
  readonly size?: number;
}

export type SchemaCosts = ReadonlyMap<string, FieldCost>;

export function readCosts(supergraphSdl: string): SchemaCosts {
  const costs = new Map<string, FieldCost>();
  for (const type of parse(supergraphSdl, { noLocation: true }).definitions) {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    for (const field of type.fields ?? []) {
      const cost = costOfField(field);
      if (cost) costs.set(`${type.name.value}.${field.name.value}`, cost);
    }
  }
  return costs;
}

function costOfField({ directives = [] }: FieldDefinitionNode): FieldCost | undefined {
  const of = (name: string) => directives.filter((one) => one.name.value === name).map(argumentsOf);
  const [cost, [size], sizedBy] = [of('cost')[0], of('listSize'), of('listSizeBy')];
  if (!cost && !size && sizedBy.length === 0) return undefined;
  return { ...cost, ...size, sizedBy: sizedBy as unknown as readonly SizedBy[] };
}

const argumentsOf = ({ arguments: given = [] }: ConstDirectiveNode): PlainArguments =>
  Object.fromEntries(given.map(({ name, value }) => [name.value, valueFromASTUntyped(value)]));

/** The arguments of one field, each read when somebody wants to know it. */
export interface Arguments {
  value(name: string): unknown;
  all(): PlainArguments;
}

/** How many items the field's list, or the lists of its answer, may have; undefined where the schema says nothing. */
export function listSize(cost: FieldCost | undefined, args: Arguments): number | undefined {
  if (!cost) return undefined;
  // What is no number is refused later, when the variables are read.
  const sliced = (cost.slicingArguments ?? []).map((name) => args.value(name)).filter(isNumber);
  if (sliced.length > 0) return Math.max(0, ...sliced);
  const by = cost.sizedBy.find(({ argument, is }) => fits(args.value(argument), is));
  if (by) return by.size ?? lengthOf(args.value(by.argument));
  return (cost.sizedFields && longestList(args)) ?? cost.assumedSize;
}

const fits = (given: unknown, is: string | undefined) =>
  given != null && (is === undefined || given === is || JSON.stringify(given) === is);

/** A single value stands for a list of one. */
const lengthOf = (given: unknown) => (Array.isArray(given) ? given.length : 1);

/** Among the arguments, or one level into an input object. */
export function longestList(args: Arguments): number | undefined {
  const lengths = Object.values(args.all()).flatMap((value) =>
    [value, ...(isRecord(value) ? Object.values(value) : [])].flatMap((one) =>
      Array.isArray(one) ? [one.length] : [],
    ),
  );
  return lengths.length > 0 ? lengths.reduce((one, other) => Math.max(one, other)) : undefined;
}

/** JSON can say a number that is none: 1e999. */
const isNumber = (value: unknown): value is number => Number.isFinite(value);
