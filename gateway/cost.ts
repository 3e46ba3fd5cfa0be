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
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { Refusal } from './refusal.ts';
import {
  listSize,
  longestList,
  type Arguments,
  type FieldCost,
  type PlainArguments,
  type SchemaCosts,
} from './schema-costs.ts';

export interface Asked {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: PlainArguments;
}

/** What operations cost over one supergraph. Where no variable decides it, that is counted once for each operation. */
export class Costs {
  private readonly fixed = new WeakMap<OperationDefinitionNode, number>();

  constructor(private readonly costs: SchemaCosts) {}

  /** The document must be valid. */
  of(asked: Asked): number {
    const known = this.fixed.get(asked.operation);
    if (known !== undefined) return known;
    const { cost, varies } = counted(asked, this.costs);
    if (!varies) this.fixed.set(asked.operation, cost);
    return cost;
  }
}

/** Lists of an answer that are as long as the field above says. */
interface Above {
  readonly fields: readonly string[];
  readonly size: number;
}

/** The whole schema is thousands of fields, whatever of it is asked. */
const META_COST: Readonly<Record<string, number>> = { __schema: 10_000, __type: 500 };
/** A list of which the schema says nothing; test/schema.test.ts lets none be. */
const UNKNOWN = 50;

export function overCost(cost: number, most: number): Refusal | undefined {
  if (cost <= most) return undefined;
  return new Refusal(
    400,
    'COST_LIMIT_EXCEEDED',
    `操作费用最多 ${most}，此操作为 ${cost}，请减少 first 或列表中的列表。A cost of ${most} is allowed, this operation has ${cost}: ask for a smaller first or for fewer lists within lists.`,
  );
}

function counted({ schema, document, operation, variables }: Asked, costs: SchemaCosts) {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  }
  let given: PlainArguments | undefined;
  const known = new Map<string, number>();
  const mutations = schema.getMutationType();
  let varies = false;

  function ofSet(type: GraphQLCompositeType, set: SelectionSetNode, above: Above | undefined): number {
    return set.selections.reduce((sum, node) => sum + ofSelection(type, node, above), 0);
  }

  function ofSelection(type: GraphQLCompositeType, node: SelectionNode, above: Above | undefined): number {
    if (node.kind === Kind.FIELD) return ofField(type, node, above);
    if (node.kind === Kind.FRAGMENT_SPREAD) return ofFragment(node.name.value, above);
    return ofSet(typeNamed(node.typeCondition?.name.value) ?? type, node.selectionSet, above);
  }

  function ofFragment(name: string, above: Above | undefined): number {
    const key = above ? `${name} ${above.size} ${above.fields.join()}` : name;
    const fragment = fragments.get(name);
    const type = typeNamed(fragment?.typeCondition.name.value);
    // Zero stands in meanwhile, so that even a cycle nobody refused would end.
    if (!known.has(key) && fragment && type)
      known.set(key, 0).set(key, ofSet(type, fragment.selectionSet, above));
    return known.get(key) ?? 0;
  }

  function ofField(parent: GraphQLCompositeType, node: FieldNode, above: Above | undefined): number {
    const name = node.name.value;
    const field = 'getFields' in parent ? parent.getFields()[name] : undefined;
    if (!field) return META_COST[name] ?? 1;
    const said = costs.get(`${parent.name}.${name}`);
    const type = getNamedType(field.type);
    const isBatch = parent === mutations;
    const args = argumentsOf(field, node);
    // A batch is as many acts as it has items.
    const own = (said?.weight ?? 1) * (isBatch ? Math.max(1, longestList(args) ?? 1) : 1);
    if (isLeafType(type) || !isCompositeType(type) || !node.selectionSet) return own;
    const size = listSize(said, args);
    if (!isListType(getNullableType(field.type)))
      return own + ofSet(type, node.selectionSet, below(said, size));
    const items = (above?.fields.includes(name) ? above.size : size) ?? UNKNOWN;
    return own + items * ofSet(type, node.selectionSet, undefined);
  }

  function argumentsOf(
    field: GraphQLField<unknown, unknown>,
    { arguments: nodes = [] }: FieldNode,
  ): Arguments {
    const value = (name: string): unknown => {
      const node = nodes.find((one) => one.name.value === name);
      if (node) varies ||= hasVariable(node.value);
      const said = node && valueFromASTUntyped(node.value, (given ??= withDefaults(operation, variables)));
      return said === undefined ? field.args.find((one) => one.name === name)?.defaultValue : said;
    };
    return { value, all: () => Object.fromEntries(field.args.map(({ name }) => [name, value(name)])) };
  }

  function typeNamed(name: string | undefined): GraphQLCompositeType | undefined {
    const type = name === undefined ? undefined : schema.getType(name);
    return isCompositeType(type) ? type : undefined;
  }

  const root = schema.getRootType(operation.operation);
  const cost = root ? ofSet(root, operation.selectionSet, undefined) : 0;
  // Lists within lists may be more than a number can say.
  return { cost: Number.isFinite(cost) ? cost : Number.MAX_SAFE_INTEGER, varies };
}

function hasVariable(value: ValueNode): boolean {
  if (value.kind === Kind.LIST) return value.values.some(hasVariable);
  if (value.kind === Kind.OBJECT) return value.fields.some((field) => hasVariable(field.value));
  return value.kind === Kind.VARIABLE;
}

function withDefaults(operation: OperationDefinitionNode, variables: PlainArguments): PlainArguments {
  const defaults = (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
    defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)] as const] : [],
  );
  return { ...Object.fromEntries(defaults), ...variables };
}

const below = (said: FieldCost | undefined, size: number | undefined): Above | undefined =>
  said?.sizedFields && size !== undefined ? { fields: said.sizedFields, size } : undefined;
