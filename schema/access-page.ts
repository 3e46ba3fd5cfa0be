/** docs/access.md: who may ask what, read from the `@access` directives of the composed graph. */
import { accessMatrix } from '../kernel/access-matrix.ts';
import { BUDGET_KINDS, budgetOf, type BudgetKind } from '../kernel/rules/budgets.ts';
import { PURPOSE_NAMES, PURPOSES } from '../kernel/rules/purposes.ts';
import type { MatrixRow } from '../kernel/rules/access-matrix.ts';
import { ROLES } from '../kernel/rules/viewer.ts';

const OPERATIONS = ['Query', 'Mutation'];

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
    ...purposes(),
    ...budgets(),
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

/** What each purpose opens, and to whom (kernel/rules/purposes.ts). */
function purposes(): string[] {
  const rows = PURPOSE_NAMES.map((name) => {
    const { zh, en, roles, opens } = PURPOSES[name];
    return `| \`${name}\` ${zh}, ${en} | ${roles.join(', ')} | ${opens.join(', ')} |`;
  });
  return [
    '## 用途 / Purposes',
    '',
    '个人信息一律脱敏；请求头 `x-xueji-purpose` 说明用途后，仅对所列角色开放所列内容。',
    'Personal fields are masked; the purpose in `x-xueji-purpose` opens what it names, to the roles it names, within their area.',
    '',
    ...['| 用途 / purpose | 角色 / roles | 开放 / opens |', '| --- | --- | --- |', ...rows, ''],
  ];
}

/** How much an account may take in a day (kernel/rules/budgets.ts). */
function budgets(): string[] {
  const kinds = Object.keys(BUDGET_KINDS) as BudgetKind[];
  const rationed = ROLES.filter((role) => kinds.some((kind) => budgetOf(kind, role, []) > 0));
  const rows = rationed.map(
    (role) => `| ${[role, ...kinds.map((kind) => budgetOf(kind, role, []) || '')].join(' | ')} |`,
  );
  const heads = kinds.map((kind) => `${BUDGET_KINDS[kind].zh} ${BUDGET_KINDS[kind].en}`);
  return [
    '## 每日额度 / Daily budgets',
    '',
    '每个账号、每日、每个子图分别计；未列角色为零。For each account, day and subgraph; a role that is not named has none.',
    '',
    `| 角色 / role | ${heads.join(' | ')} |`,
    `| --- | ${heads.map(() => '--:').join(' | ')} |`,
    ...rows,
    '',
  ];
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
