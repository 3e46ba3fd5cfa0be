/** docs/lifecycle.md: the table of the record's life as a page, with its diagram. */
import { APPLICATION_KIND, RECORD_STATUS, type RecordStatus } from '../subgraphs/records/model.ts';
import { edges, LIFECYCLE, PARTIES, type Row } from '../subgraphs/records/rules/lifecycle.ts';
import { NEEDS } from '../subgraphs/records/rules/needs.ts';

const STATUSES = Object.keys(RECORD_STATUS) as RecordStatus[];

export function lifecyclePage(): string {
  return [
    '# 学籍的一生 / The life of a record',
    '',
    '由 `npm run schema` 从 `subgraphs/records/rules/lifecycle.ts` 生成，请勿手改。',
    'Printed by `npm run schema` from `subgraphs/records/rules/lifecycle.ts`.',
    '',
    '## 状态图 / Diagram',
    '',
    ...diagram(),
    '',
    '## 业务 / Acts',
    '',
    '| 业务 / act | 业务类型 / kind | 从 / from | 到 / to | 由 / by | 业务办理 / application | 条件 / needs |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...LIFECYCLE.map(actRow),
    '',
    '## 状态 / Statuses',
    '',
    '| 状态 / status | 中文 | English | 通往此状态 / led to by | 可办业务 / leads on by |',
    '| --- | --- | --- | --- | --- |',
    ...STATUSES.map(statusRow),
    '',
  ].join('\n');
}

/** What stands in the place of a status. */
const TARGETS: Readonly<{ [target: string]: string }> = {
  SAME: '不变 / unchanged `SAME`',
  UNDONE: '恢复结束前状态 / what it was before it ended `UNDONE`',
  BEFORE: '恢复申请前状态 / back to where it was `BEFORE`',
};

/** `[*]` is a child without a record; statuses no act leads to or from are left out. */
function diagram(): string[] {
  const drawn = STATUSES.filter((status) => edges().some(({ from, to }) => from === status || to === status));
  return [
    '```mermaid',
    'stateDiagram-v2',
    ...drawn.map((status) => `  state "${RECORD_STATUS[status].zh} ${status}" as ${status}`),
    ...drawnEdges(),
    '```',
  ];
}

/** Acts that change the status; each arrow once, whatever kinds of application lead along it. */
function drawnEdges(): string[] {
  const arrows = edges()
    .filter(({ from, to }) => from !== to)
    .map(({ action, from, to }) => `  ${from ?? '[*]'} --> ${to}: ${action}`);
  return [...new Set(arrows)];
}

function actRow({ action, kind, from, to, by, application, needs, zh, en }: Row): string {
  const starts = from.map((status) => (status === null ? '–' : `\`${status}\``)).join(', ');
  const party = `${PARTIES[by].zh} / ${PARTIES[by].en} \`${by}\``;
  const conditions = needs.map((need) => `\`${need}\` ${NEEDS[need].zh} / ${NEEDS[need].en}`);
  const cells = [
    `${zh} / ${en} \`${action}\``,
    kind === null ? '–' : `${APPLICATION_KIND[kind].zh} \`${kind}\``,
    starts,
    TARGETS[to] ?? `\`${to}\``,
    party,
    application === null ? '–' : `\`${application}\``,
    conditions.join('<br>') || '–',
  ];
  return `| ${cells.join(' | ')} |`;
}

function statusRow(status: RecordStatus): string {
  const { zh, en } = RECORD_STATUS[status];
  const acts = (which: (edge: ReturnType<typeof edges>[number]) => boolean) =>
    [
      ...new Set(
        edges()
          .filter(which)
          .map(({ action }) => action),
      ),
    ].join(', ') || '–';
  const leadingTo = acts(({ to }) => to === status);
  const leadingOn = acts(({ from }) => from === status);
  return `| \`${status}\` | ${zh} | ${en} | ${leadingTo} | ${leadingOn} |`;
}
