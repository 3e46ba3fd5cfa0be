/** docs/access.md: who may ask what, read from the `@access` directives of the composed graph. */
import { Kind, parse, type FieldDefinitionNode } from 'graphql';
import { ROLES, type Role } from '../kernel/rules/viewer.ts';

const OPERATIONS = ['Query', 'Mutation'];

/** One field of the supergraph and the roles that may ask it. */
export interface MatrixRow {
  readonly type: string;
  readonly field: string;
  readonly roles: readonly Role[];
  /** Only between subgraphs; no client sees it. */
  readonly inaccessible: boolean;
}

/** The matrix role × operation × field as the supergraph carries it; a field without a rule is open to nobody. */
export function accessMatrix(supergraphSdl: string): MatrixRow[] {
  return parse(supergraphSdl).definitions.flatMap((definition) =>
    definition.kind === Kind.OBJECT_TYPE_DEFINITION
      ? (definition.fields ?? []).map((field) => rowOf(definition.name.value, field))
      : [],
  );
}

export function accessPage(supergraphSdl: string): string {
  const matrix = accessMatrix(supergraphSdl);
  const types = [...new Set(matrix.map(({ type }) => type))].filter((type) => !OPERATIONS.includes(type));
  return [
    '# 访问权限 / Who may ask what',
    '',
    '由 `npm run schema` 从各字段的 `@Access` 生成，请勿手改。未列出的一律拒绝；管辖范围由各子图另行核对。',
    'Printed by `npm run schema` from the `@Access` beside each field. What is not marked is refused; within its role an account',
    'reaches its own area only. ◇: only between subgraphs, no client sees it.',
    '',
    ...OPERATIONS.flatMap((type) => [
      `## ${type}`,
      '',
      ...tableOf(matrix.filter((row) => row.type === type)),
    ]),
    '## 类型 / Types',
    '',
    ...types.flatMap((type) => [`### ${type}`, '', ...tableOf(matrix.filter((row) => row.type === type))]),
  ].join('\n');
}

/** Fields with one rule share a row, in the order of the schema. */
function tableOf(rows: readonly MatrixRow[]): string[] {
  const groups = new Map<string, MatrixRow[]>();
  for (const row of rows) {
    const key = row.type === 'Query' || row.type === 'Mutation' ? row.field : row.roles.join();
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const lines = [...groups.values()].map((group) => {
    const fields = group.map(({ field, inaccessible }) => `\`${field}\`${inaccessible ? ' ◇' : ''}`);
    const cells = ROLES.map((role) => (group[0]!.roles.includes(role) ? '✓' : ''));
    return `| ${[fields.join(', '), ...cells].join(' | ')} |`;
  });
  return [
    `| 字段 / field | ${ROLES.join(' | ')} |`,
    `| --- | ${ROLES.map(() => ':-:').join(' | ')} |`,
    ...lines,
    '',
  ];
}

function rowOf(type: string, { name, directives = [] }: FieldDefinitionNode): MatrixRow {
  const rule = directives.find((one) => one.name.value === 'access')?.arguments?.[0]?.value;
  const values = rule?.kind === Kind.LIST ? rule.values : [];
  const roles = values.flatMap((value) => (value.kind === Kind.STRING ? [value.value as Role] : []));
  const inaccessible = directives.some((one) => one.name.value === 'inaccessible');
  return { type, field: name.value, roles, inaccessible };
}
