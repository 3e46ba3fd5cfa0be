/** A headless Chromium that can reach this machine and nothing else. */
import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';

const path = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

/** Why browser tests cannot run here, or undefined where they can. With CI_NO_SKIP they fail instead. */
export const noChromium =
  existsSync(path) || process.env['CI_NO_SKIP'] ? undefined : `no Chromium at ${path}; set CHROMIUM_PATH`;

export function openChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: path,
    args: ['--no-sandbox', '--disable-gpu', '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1'],
  });
}

export interface Watched {
  readonly page: Page;
  /** Hosts the page asked anything of. */
  readonly hosts: Set<string>;
  /** What the page complained of: blocked by policy, failed, thrown. */
  readonly complaints: string[];
}

export async function openPage(browser: Browser): Promise<Watched> {
  const page = await browser.newPage({ locale: 'zh-CN' });
  const hosts = new Set<string>();
  const complaints: string[] = [];
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol.startsWith('http')) hosts.add(hostname);
  });
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  return { page, hosts, complaints };
}
