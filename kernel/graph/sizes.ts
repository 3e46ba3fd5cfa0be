/**
 * What lists and acts cost, printed into the schema beside them: `@listSize` and `@cost` as Apollo knows them, and
 * `@listSizeBy` for a list that is as long as an argument says. The gateway reads them from the supergraph and
 * refuses what would cost too much before anybody is asked.
 */
import {
  DirectiveLocation,
  GraphQLDirective,
  GraphQLInt,
  GraphQLNonNull,
  GraphQLString,
  Kind,
  parse,
  print,
  visit,
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type ObjectTypeDefinitionNode,
  type TypeNode,
} from 'graphql';
import { Directive } from 'type-graphql';

export const SIZES_LINK = `  @link(url: "https://xueji.example/sizes/v1.0", import: ["@listSizeBy"])
  @composeDirective(name: "@listSizeBy")`;

export const LIST_SIZE_BY = new GraphQLDirective({
  name: 'listSizeBy',
  description:
    '给出该参数（或其值为 is）时列表的长度；未写 size 时与参数同长\nHow long the list is where the argument is given, or is `is`; without `size` as long as the argument',
  locations: [DirectiveLocation.FIELD_DEFINITION],
  isRepeatable: true,
  args: {
    argument: { type: new GraphQLNonNull(GraphQLString) },
    is: { type: GraphQLString },
    size: { type: GraphQLInt },
  },
});

/** How many items the list is taken to have; on the high side of what the graph holds. */
export const Sized = (items: number) => Directive(`@listSize(assumedSize: ${items})`);

export interface SizeBy {
  readonly argument: string;
  readonly is?: string;
  readonly size?: number;
}

/** How long the list is when an argument says so; of several the lowest one that fits counts. */
export const SizedBy = (by: SizeBy) =>
  Directive(
    `@listSizeBy(${Object.entries(by)
      .map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
      .join(', ')})`,
  );

/** What a field costs by itself, where that is more than one. */
export const Weighs = (weight: number) => Directive(`@cost(weight: ${weight})`);

/** One act, whatever it answers: it reads, decides and writes in a transaction. A batch costs as much for each item. */
const ACT_WEIGHT = 10;
/** The most items a batch may have. */
const BATCH_MAX = 200;
/** Refusals and warnings of one thing. */
const USER_ERRORS = 3;

/** The printed schema with the sizes that follow from its form: pages, batches, refusals, acts. */
export function printSizes(sdl: string): string {
  const document = parse(sdl);
  const types = objectTypes(document);
  let owner = '';
  return print(
    visit(document, {
      ObjectTypeDefinition: { enter: ({ name }) => void (owner = name.value) },
      FieldDefinition: (field) => {
        const added = sizesOf(owner, field, types).filter(({ name }) => !has(field, name.value));
        return added.length === 0
          ? undefined
          : { ...field, directives: [...(field.directives ?? []), ...added] };
      },
    }),
  );
}

function sizesOf(owner: string, field: FieldDefinitionNode, types: Types): ConstDirectiveNode[] {
  if (field.arguments?.some(({ name }) => name.value === 'first'))
    return [
      directive(
        `@listSize(slicingArguments: ["first"], sizedFields: ${listsIn(field, types)}, requireOneSlicingArgument: false)`,
      ),
    ];
  if (owner === 'Mutation') return actSizes(field, types);
  if (isList(field.type) && named(field.type) === 'UserError')
    return [directive(`@listSize(assumedSize: ${USER_ERRORS})`)];
  return [];
}

function actSizes(field: FieldDefinitionNode, types: Types): ConstDirectiveNode[] {
  const answers = types.get(named(field.type))?.fields ?? [];
  const isBatch = answers.some(({ name }) => name.value === 'results');
  const results = `@listSize(assumedSize: ${BATCH_MAX}, sizedFields: ["results"])`;
  return [directive(`@cost(weight: ${ACT_WEIGHT})`), ...(isBatch ? [directive(results)] : [])];
}

/** The lists of a page, as a list of names. */
function listsIn(field: FieldDefinitionNode, types: Types): string {
  const fields = types.get(named(field.type))?.fields ?? [];
  return JSON.stringify(fields.filter(({ type }) => isList(type)).map(({ name }) => name.value));
}

type Types = ReadonlyMap<string, ObjectTypeDefinitionNode>;

const objectTypes = ({ definitions }: DocumentNode): Types =>
  new Map(
    definitions.flatMap((node) =>
      node.kind === Kind.OBJECT_TYPE_DEFINITION ? [[node.name.value, node] as const] : [],
    ),
  );

const has = ({ directives }: FieldDefinitionNode, name: string) =>
  directives?.some((one) => one.name.value === name) === true;

function named(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : named(type.type);
}

function isList(type: TypeNode): boolean {
  return type.kind === Kind.NON_NULL_TYPE ? isList(type.type) : type.kind === Kind.LIST_TYPE;
}

function directive(text: string): ConstDirectiveNode {
  const [node] = parse(`type T { f: Int ${text} }`).definitions;
  return (node as ObjectTypeDefinitionNode).fields![0]!.directives![0]!;
}
