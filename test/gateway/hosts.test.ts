import { mkdtempSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDevIssuer } from '../../gateway/dev-issuer.ts';
import { isLoopback, LOOPBACK } from '../../gateway/hosts.ts';
import type { RunningHttp } from '../../kernel/serve/http.ts';
import { inProcess } from '../../kernel/serve/in-process.ts';
import { childrenSubgraph, recordsSubgraph, startFixture } from './fixture.ts';

let gateway: RunningHttp;
beforeAll(async () => {
  const issuer = await openDevIssuer(mkdtempSync(join(tmpdir(), 'xueji-hosts-')));
  gateway = await startFixture({
    sources: [inProcess(childrenSubgraph()), inProcess(recordsSubgraph())],
    callers: issuer.callers,
    answersTo: LOOPBACK,
  });
});
afterAll(() => gateway.stop());

const statusAs = (host: string, path: string, method = 'GET') =>
  new Promise<number | undefined>((resolve, reject) => {
    const { port } = new URL(gateway.url);
    request(
      {
        host: '127.0.0.1',
        port,
        path,
        method,
        headers: { host, accept: 'text/html', 'content-type': 'application/json' },
      },
      (res) => {
        res.resume();
        resolve(res.statusCode);
      },
    )
      .on('error', reject)
      .end();
  });

describe('a gateway that answers to the names of this machine only', () => {
  const paths = ['/', '/explorer/initial-options.js', '/graphql'];

  it.each(['127.0.0.1', '127.0.0.1:4000', 'localhost:80', 'LOCALHOST', '[::1]:4000', '[::1]'])(
    'answers as %s',
    async (host) => {
      for (const path of paths) expect(await statusAs(host, path)).toBe(200);
    },
  );

  it.each([
    'rebound.example',
    'rebound.example:4000',
    '127.0.0.1.rebound.example',
    'localhost.',
    '0.0.0.0',
    '[::2]',
    '127.0.0.1:1:2',
  ])('answers 421 as %s', async (host) => {
    for (const path of paths) expect(await statusAs(host, path)).toBe(421);
    expect(await statusAs(host, '/graphql', 'POST')).toBe(421);
    // Whoever watches a process comes by whatever address it has.
    for (const path of ['/healthz', '/readyz']) expect(await statusAs(host, path)).toBe(200);
  });
});

it.each<[string, boolean]>([
  ['127.0.0.1', true],
  ['localhost', true],
  ['::1', true],
  ['0.0.0.0', false],
  ['::', false],
  ['192.168.0.5', false],
])('an address to listen on is of this machine alone or not: %s, %s', (host, alone) => {
  expect(isLoopback(host)).toBe(alone);
});

it('ends a connection whose headers do not come, within a second or two of its time', async () => {
  const startedAt = Date.now();
  const { port } = new URL(gateway.url);
  const answer = await new Promise<string>((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1', () =>
      socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n'),
    );
    let text = '';
    socket.on('data', (part) => (text += part.toString())).on('error', reject);
    socket.on('close', () => resolve(text));
  });
  expect(answer).toContain('408');
  expect(Date.now() - startedAt).toBeLessThan(17_500);
}, 30_000);
