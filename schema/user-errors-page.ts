/** docs/user-errors.md: the catalogue of refusals as a page. */
import { USER_ERRORS } from '../kernel/rules/user-errors.ts';

export function userErrorsPage(): string {
  const rows = Object.entries(USER_ERRORS).map(
    ([code, { zh, en }]) => `| \`${code}\` | ${cell(zh)} | ${cell(en)} |`,
  );
  return [
    '# 业务拒绝与提示 / User errors',
    '',
    '由 `npm run schema` 生成，请勿手改。花括号中的词由事实填充。',
    'Printed by `npm run schema`; words in braces are filled from the facts.',
    '',
    '| code | 中文 | English |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

const cell = (text: string) => text.replaceAll('|', '\\|');
