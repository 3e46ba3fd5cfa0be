/** The operations of a typed client, with the types of what they take and give, printed from the schema they are asked of. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  buildSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  parse,
  typeFromAST,
  validate,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type GraphQLType,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** Each file of the folder holds one operation; its text is sent as it stands there, so that it can be filed. */
export function clientOperations(apiSdl: string, folder: string): string {
  const schema = buildSchema(apiSdl);
  const printer = new Printer(schema);
  const files = readdirSync(folder).filter((name) => name.endsWith('.graphql'));
  const operations = files
    .sort()
    .map((file) => printer.operation(readFileSync(join(folder, file), 'utf8'), file));
  return [HEAD, ...printer.named(), ...operations].join('\n');
}

const HEAD = `/** Printed by \`npm run schema\` from the operations beside it; change those, and run it again. */

/** An operation and the types of what it takes and gives. */
export interface Operation<Data, Variables> {
  readonly name: string;
  readonly text: string;
  /** Only for the compiler. */
  readonly types?: { readonly data: Data; readonly variables: Variables };
}
`;

/** How scalars travel. */
const SCALARS: Readonly<Record<string, string>> = {
  ...{ ID: 'string', String: 'string', LocalDate: 'string', DateTime: 'string' },
  ...{ Int: 'number', Float: 'number', Boolean: 'boolean' },
};

class Printer {
  private readonly used = new Map<string, string>();

  constructor(private readonly schema: GraphQLSchema) {}

  /** Enums and inputs that the operations use, each once. */
  named(): string[] {
    return [...this.used].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, text]) => text);
  }

  operation(text: string, file: string): string {
    const document = parse(text);
    const [faults] = [validate(this.schema, document)];
    if (faults.length > 0) throw new Error(`${file}: ${faults[0]!.message}`);
    const [node, ...more] = document.definitions;
    if (node?.kind !== Kind.OPERATION_DEFINITION || !node.name || more.length > 0)
      throw new Error(`${basename(file)}: one operation with a name was expected, and nothing beside it.`);
    const name = node.name.value;
    const root = this.schema.getRootType(node.operation)!;
    const data = this.selected(root, node.selectionSet, '');
    const literal = JSON.stringify(text).replaceAll("'", "\\'").replace(/^"|"$/g, "'").replaceAll('\\"', '"');
    return `export type ${name}Variables = ${this.variables(node)};
export interface ${name}Data ${data}
export const ${lowered(name)}: Operation<${name}Data, ${name}Variables> = {
  name: '${name}',
  text: ${literal},
};
`;
  }

  private variables({ variableDefinitions = [] }: OperationDefinitionNode): string {
    const lines = variableDefinitions.map(({ variable, type, defaultValue }) => {
      const graphType = typeFromAST(this.schema, type) as GraphQLInputType;
      return this.member(variable.name.value, graphType, defaultValue !== undefined, '');
    });
    return block(lines, '');
  }

  private member(name: string, type: GraphQLInputType, hasDefault: boolean, indent: string): string {
    const optional = hasDefault || !isNonNullType(type) ? '?' : '';
    return `${indent}  readonly ${name}${optional}: ${this.typed(type, (named) => this.referred(named))};`;
  }

  /** An enum or an input by its name; what it is is printed once. */
  private referred(named: GraphQLNamedType): string {
    const { name } = named;
    if (isEnumType(named)) {
      const values = named.getValues().map((value) => `'${value.name}'`);
      this.used.set(name, `export type ${name} = ${values.join(' | ')};\n`);
      return name;
    }
    if (isInputObjectType(named)) {
      if (this.used.has(name)) return name;
      this.used.set(name, '');
      const lines = Object.values(named.getFields()).map((field) =>
        this.member(field.name, field.type, field.defaultValue !== undefined, ''),
      );
      this.used.set(name, `export interface ${name} ${block(lines, '')}\n`);
      return name;
    }
    return scalar(name);
  }

  private selected(type: GraphQLObjectType, { selections }: SelectionSetNode, indent: string): string {
    const lines = selections.map((selection) => {
      if (selection.kind !== Kind.FIELD)
        throw new Error(`${type.name}: a fragment came; only fields are printed.`);
      const field = type.getFields()[selection.name.value]!;
      const key = selection.alias?.value ?? selection.name.value;
      const of = (named: GraphQLNamedType) =>
        isObjectType(named)
          ? this.selected(named, selection.selectionSet!, `${indent}  `)
          : this.referred(named);
      return `${indent}  readonly ${key}: ${this.typed(field.type, of)};`;
    });
    return block(lines, indent);
  }

  private typed(type: GraphQLType, of: (named: GraphQLNamedType) => string): string {
    if (isNonNullType(type)) return this.wrapped(type.ofType, of);
    return `${this.wrapped(type, of)} | null`;
  }

  private wrapped(type: GraphQLType, of: (named: GraphQLNamedType) => string): string {
    if (!isListType(type)) return of(getNamedType(type));
    const item = this.typed(type.ofType as GraphQLType, of);
    return `readonly ${item.endsWith(' | null') ? `(${item})` : item}[]`;
  }
}

function scalar(name: string): string {
  const type = SCALARS[name];
  if (!type) throw new Error(`${name}: nobody has said how this scalar travels.`);
  return type;
}

const block = (lines: readonly string[], indent: string) =>
  lines.length === 0 ? 'Record<never, never>' : `{\n${lines.join('\n')}\n${indent}}`;
const lowered = (name: string) => name[0]!.toLowerCase() + name.slice(1);
