/** Child processes that tell what they use. */
import { fork } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const USAGE = new URL('../servers/usage.mjs', import.meta.url).href;
const STOP_MS = 15_000;
const READY_MS = 60_000;

/** @typedef {{cpuMs: number, rssMb: number, peakMb: number}} Usage */
/** @typedef {{pid: number, message: (key: string) => Promise<any>, on: (event: 'message', listener: (told: any) => void) => void, usage: () => Promise<Usage>, output: () => string, exited: Promise<number>, stop: () => Promise<void>}} Child */

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** @returns {Child} */
export function start(script, { args = [], env = {}, execArgv = [], quiet = false, capture = false } = {}) {
  const child = fork(`${ROOT}${script}`, args, {
    cwd: ROOT,
    execArgv: [...execArgv, '--import', USAGE],
    env: { PATH: process.env.PATH, HOME: process.env.HOME, LOG_LEVEL: 'error', TZ: 'UTC', ...env },
    stdio: ['ignore', capture ? 'pipe' : 'ignore', quiet ? 'ignore' : 'inherit', 'ipc'],
  });
  running.add(child);
  const output = [];
  child.stdout?.on('data', (chunk) => output.push(chunk));
  const exited = new Promise((resolve) => child.once('exit', (code) => resolve(code ?? -1)));
  void exited.then(() => running.delete(child));
  const message = (key) =>
    new Promise((resolve, reject) => {
      const take = (told) => {
        if (told?.[key] === undefined) return;
        child.off('message', take);
        resolve(told[key]);
      };
      child.on('message', take);
      void exited.then((code) => reject(new Error(`${script} ended with ${code}`)));
    });
  return {
    pid: child.pid,
    exited,
    message,
    on: (event, listener) => child.on(event, listener),
    output: () => Buffer.concat(output).toString('utf8'),
    usage() {
      const told = message('usage');
      child.send('usage');
      return told;
    },
    async stop() {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      await exited;
      clearTimeout(timer);
    },
  };
}

/** @typedef {{child: Child, url: string}} Started */

/** Starts a script of bench/servers, which says where it answers. @returns {Promise<Started>} */
export async function startServing(script, { args = [], env }) {
  const [port] = await freePorts(1);
  // Hive hangs many listeners on one signal, and Node warns of that in the middle of the tables.
  const child = start(script, { args, env: { ...env, PORT: String(port), NODE_NO_WARNINGS: '1' } });
  return { child, url: await child.message('url') };
}

/** Starts the product's gateway as it is started over HTTP. @returns {Promise<Started>} */
export async function startGateway(env) {
  const [port] = await freePorts(1);
  const origin = `http://127.0.0.1:${port}`;
  const child = start('dist/gateway/main.js', {
    // One, as each of its peers is: what workers would use is not told by their primary.
    env: { GATEWAY_WORKERS: '1', ...env, PORT: String(port), ADMIN_PORT: '0' },
    execArgv: ['--enable-source-maps'],
  });
  await ready(`${origin}/readyz`, child);
  return { child, url: `${origin}/graphql` };
}

/** Waits until the address answers 200; fails when the process ends before. */
export async function ready(url, child) {
  let code;
  void child.exited.then((value) => (code = value));
  for (const until = Date.now() + READY_MS; Date.now() < until;) {
    if (code !== undefined) throw new Error(`The process for ${url} ended with ${code}.`);
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${url} is not ready.`);
}

/** So many ports that are free now. */
export async function freePorts(count) {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port))),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
