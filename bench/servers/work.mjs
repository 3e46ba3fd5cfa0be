/**
 * What one operation costs besides time: SQL statements, subgraph fetches and bytes, in one process without load.
 * Sends `{work: [{key, statements, fetches, subgraphBytes, responseBytes}]}` and ends.
 */
import { join } from 'node:path';
import { openSubgraphs } from '../../dist/embedded/graph.js';
import { openDevIssuer } from '../../dist/gateway/dev-issuer.js';
import { startGateway } from '../../dist/gateway/server.js';
import { loadFieldKeys } from '../../dist/kernel/store/seal.js';
import { askOver, tokensOf } from '../lib/ask.mjs';
import { operationsOn } from '../lib/operations.mjs';

/** Background work, the folding of counts for one, adds statements now and then: the fewest of these are the operation's own. */
const REPEATS = 5;

const dataDir = process.env.DATA_DIR;
const keys = loadFieldKeys(join(dataDir, 'field-keys.json'));
const graph = await openSubgraphs({
  locate: (name) => ({ url: `sqlite:${join(dataDir, `${name}.sqlite`)}`, keys }),
});
let fetched = [];
const gateway = await startGateway({
  port: 0,
  sources: graph.sources,
  callers: (await openDevIssuer(dataDir, 'development')).callers,
  landing: 'off',
  observe: ({ subgraph, bytes }) => fetched.push({ subgraph, bytes: bytes() }),
});
const url = `${gateway.url}/graphql`;
const tokenOf = await tokensOf(dataDir);
const operations = await operationsOn(askOver(url, tokenOf));

const work = [];
for (const operation of operations) {
  await once(operation);
  const runs = [];
  for (let i = 0; i < REPEATS; i++) runs.push(await once(operation));
  work.push(runs.reduce((best, run) => (run.statements < best.statements ? run : best)));
}
process.send({ work });
await gateway.stop();
await graph.close();
process.exit(0);

async function once({ key, spec, query, variables }) {
  const statements = () => graph.subgraphs.reduce((sum, { stats }) => sum + stats.statements, 0);
  fetched = [];
  const before = statements();
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await tokenOf(spec)}` },
    body: JSON.stringify({ query, variables: variables() }),
  });
  const responseBytes = (await response.arrayBuffer()).byteLength;
  return {
    key,
    statements: statements() - before,
    fetches: fetched.length,
    subgraphBytes: fetched.reduce((sum, { bytes }) => sum + bytes, 0),
    responseBytes,
  };
}
