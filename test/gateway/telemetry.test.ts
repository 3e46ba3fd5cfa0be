import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { projectFile } from '../../kernel/paths.ts';

const LOOPBACK = /^(127\.|::1$|localhost$)/;

/** Runs the program in a process of its own, without the variable that the test environment sets. */
async function addressesTriedBy(which: 'ours' | 'stock'): Promise<string[]> {
  const env = { ...process.env };
  delete env['APOLLO_TELEMETRY_DISABLED'];
  const program = projectFile('test', 'gateway', 'telemetry.program.ts');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', projectFile('test', 'support', 'typescript.js'), program, which],
    {
      env: {
        ...env,
        NODE_ENV: 'production',
        APOLLO_KEY: 'service:xueji:key',
        APOLLO_GRAPH_REF: 'xueji@current',
      },
    },
  );
  return JSON.parse(stdout) as string[];
}

it('lets no socket leave the machine, even with an Apollo key left in the environment', async () => {
  const tried = await addressesTriedBy('ours');
  expect(tried.filter((host) => !LOOPBACK.test(host))).toEqual([]);
  // The test's own request was seen, so the spy was in place.
  expect(tried).toContain('127.0.0.1');
});

it('would have noticed: the gateway as it comes reaches out when it is made', async () => {
  const tried = await addressesTriedBy('stock');
  expect(tried.filter((host) => !LOOPBACK.test(host)).length).toBeGreaterThan(0);
});
