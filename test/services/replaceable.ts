/** One subgraph as a real process that may be killed at any time; the next ones are already on their way. */
import { spawn, type ChildProcess } from 'node:child_process';
import type { SubgraphName } from '../../kernel/graph/subgraph.ts';
import type { DataSource } from '../../kernel/serve/data-source.ts';
import { overHttp } from '../../kernel/serve/over-http.ts';
import type { IdentityKeys } from '../../kernel/serve/identity.ts';
import type { Image } from './image.ts';

export interface Started {
  readonly source: DataSource;
  readonly process: ChildProcess;
}

export interface Replaceable {
  /** Whoever serves now. */
  current(): Promise<Started>;
  /** Resolves when another one stands ready to take over. */
  successor(): Promise<unknown>;
  /** Stops it dead, lets `look` see how things stand, and kills it; the next takes its place. */
  kill(look: () => Promise<void>): Promise<NodeJS.Signals | null>;
  close(): Promise<void>;
}

const DEADLINES = { queryMs: 10_000, mutationMs: 30_000 };

export function replaceable(
  name: SubgraphName,
  image: Image,
  env: NodeJS.ProcessEnv,
  gateway: IdentityKeys,
  warm: (source: DataSource) => Promise<unknown>,
): Replaceable {
  const all = new Set<ChildProcess>();
  const killAll = () => all.forEach((one) => one.kill('SIGKILL'));
  process.once('exit', killAll);
  const start = async (): Promise<Started> => {
    const child = spawn(process.execPath, [`dist/subgraphs/${name}/main.js`], {
      cwd: image.directory,
      env: { PATH: process.env['PATH'], ...env, PORT: '0', LOG_LEVEL: 'info' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    all.add(child);
    child.once('exit', () => all.delete(child));
    const url = await readyAt(child);
    const source = overHttp({ name, url: `${url}/graphql` }, gateway, DEADLINES);
    // Its first answer takes a second, and a kill within that second would hit nothing.
    await warm(source);
    return { process: child, source };
  };
  let now = start();
  // Two, because starting one takes a core a second.
  const next = [start(), start()];
  return {
    current: () => now,
    successor: () => next[0]!,
    async kill(look) {
      const { process: victim } = await now;
      const gone = new Promise<NodeJS.Signals | null>((resolve) =>
        victim.once('exit', (_, by) => resolve(by)),
      );
      victim.kill('SIGSTOP');
      await look();
      victim.kill('SIGKILL');
      now = next.shift()!;
      next.push(start());
      return gone;
    },
    async close() {
      await Promise.allSettled(next);
      killAll();
      process.off('exit', killAll);
    },
  };
}

/** Where it says that it listens. */
function readyAt(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.once('exit', (code) => reject(new Error(`It ended with ${code} before it was ready:\n${said}`)));
    child.stderr!.on('data', (part: Buffer) => {
      said = (said + part.toString()).slice(-10_000);
      const ready = /"url":"([^"]+)","msg":"ready"/.exec(said);
      if (ready) resolve(ready[1]!);
    });
  });
}
