/** Started by telemetry.test.ts in a process of its own: prints every address it tried to reach, as JSON. */
import dns from 'node:dns';
import { mkdtempSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const tried = new Set<string>();
const LOOPBACK = /^(127\.|::1$|localhost$)/;

/** Notes the address, and keeps the call from leaving the machine should it want to. */
function note(host: string): void {
  tried.add(host);
  if (!LOOPBACK.test(host)) throw Object.assign(new Error('blocked'), { code: 'EBLOCKED' });
}

// Sockets, TLS sockets included, all connect through this one method.
// eslint-disable-next-line @typescript-eslint/unbound-method
const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]) {
  const [options] = (Array.isArray(args[0]) ? args[0] : args) as [
    { host?: string; path?: string } | number,
    string?,
  ];
  if (typeof options === 'object' && options.path === undefined) note(options.host ?? 'localhost');
  return (connect as (...given: unknown[]) => net.Socket).apply(this, args);
};

const lookup = dns.lookup;
dns.lookup = ((host: string, ...rest: unknown[]) => {
  note(host);
  (lookup as (...given: unknown[]) => void)(host, ...rest);
}) as typeof lookup;

process.on('uncaughtException', (error) => process.stderr.write(`${error.stack}\n`));
process.on('unhandledRejection', (error) => process.stderr.write(`${String(error)}\n`));

async function ours(): Promise<void> {
  const { ask, childrenSubgraph, CLERK, recordsSubgraph, startFixture } = await import('./fixture.ts');
  const { inProcess } = await import('../../kernel/serve/in-process.ts');
  const { openDevIssuer } = await import('../../gateway/dev-issuer.ts');
  const issuer = await openDevIssuer(mkdtempSync(join(tmpdir(), 'xueji-telemetry-')), 'test');
  const sources = [inProcess(childrenSubgraph()), inProcess(recordsSubgraph())];
  const gateway = await startFixture({ sources, callers: issuer.callers });
  const answer = await ask(
    gateway.url,
    { query: '{ record(id: "1") { child { label } } }' },
    await issuer.mint(CLERK),
  );
  if (answer.status !== 200) throw new Error(answer.text);
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  await gateway.stop();
}

/** The control: Apollo's gateway as it comes, so that the spy is seen to see. */
async function stock(): Promise<void> {
  const { ApolloGateway } = await import('@apollo/gateway');
  const gateway = new ApolloGateway({ serviceList: [] });
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  await gateway.stop();
}

await (process.argv[2] === 'stock' ? stock() : ours());
process.stdout.write(JSON.stringify([...tried]));
process.exit(0);
