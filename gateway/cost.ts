/**
 * What an operation would cost: the number of fields resolved, if its lists are as long as they may be.
 * Size alone does not tell, since lists within lists multiply. Walked after validation, on at most as many
 * fields as limits.ts lets pass.
 */
import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isLeafType,
  Kind,
  valueFromASTUntyped,
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { listSize, type PlainArguments } from './list-sizes.ts';
import { Refusal } from './refusal.ts';

export const COST_LIMIT = 50_000;

export interface Asked {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: PlainArguments;
}

/** The whole schema is thousands of fields, whatever of it is asked. */
const META_COST: Readonly<Record<string, number>> = { __schema: 10_000, __type: 500 };
/** Where the schema says nothing. */
const PAGE_DEFAULT = 20;
/** Lists as long as the page, or the batch, of the field above. */
const LIKE_ABOVE: ReadonlySet<string> = new Set(['nodes', 'edges', 'results']);

export function overCost(asked: Asked): Refusal | undefined {
  const cost = costOf(asked);
  if (cost <= COST_LIMIT) return undefined;
  return new Refusal(
    400,
    'COST_LIMIT_EXCEEDED',
    `操作费用最多 ${COST_LIMIT}，此操作为 ${cost}，请减少 first 或列表中的列表。A cost of ${COST_LIMIT} is allowed, this operation has ${cost}: ask for a smaller first or for fewer lists within lists.`,
  );
}

/** The document must be valid. */
export function costOf({ schema, document, operation, variables }: Asked): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  }
  const given = withDefaults(operation, variables);
  const known = new Map<string, number>();

  function ofSet(type: GraphQLCompositeType, set: SelectionSetNode, above: number | undefined): number {
    return set.selections.reduce((sum, node) => sum + ofSelection(type, node, above), 0);
  }

  function ofSelection(type: GraphQLCompositeType, node: SelectionNode, above: number | undefined): number {
    if (node.kind === Kind.FIELD) return ofField(type, node, above);
    if (node.kind === Kind.FRAGMENT_SPREAD) return ofFragment(node.name.value, above);
    return ofSet(typeNamed(node.typeCondition?.name.value) ?? type, node.selectionSet, above);
  }

  function ofFragment(name: string, above: number | undefined): number {
    const key = `${name} ${above ?? ''}`;
    const fragment = fragments.get(name);
    const type = typeNamed(fragment?.typeCondition.name.value);
    // Zero stands in meanwhile, so that even a cycle nobody refused would end.
    if (!known.has(key) && fragment && type)
      known.set(key, 0).set(key, ofSet(type, fragment.selectionSet, above));
    return known.get(key) ?? 0;
  }

  function ofField(parent: GraphQLCompositeType, node: FieldNode, above: number | undefined): number {
    const name = node.name.value;
    const field = 'getFields' in parent ? parent.getFields()[name] : undefined;
    if (!field) return META_COST[name] ?? 1;
    const type = getNamedType(field.type);
    if (isLeafType(type) || !isCompositeType(type) || !node.selectionSet) return 1;
    const args = plain(node.arguments, given);
    const page = pageSize(field, args);
    if (!isListType(getNullableType(field.type)))
      return 1 + ofSet(type, node.selectionSet, page ?? longestList(args));
    const like = LIKE_ABOVE.has(name) ? above : undefined;
    const size = page ?? like ?? listSize(parent.name, name, args, longestList(args));
    return 1 + size * ofSet(type, node.selectionSet, undefined);
  }

  function typeNamed(name: string | undefined): GraphQLCompositeType | undefined {
    const type = name === undefined ? undefined : schema.getType(name);
    return isCompositeType(type) ? type : undefined;
  }

  const root = schema.getRootType(operation.operation);
  return root ? ofSet(root, operation.selectionSet, undefined) : 0;
}

function withDefaults(operation: OperationDefinitionNode, variables: PlainArguments): PlainArguments {
  const defaults = (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
    defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)] as const] : [],
  );
  return { ...Object.fromEntries(defaults), ...variables };
}

function plain(nodes: readonly ArgumentNode[] = [], variables: PlainArguments): PlainArguments {
  return Object.fromEntries(
    nodes.map(({ name, value }) => [name.value, valueFromASTUntyped(value, variables)]),
  );
}

/** What is no number is refused later, when the variables are read. */
function pageSize(field: GraphQLField<unknown, unknown>, { first }: PlainArguments): number | undefined {
  const declared = field.args.find(({ name }) => name === 'first');
  if (!declared) return undefined;
  const size = typeof first === 'number' ? first : (declared.defaultValue ?? PAGE_DEFAULT);
  return Math.max(0, Number(size));
}

/** Among the arguments, or one level into an input object. */
function longestList(args: PlainArguments): number | undefined {
  const lengths = Object.values(args).flatMap((value) =>
    [value, ...(isPlain(value) ? (Object.values(value) as unknown[]) : [])].flatMap((one) =>
      Array.isArray(one) ? [one.length] : [],
    ),
  );
  return lengths.length > 0 ? lengths.reduce((one, other) => Math.max(one, other)) : undefined;
}

const isPlain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
