import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDevIssuer } from '../../gateway/dev-issuer.ts';
import { readSamples, type Sample } from '../../gateway/samples.ts';
import type { RunningHttp } from '../../kernel/serve/http.ts';
import { inProcess } from '../../kernel/serve/in-process.ts';
import { noChromium, openChromium, openPage } from '../support/chromium.ts';
import { childrenSubgraph, CLERK, recordsSubgraph, send, startFixture } from './fixture.ts';

const directory = mkdtempSync(join(tmpdir(), 'xueji-explorer-'));
const QUERY =
  '# 一条学籍 / One record\n# x-xueji-purpose: VERIFICATION\nquery OneRecord($id: ID!) {\n  record(id: $id) { status child { label } }\n}\n';

let gateway: RunningHttp;
let samples: Sample[];
let token: string;

beforeAll(async () => {
  mkdirSync(join(directory, 'clerks-county'));
  writeFileSync(join(directory, 'clerks-county', '01-one-record.graphql'), QUERY);
  writeFileSync(join(directory, 'clerks-county', '01-one-record.variables.json'), '{ "id": "7" }');
  samples = readSamples(directory);
  const issuer = await openDevIssuer(directory);
  token = await issuer.mint(CLERK);
  gateway = await startFixture({
    sources: [inProcess(childrenSubgraph()), inProcess(recordsSubgraph())],
    callers: issuer.callers,
    samples: () => ({ samples, tokens: { 'clerks-county': token } }),
  });
});
afterAll(() => gateway.stop());

const browse = (path: string) => send(`${gateway.url}${path}`, { headers: { accept: 'text/html' } });

describe('the pages for a browser', () => {
  it('know the samples with their two titles and variables', () => {
    expect(samples).toEqual([
      {
        group: 'clerks-county',
        name: '01-one-record',
        zh: '一条学籍',
        en: 'One record',
        purpose: 'VERIFICATION',
        query: QUERY,
        variables: { id: '7' },
      },
    ]);
  });

  it('start at / with the way to both explorers', async () => {
    const { status, text } = await browse('/');
    expect(status).toBe(200);
    expect(text).toContain('href="/explorer"');
    expect(text).toContain('href="/graphql"');
  });

  it('show Sandbox without its telemetry and without a token, the chosen sample filled in', async () => {
    const { text, headers } = await browse('/graphql?sample=clerks-county/01-one-record');
    expect(text).toContain('"runTelemetry":false');
    expect(text).toContain('query OneRecord');
    expect(text).not.toContain(token);
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });

  it('keep the tokens for the explorer of this origin', async () => {
    const { text } = await browse('/explorer/initial-options.js');
    expect(text).toContain(token);
    // Beside it the purpose a sample states, for a developer to change or take away.
    expect(text).toContain('"x-xueji-purpose":"VERIFICATION"');
  });

  it('are not there when landing is off, and the API then answers nobody', async () => {
    const issuer = await openDevIssuer(directory);
    const off = await startFixture({
      sources: [inProcess(childrenSubgraph()), inProcess(recordsSubgraph())],
      callers: issuer.callers,
      landing: 'off',
    });
    expect((await send(`${off.url}/`, { headers: { accept: 'text/html' } })).status).toBe(404);
    expect((await send(`${off.url}/explorer`, { headers: { accept: 'text/html' } })).status).toBe(404);
    expect((await send(`${off.url}/graphql`, { headers: { accept: 'text/html' } })).status).toBe(401);
    const typename = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ __typename }"}',
    };
    expect((await send(`${off.url}/graphql`, typename)).status).toBe(401);
    await off.stop();
  });
});

if (noChromium) process.stderr.write(`\nSKIPPED, the explorer in a browser: ${noChromium}\n`);

describe.skipIf(noChromium)('in a browser without Internet', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openChromium();
  });
  afterAll(() => browser.close());

  it('the explorer opens with the samples and runs one, asking nobody else', async () => {
    const { page, hosts, complaints } = await openPage(browser);
    await page.goto(`${gateway.url}/explorer`);
    await page.getByText('县级 01 一条学籍').first().waitFor();
    await page.getByText('query OneRecord', { exact: false }).first().waitFor();
    await page.locator('.send-request__button').click();
    await page.getByText('child c7', { exact: false }).first().waitFor();
    expect([...hosts]).toEqual(['127.0.0.1']);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('Sandbox gives way to the explorer by itself', async () => {
    const { page } = await openPage(browser);
    await page.goto(`${gateway.url}/graphql`);
    await page.waitForURL(`${gateway.url}/explorer`);
    await page.getByText('县级 01 一条学籍').first().waitFor();
    await page.close();
  });
});
