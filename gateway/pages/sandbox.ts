/**
 * Apollo Sandbox, whose program comes from Apollo's CDN. Where that cannot be reached, because there is no
 * Internet or a firewall is silent, the page goes to the offline explorer by itself.
 */
import { USER_GROUPS, type Sample, type ShownSamples, type UserGroup } from '../samples.ts';
import { escaped, page, scriptJson } from './html.ts';

const PROGRAM =
  'https://embeddable-sandbox.cdn.apollographql.com/v2/embeddable-sandbox.umd.production.min.js';
const PATIENCE_MS = 4_000;

export const sandboxCsp = (nonce: string) =>
  [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' https://embeddable-sandbox.cdn.apollographql.com`,
    "style-src 'unsafe-inline' https://embeddable-sandbox.cdn.apollographql.com",
    'img-src data: https://embeddable-sandbox.cdn.apollographql.com',
    "connect-src 'self'",
    'frame-src https://sandbox.embed.apollographql.com',
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/**
 * The page with one sample filled in; the bar above it leads to the others. Sandbox is a frame of another
 * origin, so no token is handed to it.
 */
export function sandboxPage({ samples }: ShownSamples, chosen: string | undefined, nonce: string): string {
  const sample = samples.find((one) => pathOf(one) === chosen) ?? samples[0];
  const config = {
    target: '#sandbox',
    endpointIsEditable: false,
    runTelemetry: false,
    initialState: sample ? { document: sample.query, variables: sample.variables } : {},
  };
  return page(
    'Apollo Sandbox · 学籍 Xueji',
    `<style>html,body{height:100%;margin:0}body{display:flex;flex-direction:column;font:14px system-ui,sans-serif}
nav{padding:.4rem .8rem;border-bottom:1px solid #ccc}#sandbox{flex:1}iframe{border:0;width:100%;height:100%}</style>
<nav>${menu(samples, sample)} · <a href="/explorer">离线查询器（已带令牌） Offline explorer, with tokens</a></nav>
<div id="sandbox"></div>
<script nonce="${nonce}">
const offline = () => location.replace('/explorer');
const patience = setTimeout(offline, ${PATIENCE_MS});
const program = document.createElement('script');
program.src = ${scriptJson(PROGRAM)};
program.onerror = offline;
program.onload = () => {
  clearTimeout(patience);
  if (!window.EmbeddedSandbox) return offline();
  new window.EmbeddedSandbox({ ...${scriptJson(config)}, initialEndpoint: location.origin + '/graphql' });
};
document.head.append(program);
const choice = document.querySelector('select');
if (choice) choice.onchange = () => location.assign('/graphql?sample=' + encodeURIComponent(choice.value));
</script>`,
  );
}

const pathOf = ({ group, name }: Sample) => `${group}/${name}`;

function menu(samples: readonly Sample[], chosen: Sample | undefined): string {
  if (samples.length === 0) return '学籍 Xueji';
  const options = grouped(samples).map(([group, own]) => {
    const { zh, en } = USER_GROUPS[group];
    const items = own.map((sample) => {
      const mark = sample === chosen ? ' selected' : '';
      return `<option value="${escaped(pathOf(sample))}"${mark}>${escaped(`${sample.zh} / ${sample.en}`)}</option>`;
    });
    return `<optgroup label="${zh} ${en}">${items.join('')}</optgroup>`;
  });
  return `<label>示例 Sample <select>${options.join('')}</select></label>`;
}

function grouped(samples: readonly Sample[]): [UserGroup, Sample[]][] {
  return (Object.keys(USER_GROUPS) as UserGroup[])
    .map((group): [UserGroup, Sample[]] => [group, samples.filter((sample) => sample.group === group)])
    .filter(([, own]) => own.length > 0);
}
