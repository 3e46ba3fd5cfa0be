/** The page at `/`: what this address is, and the two ways to look around. */
import { page } from './html.ts';

export const START_CSP = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

export const startPage = page(
  '学籍 Xueji',
  `<style>body{font:1rem/1.6 system-ui,sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem}</style>
<h1>学籍 Xueji</h1>
<p>学前儿童学籍：一张联邦 GraphQL 图。<br>One federated graph for every child's school record.</p>
<ul>
<li><a href="/explorer">离线查询器 Offline explorer</a>（Altair，含各类用户的示例 with samples for each user group）</li>
<li><a href="/graphql">Apollo Sandbox</a>（需要联网 needs the Internet）</li>
</ul>
<p>接口 API: <code>POST /graphql</code>, <code>Authorization: Bearer …</code></p>`,
);
