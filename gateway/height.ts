/**
 * How many different fields an operation asks for: an answer's columns, so to say. The same field in the same place
 * counts once, whatever its aliases and however many fragments bring it. For documents measure.ts has let pass only.
 */
import { Kind, type DocumentNode, type FragmentDefinitionNode, type SelectionSetNode } from 'graphql';

/** Fields by name, each with those below it. */
type Tree = Map<string, Tree>;
type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

const INTROSPECTION: ReadonlySet<string> = new Set(['__schema', '__type']);

/** One height for each operation. */
export function heightsOf({ definitions }: DocumentNode): number[] {
  const fragments: Fragments = new Map(
    definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [],
    ),
  );
  return definitions.flatMap((node) =>
    node.kind === Kind.OPERATION_DEFINITION
      ? [sizeOf(gather([node.selectionSet], fragments, new Map()))]
      : [],
  );
}

function gather(sets: readonly SelectionSetNode[], fragments: Fragments, tree: Tree): Tree {
  for (const node of sets.flatMap(({ selections }) => selections)) {
    if (node.kind === Kind.FIELD) {
      const name = node.name.value;
      const below = tree.get(name) ?? new Map<string, Tree>();
      tree.set(name, below);
      if (node.selectionSet && !INTROSPECTION.has(name)) gather([node.selectionSet], fragments, below);
    } else {
      const part = node.kind === Kind.INLINE_FRAGMENT ? node : fragments.get(node.name.value);
      if (part) gather([part.selectionSet], fragments, tree);
    }
  }
  return tree;
}

const sizeOf = (tree: Tree): number => [...tree.values()].reduce((sum, below) => sum + 1 + sizeOf(below), 0);
