/**
 * How large an operation may be. Measured on the parsed text, before validation, because validating a
 * fragment bomb is already expensive. Fragments count wherever they are spread, and are measured once.
 */
import { Kind, type DocumentNode, type FragmentDefinitionNode, type SelectionSetNode } from 'graphql';
import { Refusal } from './refusal.ts';

export const MAX_TOKENS = 4_000;

/** Greatest allowed number of each, and what it is called. */
export const LIMITS = {
  depth: { most: 12, zh: '嵌套层数', en: 'levels of depth' },
  aliases: { most: 30, zh: '别名', en: 'aliases' },
  roots: { most: 20, zh: '根字段', en: 'root fields' },
  directives: { most: 10, zh: '指令', en: 'directives' },
  selections: { most: 2_000, zh: '字段总数（展开片段后）', en: 'fields with fragments spread out' },
} as const;

/** graphql-js holds introspection to its own depth rule; the usual queries go 15 deep and read no data. */
const MAX_INTROSPECTION_DEPTH = 20;
const INTROSPECTION: ReadonlySet<string> = new Set(['__schema', '__type']);

type Measure = Record<keyof typeof LIMITS, number>;
type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

const NOTHING: Measure = { depth: 0, aliases: 0, roots: 0, directives: 0, selections: 0 };

/** The first limit an operation of the document passes, or undefined. */
export function overLimit(document: DocumentNode): Refusal | undefined {
  for (const measure of measures(document)) {
    for (const [name, { most, zh, en }] of Object.entries(LIMITS)) {
      const came = measure[name as keyof Measure];
      if (came > most) return tooMuch(most, came, zh, en);
    }
  }
  return undefined;
}

export function tooMuch(most: number, came: number | string, zh: string, en: string): Refusal {
  return new Refusal(
    400,
    'QUERY_LIMIT_EXCEEDED',
    `${zh}最多 ${most}，收到 ${came}。At most ${most} ${en} are allowed, ${came} came.`,
  );
}

function measures(document: DocumentNode): Measure[] {
  const fragments: Fragments = new Map(
    document.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [],
    ),
  );
  const ruler = createRuler(fragments);
  return document.definitions.flatMap((node) => {
    if (node.kind !== Kind.OPERATION_DEFINITION) return [];
    const own = (node.directives ?? []).length;
    const onVariables = (node.variableDefinitions ?? []).reduce(
      (sum, { directives = [] }) => sum + directives.length,
      0,
    );
    return [add(ruler(node.selectionSet), { ...NOTHING, directives: own + onVariables })];
  });
}

function createRuler(fragments: Fragments): (set: SelectionSetNode) => Measure {
  const known = new Map<string, Measure>();

  function ofSet(set: SelectionSetNode): Measure {
    return set.selections.map(ofSelection).reduce(add, NOTHING);
  }

  function ofSelection(node: SelectionSetNode['selections'][number]): Measure {
    const directives = (node.directives ?? []).length;
    if (node.kind === Kind.INLINE_FRAGMENT) return add(ofSet(node.selectionSet), { ...NOTHING, directives });
    if (node.kind === Kind.FRAGMENT_SPREAD)
      return add(ofFragment(node.name.value), { ...NOTHING, directives });
    const below = node.selectionSet ? ofSet(node.selectionSet) : NOTHING;
    const free = INTROSPECTION.has(node.name.value) && below.depth < MAX_INTROSPECTION_DEPTH;
    return {
      depth: free ? 1 : 1 + below.depth,
      aliases: below.aliases + (node.alias ? 1 : 0),
      roots: 1,
      directives: below.directives + directives,
      selections: below.selections + 1,
    };
  }

  function ofFragment(name: string): Measure {
    const measured = known.get(name);
    if (measured) return measured;
    // Stands in while the fragment is being measured, so a cycle ends; validation refuses cycles afterwards.
    known.set(name, NOTHING);
    const fragment = fragments.get(name);
    const own = (fragment?.directives ?? []).length;
    const measure = fragment ? add(ofSet(fragment.selectionSet), { ...NOTHING, directives: own }) : NOTHING;
    known.set(name, measure);
    return measure;
  }

  return ofSet;
}

/** Side by side: depths compete, everything else adds up. */
function add(one: Measure, other: Measure): Measure {
  return {
    depth: Math.max(one.depth, other.depth),
    aliases: one.aliases + other.aliases,
    roots: one.roots + other.roots,
    directives: one.directives + other.directives,
    selections: one.selections + other.selections,
  };
}
