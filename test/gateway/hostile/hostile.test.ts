import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { buildSchema } from 'graphql';
import { Pool } from 'undici';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSubgraphs } from '../../../embedded/graph.ts';
import { allowancesOf } from '../../../gateway/allowances.ts';
import { openDevIssuer } from '../../../gateway/dev-issuer.ts';
import { readSamples } from '../../../gateway/samples.ts';
import { startGateway } from '../../../gateway/server.ts';
import { readSupergraph } from '../../../gateway/supergraph.ts';
import { projectFile } from '../../../kernel/paths.ts';
import type { RunningHttp } from '../../../kernel/serve/http.ts';
import { loadFieldKeys } from '../../../kernel/store/seal.ts';
import { believing } from '../../support/accounts.ts';
import { CLERK } from '../fixture.ts';
import { chance } from './chance.ts';
import { request, type Materials } from './requests.ts';

const REQUESTS = Number(process.env['HOSTILE_REQUESTS'] ?? 10_000);
const SEED = Number(process.env['HOSTILE_SEED'] ?? 1);
const AT_ONCE = 8;
/** What the caches may hold more after the flood than after its first tenth, and what the collector leaves about. */
const HEAP_GROWTH_MIB = 96;

let graph: Awaited<ReturnType<typeof openSubgraphs>>;
let gateway: RunningHttp;
let materials: Materials;
let pool: Pool;

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'xueji-hostile-'));
  const keys = loadFieldKeys(join(folder, 'keys.json'), { create: true });
  graph = await openSubgraphs({ locate: (name) => ({ url: `sqlite:${join(folder, name)}.sqlite`, keys }) });
  const issuer = await openDevIssuer(folder);
  const allowances = allowancesOf({ rateLimits: false, persisted: 'log', introspection: false });
  gateway = await startGateway({
    port: 0,
    sources: graph.sources,
    callers: believing(issuer.callers),
    production: true,
    landing: 'off',
    // Lists as long as they may be are for the tests of cost; here as many requests as possible are.
    allowances: (viewer) => ({ ...allowances(viewer), operation: 2_000 }),
  });
  const nursery = { level: 'INSTITUTION', code: '1999990001' } as const;
  const viewers = [
    CLERK,
    { ...CLERK, role: 'KINDERGARTEN', account: 'kindergarten-1', area: nursery },
    { ...CLERK, role: 'PRIMARY_SCHOOL', account: 'school-1', area: nursery },
  ] as const;
  materials = {
    schema: buildSchema(readSupergraph(projectFile('schema', 'api.graphql'))),
    samples: readSamples(),
    tokens: await Promise.all(viewers.map((viewer) => issuer.mint(viewer))),
  };
  pool = new Pool(gateway.url, { connections: AT_ONCE });
});
afterAll(async () => {
  await pool.close();
  await gateway.stop();
  await graph.close();
});

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
function heapMiB(): number {
  collect();
  return process.memoryUsage().heapUsed / 1024 / 1024;
}

/** What is wrong with the answer, or null. The number of a request is its seed. */
async function faultOf(seed: number, statuses: Map<number, number>): Promise<string | null> {
  const { body, path, headers, method } = request(chance(seed), materials);
  const answer = await pool.request({ path, method: method, headers, body: body ?? null });
  const text = await answer.body.text();
  statuses.set(answer.statusCode, (statuses.get(answer.statusCode) ?? 0) + 1);
  if (answer.statusCode >= 500) return `request ${seed}: HTTP ${answer.statusCode}`;
  if (answer.headers['cache-control'] !== 'no-store') return `request ${seed}: may be cached`;
  if (method === 'HEAD' || answer.statusCode === 204) return null;
  const { errors = [] } = JSON.parse(text) as { errors?: { extensions: Record<string, string> }[] };
  if (answer.statusCode >= 400 && errors.length === 0) return `request ${seed}: refused without a reason`;
  const odd = errors.find(
    ({ extensions: { code, requestId } }) => !code || requestId !== answer.headers['x-request-id'],
  );
  if (odd) return `request ${seed}: an error without code or id`;
  const surprise = errors.find(({ extensions: { code } }) => code === 'INTERNAL_SERVER_ERROR');
  return surprise ? `request ${seed}: INTERNAL_SERVER_ERROR` : null;
}

it(
  `${REQUESTS} hostile documents and bodies are answered below 500, with code and id, in bounded memory`,
  { timeout: 3_600_000 },
  async () => {
    const statuses = new Map<number, number>();
    const faults: string[] = [];
    let next = 0;
    async function worker(end: number) {
      while (next < end) {
        const seed = SEED * 1_000_000 + next++;
        const fault = await faultOf(seed, statuses);
        if (fault) faults.push(fault);
      }
    }
    const run = (end: number) => Promise.all(Array.from({ length: AT_ONCE }, () => worker(end)));
    await run(REQUESTS / 10);
    const before = heapMiB();
    await run(REQUESTS);
    const growth = heapMiB() - before;
    expect(faults.slice(0, 10)).toEqual([]);
    expect(growth).toBeLessThan(HEAP_GROWTH_MIB);
    // Not all at the first hurdle: some are answered, some refused for each reason there is.
    expect([...statuses.keys()].sort()).toEqual(expect.arrayContaining([200, 400, 401, 413, 415]));
    expect(statuses.get(200)!).toBeGreaterThan(REQUESTS / 20);
    const health = await fetch(`${gateway.url}/readyz`);
    expect(health.status).toBe(200);
  },
);
