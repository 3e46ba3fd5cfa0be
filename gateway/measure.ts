/**
 * How large an operation is. Measured on the parsed text, before validation, because validating a
 * fragment bomb is already expensive. Fragments count wherever they are spread, and are measured once;
 * those nobody spreads count too, since validation reads them all the same.
 */
import {
  Kind,
  type ArgumentNode,
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type TypeNode,
  type ValueNode,
  type VariableDefinitionNode,
} from 'graphql';

export interface Measure {
  readonly depth: number;
  readonly aliases: number;
  readonly roots: number;
  readonly directives: number;
  readonly selections: number;
  readonly nesting: number;
}

/** Fragments that spread each other have no size. */
export class FragmentCycle extends Error {}

/** graphql-js holds introspection to its own depth rule; the usual queries go 15 deep and read no data. */
const MAX_INTROSPECTION_DEPTH = 20;
const INTROSPECTION: ReadonlySet<string> = new Set(['__schema', '__type']);

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

const NOTHING: Measure = { depth: 0, aliases: 0, roots: 0, directives: 0, selections: 0, nesting: 0 };

/** One measure for each operation of the document, and one for the fragments none of them spreads. Throws FragmentCycle. */
export function measureOperations(document: DocumentNode): Measure[] {
  const fragments: Fragments = new Map(
    document.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [],
    ),
  );
  const ruler = createRuler(fragments);
  const operations = document.definitions.flatMap((node) =>
    node.kind === Kind.OPERATION_DEFINITION
      ? [
          [
            ofDirectives(node),
            ruler.ofSet(node.selectionSet),
            ...(node.variableDefinitions ?? []).map(ofVariable),
          ].reduce(add),
        ]
      : [],
  );
  return [...operations, ruler.ofUnused()];
}

function createRuler(fragments: Fragments) {
  const known = new Map<string, Measure | 'being measured'>();

  function ofSet(set: SelectionSetNode): Measure {
    const inside = set.selections.map(ofSelection).reduce(add, NOTHING);
    return { ...inside, nesting: inside.nesting + 1 };
  }

  function ofSelection(node: SelectionNode): Measure {
    const directives = ofDirectives(node);
    if (node.kind === Kind.INLINE_FRAGMENT) return add(ofSet(node.selectionSet), directives);
    if (node.kind === Kind.FRAGMENT_SPREAD) return add(ofFragment(node.name.value), directives);
    return add(ofField(node), directives);
  }

  function ofField(node: FieldNode): Measure {
    const below = node.selectionSet ? ofSet(node.selectionSet) : NOTHING;
    const free = INTROSPECTION.has(node.name.value) && below.depth < MAX_INTROSPECTION_DEPTH;
    return {
      depth: free ? 1 : 1 + below.depth,
      aliases: below.aliases + (node.alias ? 1 : 0),
      roots: 1,
      directives: below.directives,
      selections: below.selections + 1,
      nesting: Math.max(below.nesting, nestingOf(node.arguments)),
    };
  }

  function ofFragment(name: string): Measure {
    const measured = known.get(name);
    if (measured === 'being measured') throw new FragmentCycle();
    if (measured) return measured;
    known.set(name, 'being measured');
    const fragment = fragments.get(name);
    const measure = fragment ? add(ofSet(fragment.selectionSet), ofDirectives(fragment)) : NOTHING;
    known.set(name, measure);
    return measure;
  }

  function ofUnused(): Measure {
    const unused = [...fragments.keys()].filter((name) => !known.has(name));
    return { ...unused.map(ofFragment).reduce(add, NOTHING), roots: 0 };
  }

  return { ofSet, ofUnused };
}

function ofDirectives({
  directives = [],
}: {
  readonly directives?: readonly DirectiveNode[] | undefined;
}): Measure {
  const nesting = Math.max(0, ...directives.map(({ arguments: given }) => nestingOf(given)));
  return { ...NOTHING, directives: directives.length, nesting };
}

function ofVariable(node: VariableDefinitionNode): Measure {
  const value = node.defaultValue ? bracketsOf(node.defaultValue) : 0;
  return add(ofDirectives(node), { ...NOTHING, nesting: Math.max(value, bracketsOf(node.type)) });
}

const nestingOf = (given: readonly ArgumentNode[] = []) =>
  Math.max(0, ...given.map(({ value }) => bracketsOf(value)));

function bracketsOf(node: ValueNode | TypeNode): number {
  switch (node.kind) {
    case Kind.LIST:
      return 1 + Math.max(0, ...node.values.map(bracketsOf));
    case Kind.OBJECT:
      return 1 + Math.max(0, ...node.fields.map(({ value }) => bracketsOf(value)));
    case Kind.LIST_TYPE:
      return 1 + bracketsOf(node.type);
    case Kind.NON_NULL_TYPE:
      return bracketsOf(node.type);
    default:
      return 0;
  }
}

/** Side by side: depths compete, everything else adds up. */
function add(one: Measure, other: Measure): Measure {
  return {
    depth: Math.max(one.depth, other.depth),
    aliases: one.aliases + other.aliases,
    roots: one.roots + other.roots,
    directives: one.directives + other.directives,
    selections: one.selections + other.selections,
    nesting: Math.max(one.nesting, other.nesting),
  };
}
