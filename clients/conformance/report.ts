/** What came of a run: for machines as JSON, for people as one HTML file that asks nobody for anything. */
import type { Finding, Outcome, Words } from './case.ts';

export interface Report {
  readonly gateway: string;
  readonly ranAt: string;
  readonly passed: number;
  readonly failed: number;
  readonly outcomes: readonly Outcome[];
}

export function reportOf(gateway: string, outcomes: readonly Outcome[], ranAt = new Date()): Report {
  const passed = outcomes.filter((one) => one.passed).length;
  return { gateway, ranAt: ranAt.toISOString(), passed, failed: outcomes.length - passed, outcomes };
}

export const jsonReport = (report: Report): string => `${JSON.stringify(report, null, 2)}\n`;

export function htmlReport({ gateway, ranAt, passed, failed, outcomes }: Report): string {
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<link rel="icon" href="data:,">
<title>学籍接续对接验证 · Xueji conformance: ${passed}/${outcomes.length}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>学籍接续对接验证 <span lang="en">Conformance of a primary-school client</span></h1>
<p class="sum ${failed > 0 ? 'bad' : 'good'}"><strong>${passed}</strong> 项通过 <span lang="en">passed</span> · <strong>${failed}</strong> 项未通过 <span lang="en">failed</span></p>
<p class="meta">${escaped(gateway)} · <time datetime="${ranAt}">${ranAt}</time></p>
<table>
<caption>各项结果；展开可见理由、规则与实际所得 <span lang="en">Each case; open it for why, the rule, and what came</span></caption>
<thead><tr><th scope="col">编号 <span lang="en">Id</span></th><th scope="col">结果 <span lang="en">Result</span></th><th scope="col">验证内容 <span lang="en">Case</span></th><th scope="col" class="ms">毫秒 <span lang="en">ms</span></th></tr></thead>
<tbody>
${outcomes.map(row).join('\n')}
</tbody>
</table>
</main>
</body>
</html>
`;
}

function row({ case: { id, title, why, must, rule }, passed, findings, ms }: Outcome): string {
  const verdict = passed ? '✓ 通过 <span lang="en">passed</span>' : '✗ 未通过 <span lang="en">failed</span>';
  return `<tr id="${id}" class="${passed ? 'good' : 'bad'}"><th scope="row">${id}</th><td class="verdict">${verdict}</td><td>
<details${passed ? '' : ' open'}><summary>${both(title)}</summary>
<dl><dt>为何 <span lang="en">Why</span></dt><dd>${both(why)}</dd><dt>应当 <span lang="en">Must</span></dt><dd>${both(must)}</dd><dt>规则 <span lang="en">Rule</span></dt><dd>${escaped(rule)}</dd></dl>
<table class="findings"><thead><tr><th scope="col">查看 <span lang="en">Looked at</span></th><th scope="col">应为 <span lang="en">Expected</span></th><th scope="col">实为 <span lang="en">Came</span></th></tr></thead><tbody>
${findings.map(findingRow).join('\n')}
</tbody></table></details></td><td class="ms">${ms}</td></tr>`;
}

const findingRow = ({ what, holds, expected, came }: Finding) =>
  `<tr class="${holds ? 'good' : 'bad'}"><td>${holds ? '✓' : '✗'} ${escaped(what)}</td><td><code>${escaped(expected)}</code></td><td><code>${escaped(came)}</code></td></tr>`;

const both = ({ zh, en }: Words) => `${escaped(zh)} <span lang="en">${escaped(en)}</span>`;

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }; // prettier-ignore
const escaped = (text: string) => text.replace(/[&<>"']/g, (c) => ESCAPES[c]!);

const STYLE = `
:root { color-scheme: light dark; --line: #8886; --good: #14702f; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --good: #6fd08c; --bad: #ffb4ab; } }
body { font: 16px/1.5 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; margin: 0; }
main { max-width: 70rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.5rem; } h1 [lang=en] { display: block; font-size: 1rem; font-weight: normal; }
[lang=en] { opacity: .8; font-size: .9em; }
.sum { font-size: 1.25rem; } .sum.good strong:first-child, .good .verdict { color: var(--good); } .sum.bad strong, .bad > .verdict, .findings .bad { color: var(--bad); }
.meta { overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; } caption { text-align: left; padding: .5rem 0; }
th, td { border-top: 1px solid var(--line); padding: .4rem .5rem; text-align: left; vertical-align: top; }
.verdict { white-space: nowrap; } .ms { text-align: right; font-variant-numeric: tabular-nums; }
summary { cursor: pointer; } summary [lang=en] { display: block; } summary:focus-visible { outline: 2px solid; outline-offset: 2px; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem .75rem; } dd { margin: 0; } dd [lang=en] { display: block; }
code { overflow-wrap: anywhere; white-space: pre-wrap; }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; } .ms { display: none; } }
`;
