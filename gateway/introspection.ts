/** Asking of the schema, and of nothing else. */
import { BREAK, Kind, visit, type DocumentNode, type SelectionSetNode } from 'graphql';

const META_FIELDS: ReadonlySet<string> = new Set(['__schema', '__type', '__typename']);

/** Fragments are not followed: what cannot be seen at once is not open to everybody. */
export function isIntrospection(document: DocumentNode): boolean {
  return document.definitions.every(
    (node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ||
      (node.kind === Kind.OPERATION_DEFINITION && isMeta(node.selectionSet)),
  );
}

function isMeta(set: SelectionSetNode): boolean {
  return set.selections.every((node) => node.kind === Kind.FIELD && META_FIELDS.has(node.name.value));
}

/** Does it ask of the schema anywhere, also in fragments nobody spreads? */
export function introspects(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    Field: ({ name }) => {
      if (name.value !== '__schema' && name.value !== '__type') return undefined;
      found = true;
      return BREAK;
    },
  });
  return found;
}

/** Does a field go by a name that belongs to introspection? The planner reads `__typename` as itself, whatever it stands for. */
export function borrowsName(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    Field: ({ name, alias }) => {
      if (!alias?.value.startsWith('__') || alias.value === name.value) return undefined;
      found = true;
      return BREAK;
    },
  });
  return found;
}
