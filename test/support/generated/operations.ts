/** Operations nobody wrote: everything a schema lets a client ask, at random, and always valid. */
import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  typeFromAST,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  type NamedTypeNode,
  type OperationDefinitionNode,
} from 'graphql';
import { randomFrom, type Random } from './random.ts';

export interface GeneratedOperation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

const MOST_DEPTH = 4;
/** Fields in all; more than a person would ask. */
const MOST_FIELDS = 20;

export function generatedOperation(schema: GraphQLSchema, seed: number): GeneratedOperation {
  return new Writer(schema, randomFrom(seed)).operation();
}

/** Values for the variables of an operation somebody wrote. */
export function generatedVariables(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  seed: number,
): GeneratedOperation['variables'] {
  const writer = new Writer(schema, randomFrom(seed));
  const values = variableDefinitions.map(({ variable, type }) => {
    const inputType = typeFromAST(schema, type as NamedTypeNode) as GraphQLInputType;
    return [variable.name.value, writer.value(inputType)] as const;
  });
  return Object.fromEntries(values);
}

/** What already stands under one place of the answer; the same name must mean the same thing there. */
interface Scope {
  readonly fields: Map<string, { readonly name: string; readonly args: string; readonly scope: Scope }>;
}
const emptyScope = (): Scope => ({ fields: new Map() });

class Writer {
  private readonly definitions: string[] = [];
  private readonly variables: Record<string, unknown> = {};
  private readonly fragments: string[] = [];
  private left = MOST_FIELDS;
  private count = 0;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly random: Random,
  ) {}

  value(type: GraphQLInputType): unknown {
    return plain(this.input(type, 0));
  }

  operation(): GeneratedOperation {
    const mutation = this.random.chance(15) ? this.schema.getMutationType() : undefined;
    const kind = mutation ? 'mutation' : 'query';
    const set = this.set(mutation ?? this.schema.getQueryType()!, 0, emptyScope());
    const variables = this.definitions.length > 0 ? `(${this.definitions.join(', ')})` : '';
    return {
      query: [`${kind} Generated${variables} ${set}`, ...this.fragments].join('\n'),
      variables: this.variables,
    };
  }

  private set(type: GraphQLCompositeType, depth: number, scope: Scope): string {
    const parts: string[] = [];
    const many = 1 + this.random.below(depth === 0 ? 2 : 4);
    for (let i = 0; i < many; i++) parts.push(this.selection(type, depth, scope));
    return `{ ${parts.join(' ')} }`;
  }

  private selection(type: GraphQLCompositeType, depth: number, scope: Scope): string {
    const inner = this.narrowed(type);
    if (this.random.chance(6))
      return `... on ${inner.name}${this.condition()} ${this.set(inner, depth, scope)}`;
    if (this.random.chance(2)) return `...${this.condition()} ${this.set(type, depth, scope)}`;
    if (this.random.chance(6)) {
      const name = `F${this.count++}`;
      this.fragments.push(`fragment ${name} on ${inner.name} ${this.set(inner, depth, scope)}`);
      return `...${name}${this.condition()}`;
    }
    return this.field(type, depth, scope);
  }

  /** Of an interface or a union one of its kinds, else the type itself or an interface of its own. */
  private narrowed(type: GraphQLCompositeType): GraphQLCompositeType {
    if (isAbstractType(type) && this.random.chance(80))
      return this.random.pick(this.schema.getPossibleTypes(type));
    if (isObjectType(type) && type.getInterfaces().length > 0 && this.random.chance(30))
      return this.random.pick(type.getInterfaces());
    return type;
  }

  private field(type: GraphQLCompositeType, depth: number, scope: Scope): string {
    const field = 'getFields' in type ? this.chosen(Object.values(type.getFields()), depth) : undefined;
    if (!field || this.random.chance(8))
      return `${this.random.chance(30) ? `t${this.count++}: ` : ''}__typename`;
    this.left--;
    const before = scope.fields.get(field.name);
    // Under one name only the same field with the same arguments; on different kinds, only what is of one type.
    const again =
      before?.name === `${field.name} ${String(field.type)}` && this.random.chance(60) ? before : undefined;
    const args = again ? again.args : this.args(field);
    const alias = again || (!before && this.random.chance(75)) ? undefined : `a${this.count++}`;
    const within = again?.scope ?? emptyScope();
    if (!again && !alias)
      scope.fields.set(field.name, { name: `${field.name} ${String(field.type)}`, args, scope: within });
    const named = getNamedType(field.type);
    const set = isCompositeType(named) ? ` ${this.set(named, depth + 1, within)}` : '';
    return `${alias ? `${alias}: ` : ''}${field.name}${args}${this.condition()}${set}`;
  }

  private chosen(fields: readonly GraphQLField<unknown, unknown>[], depth: number) {
    const deep = depth >= MOST_DEPTH || this.left <= 0;
    const leaves = fields.filter(({ type }) => !isCompositeType(getNamedType(type)));
    if (deep) return leaves.length > 0 ? this.random.pick(leaves) : undefined;
    const inner = fields.filter(({ type }) => isCompositeType(getNamedType(type)));
    return this.random.pick(inner.length > 0 && this.random.chance(55) ? inner : fields);
  }

  private condition(): string {
    if (!this.random.chance(3)) return '';
    const name = this.random.pick(['skip', 'include']);
    const value = this.random.chance(60) ? this.conditionVariable() : String(this.random.chance(50));
    return ` @${name}(if: ${value})`;
  }

  private conditionVariable(): string {
    const name = `c${this.count++}`;
    const isGiven = this.random.chance(70);
    this.definitions.push(`$${name}: Boolean${isGiven && this.random.chance(50) ? '!' : ' = true'}`);
    if (isGiven) this.variables[name] = this.random.chance(50);
    return `$${name}`;
  }

  private args({ args }: GraphQLField<unknown, unknown>): string {
    const given = args.filter(
      ({ type, defaultValue }) =>
        (isNonNullType(type) && defaultValue === undefined) || this.random.chance(40),
    );
    if (given.length === 0) return '';
    return `(${given.map((arg) => `${arg.name}: ${this.argument(arg)}`).join(', ')})`;
  }

  private argument({ type }: GraphQLArgument): string {
    const value = this.input(type, 0);
    if (this.random.chance(50)) return literal(value);
    const name = `v${this.count++}`;
    // A variable that is left out, or has a default in the text.
    const written = literal(value);
    if (this.random.chance(25)) this.definitions.push(`$${name}: ${String(type)} = ${written}`);
    else {
      this.definitions.push(`$${name}: ${String(type)}`);
      if (isNonNullType(type) || this.random.chance(85)) this.variables[name] = plain(value);
    }
    return `$${name}`;
  }

  private input(type: GraphQLInputType, depth: number): Input {
    if (isNonNullType(type)) return this.presentInput(type.ofType, depth);
    return this.random.chance(10) ? null : this.presentInput(type, depth);
  }

  private presentInput(type: GraphQLInputType, depth: number): Input {
    if (isListType(type)) {
      const item = type.ofType;
      return Array.from({ length: 1 + this.random.below(2) }, () => this.input(item, depth + 1));
    }
    if (isEnumType(type)) return new Enum(this.random.pick(type.getValues()).name);
    if (!isInputObjectType(type)) return SCALARS[getNamedType(type).name]?.(this.random) ?? 'text';
    const fields = Object.values(type.getFields()).filter(
      ({ type: inner, defaultValue }) =>
        (isNonNullType(inner) && defaultValue === undefined) || (depth < 3 && this.random.chance(50)),
    );
    return Object.fromEntries(fields.map((field) => [field.name, this.input(field.type, depth + 1)]));
  }
}

class Enum {
  constructor(readonly name: string) {}
}
type Input = null | string | number | boolean | Enum | Input[] | { [key: string]: Input };

function literal(value: Input): string {
  if (value instanceof Enum) return value.name;
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value === 'object' && value !== null)
    return `{ ${Object.entries(value)
      .map(([key, inner]) => `${key}: ${literal(inner)}`)
      .join(', ')} }`;
  return JSON.stringify(value);
}

function plain(value: Input): unknown {
  if (value instanceof Enum) return value.name;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
  return value;
}

const SCALARS: Readonly<Record<string, (random: Random) => Input>> = {
  Int: (random) => random.below(4),
  Float: (random) => random.below(100) / 4,
  Boolean: (random) => random.chance(50),
  String: (random) => `文"${random.below(100)}`,
  ID: (random) => `id-${random.below(6)}`,
  LocalDate: (random) => `2026-02-0${1 + random.below(9)}`,
  DateTime: (random) => `2026-02-0${1 + random.below(9)}T01:02:03.000Z`,
};
