/** What every printed schema must keep to (design section 3), as lists of what does not. */
import {
  Kind,
  parse,
  valueFromASTUntyped,
  visit,
  type FieldDefinitionNode,
  type InputObjectTypeDefinitionNode,
  type ObjectTypeDefinitionNode,
  type StringValueNode,
  type TypeNode,
} from 'graphql';

const PASCAL = /^[A-Z][A-Za-z0-9]*$/;
const CAMEL = /^[a-z][A-Za-z0-9]*$/;
const UPPER_SNAKE = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/;
const ROOTS = ['Query', 'Mutation'];

/** Everything without a Chinese line above an English one. The root types say nothing a reader could want to know. */
export function undescribed(sdl: string): string[] {
  return named(sdl).flatMap(({ path, description }) =>
    ROOTS.includes(path) || isBilingual(description) ? [] : [path],
  );
}

/** Types not in PascalCase, fields and arguments not in camelCase, enum values not in UPPER_SNAKE. */
export function misnamed(sdl: string): string[] {
  return named(sdl).flatMap(({ path, name, form }) => (form.test(name) ? [] : [path]));
}

/** Mutations that do not take `input: <Name>Input!` with a key and answer `<Name>Payload` with refusals. */
export function oddMutations(sdl: string): string[] {
  const types = definitions(sdl);
  return fieldsOf(types.get('Mutation')).flatMap((mutation) => {
    const name = mutation.name.value;
    const pascal = name[0]!.toUpperCase() + name.slice(1);
    const [input, ...others] = mutation.arguments ?? [];
    const given = input && `${input.name.value}: ${printed(input.type)}`;
    const key = fieldsOf(types.get(`${pascal}Input`)).find((one) => one.name.value === 'idempotencyKey');
    const refusals = fieldsOf(types.get(`${pascal}Payload`)).find((one) => one.name.value === 'userErrors');
    return [
      ...(given === `input: ${pascal}Input!` && others.length === 0 ? [] : [`${name} takes ${given ?? '-'}`]),
      ...(key && printed(key.type) === 'String!' ? [] : [`${name} has no idempotencyKey`]),
      ...(printed(mutation.type) === `${pascal}Payload` ? [] : [`${name} answers ${printed(mutation.type)}`]),
      ...(refusals && printed(refusals.type) === '[UserError!]!' ? [] : [`${name} has no userErrors`]),
    ];
  });
}

/** Root fields that may not be null: one of them, dark, would take the whole answer with it. */
export function unbreakableRoots(sdl: string): string[] {
  const types = definitions(sdl);
  return ROOTS.flatMap((root) =>
    fieldsOf(types.get(root))
      .filter(({ type }) => type.kind === Kind.NON_NULL_TYPE)
      .map(({ name }) => `${root}.${name.value}`),
  );
}

/** Lists of things whose length the schema does not say, neither beside them nor beside every field that brings them. */
export function unsizedLists(sdl: string): string[] {
  const types = definitions(sdl);
  const objects = [...types.values()].filter((one) => one.kind === Kind.OBJECT_TYPE_DEFINITION);
  const all = objects.flatMap((type) => fieldsOf(type).map((field) => ({ type: type.name.value, field })));
  const isSized = (type: string, name: string) => {
    const ways = all.filter(({ field }) => namedType(field.type) === type);
    return ways.length > 0 && ways.every(({ field }) => sizedFields(field).includes(name));
  };
  return all.flatMap(({ type, field }) => {
    const isPlain = types.get(namedType(field.type))?.kind !== Kind.OBJECT_TYPE_DEFINITION;
    const name = field.name.value;
    if (isPlain || !printed(field.type).startsWith('[')) return [];
    return listSizeOf(field) || isSized(type, name) ? [] : [`${type}.${name}`];
  });
}

const listSizeOf = ({ directives = [] }: FieldDefinitionNode) =>
  directives.find(({ name }) => name.value === 'listSize');

function sizedFields(field: FieldDefinitionNode): readonly unknown[] {
  const given = listSizeOf(field)?.arguments?.find(({ name }) => name.value === 'sizedFields');
  return given ? (valueFromASTUntyped(given.value) as unknown[]) : [];
}

const namedType = (type: TypeNode) => printed(type).replace(/[[\]!]/g, '');

interface Named {
  /** `Type`, `Type.field`, `Type.field(argument)`. */
  readonly path: string;
  readonly name: string;
  readonly form: RegExp;
  readonly description: string | undefined;
}

function named(sdl: string): Named[] {
  const found: Named[] = [];
  const path: string[] = [];
  type Part = {
    readonly name: { readonly value: string };
    readonly description?: StringValueNode | undefined;
  };
  const enter = (form: RegExp, wrap: (name: string) => string) => (node: Part) => {
    path.push(wrap(node.name.value));
    found.push({
      path: path.join(''),
      name: node.name.value,
      form,
      description: node.description?.value,
    });
  };
  const part = (form: RegExp, wrap: (name: string) => string) => ({
    enter: enter(form, wrap),
    leave: () => void path.pop(),
  });
  const type = part(PASCAL, (name) => name);
  const member = (name: string) => (path.length > 1 ? `(${name})` : `.${name}`);
  visit(parse(sdl), {
    ObjectTypeDefinition: type,
    InterfaceTypeDefinition: type,
    UnionTypeDefinition: type,
    EnumTypeDefinition: type,
    InputObjectTypeDefinition: type,
    ScalarTypeDefinition: { ...type, enter: enter(/./, (name) => name) },
    FieldDefinition: part(CAMEL, member),
    InputValueDefinition: part(CAMEL, member),
    EnumValueDefinition: part(UPPER_SNAKE, member),
    DirectiveDefinition: () => false,
  });
  return found;
}

function isBilingual(description: string | undefined): boolean {
  const lines = description?.split('\n') ?? [];
  return lines.length === 2 && /\p{Script=Han}/u.test(lines[0]!) && /[A-Za-z]/.test(lines[1]!);
}

type Definition = ObjectTypeDefinitionNode | InputObjectTypeDefinitionNode;

function definitions(sdl: string): Map<string, Definition> {
  return new Map(
    parse(sdl).definitions.flatMap((node) =>
      node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION
        ? [[node.name.value, node] as const]
        : [],
    ),
  );
}

function fieldsOf(definition: Definition | undefined): FieldDefinitionNode[] {
  return [...(definition?.fields ?? [])] as FieldDefinitionNode[];
}

function printed(type: TypeNode): string {
  switch (type.kind) {
    case Kind.NON_NULL_TYPE:
      return `${printed(type.type)}!`;
    case Kind.LIST_TYPE:
      return `[${printed(type.type)}]`;
    case Kind.NAMED_TYPE:
      return type.name.value;
  }
}
