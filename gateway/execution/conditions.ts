/**
 * @skip and @include. The plan has them in its steps; the shape is made for their values, so that it need not ask:
 * each set of values has a variant of its own.
 */
import {
  Kind,
  visit,
  type DirectiveNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { NotCompiled, plainName } from './fallback.ts';

/** One operation with the fragments of its document. */
export interface Asked {
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

const META: ReadonlySet<string> = new Set(['__schema', '__type']);

/** Names of the variables that decide what is asked. Throws NotCompiled where that cannot be handled. */
export function conditionsOf({ operation, fragments }: Asked): readonly string[] {
  const names = new Set<string>();
  for (const node of [operation, ...fragments.values()]) {
    visit(node, {
      Field({ name, alias }) {
        if (META.has(name.value)) throw new NotCompiled('introspection');
        plainName(alias?.value ?? name.value);
      },
      Directive(directive) {
        const value = conditionIn(directive);
        if (value.kind === Kind.VARIABLE) names.add(value.name.value);
      },
    });
  }
  return [...names].sort();
}

function conditionIn({ name, arguments: args = [] }: DirectiveNode) {
  const value = args[0]?.value;
  if (!value || args.length > 1 || !['skip', 'include'].includes(name.value))
    throw new NotCompiled('directive');
  return value;
}

/** The same operation as it is under these values, without a condition; a field may be left with no fields of its own. */
export function settled({ operation, fragments }: Asked, values: Readonly<Record<string, unknown>>): Asked {
  const isLeft = ({ directives = [] }: SelectionNode) =>
    directives.every((directive) => {
      const value = conditionIn(directive);
      const says =
        value.kind === Kind.VARIABLE ? values[value.name.value] : value.kind === Kind.BOOLEAN && value.value;
      if (typeof says !== 'boolean') throw new NotCompiled('condition');
      return says === (directive.name.value === 'include');
    });

  function ofSet(set: SelectionSetNode): SelectionSetNode {
    return { ...set, selections: set.selections.filter(isLeft).map(ofSelection) };
  }

  function ofSelection(node: SelectionNode): SelectionNode {
    if (node.kind === Kind.FRAGMENT_SPREAD) return { ...node, directives: [] };
    if (node.kind === Kind.INLINE_FRAGMENT)
      return { ...node, directives: [], selectionSet: ofSet(node.selectionSet) };
    return node.selectionSet
      ? { ...node, directives: [], selectionSet: ofSet(node.selectionSet) }
      : { ...node, directives: [] };
  }

  return {
    operation: { ...operation, selectionSet: ofSet(operation.selectionSet) },
    fragments: new Map(
      [...fragments].map(([name, node]) => [name, { ...node, selectionSet: ofSet(node.selectionSet) }]),
    ),
  };
}
