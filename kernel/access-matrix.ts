/** The access rules of the whole graph, read from the `@access` directives of the committed supergraph. */
import { readFileSync } from 'node:fs';
import { Kind, parse, type FieldDefinitionNode } from 'graphql';
import { projectFile } from './paths.ts';
import type { MatrixRow } from './rules/access-matrix.ts';
import type { Role } from './rules/viewer.ts';

/** A field without a rule is open to nobody. */
export function accessMatrix(supergraphSdl: string): MatrixRow[] {
  return parse(supergraphSdl).definitions.flatMap((definition) =>
    definition.kind === Kind.OBJECT_TYPE_DEFINITION
      ? (definition.fields ?? []).map((field) => rowOf(definition.name.value, field))
      : [],
  );
}

function rowOf(type: string, { name, directives = [] }: FieldDefinitionNode): MatrixRow {
  const rule = directives.find((one) => one.name.value === 'access')?.arguments?.[0]?.value;
  const values = rule?.kind === Kind.LIST ? rule.values : [];
  const roles = values.flatMap((value) => (value.kind === Kind.STRING ? [value.value as Role] : []));
  const inaccessible = directives.some((one) => one.name.value === 'inaccessible');
  return { type, field: name.value, roles, inaccessible };
}

export const readAccessMatrix = (): MatrixRow[] =>
  accessMatrix(readFileSync(projectFile('schema', 'supergraph.graphql'), 'utf8'));
