/** The matrix role × operation × field, as the composed graph carries it. */
import type { Role } from './viewer.ts';

/** One field of the supergraph and the roles that may ask it. */
export interface MatrixRow {
  readonly type: string;
  readonly field: string;
  readonly roles: readonly Role[];
  /** Only between subgraphs; no client sees it. */
  readonly inaccessible: boolean;
}

/** One type and those of its fields that are open to somebody. */
export interface OpenFields {
  readonly type: string;
  readonly fields: readonly string[];
}

/** A role's part of the matrix, in the order of the schema; what stands only between subgraphs is nobody's. */
export function openTo(matrix: readonly MatrixRow[], role: Role): OpenFields[] {
  const open = new Map<string, string[]>();
  for (const { type, field, roles, inaccessible } of matrix)
    if (!inaccessible && roles.includes(role)) open.set(type, [...(open.get(type) ?? []), field]);
  return [...open].map(([type, fields]) => ({ type, fields }));
}
