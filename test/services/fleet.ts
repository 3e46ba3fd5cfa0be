/** The gateway's program as it is deployed, with workers, before subgraphs of the test's own: children has a slow field. */
import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ViewerSpec } from '../../clients/cli/demo/viewer-spec.ts';
import type { Subgraph } from '../../kernel/graph/subgraph.ts';
import { ensureIdentityKeys } from '../../kernel/serve/identity-keys.ts';
import { serveSubgraph } from '../../kernel/serve/subgraph-server.ts';
import { loadFieldKeys } from '../../kernel/store/seal.ts';
import { openInstitutions } from '../../subgraphs/institutions/main.ts';
import { NO_PEERS } from '../../embedded/unattended.ts';
import { childrenSubgraph, recordsSubgraph, supergraphSdl } from '../gateway/fixture.ts';
import { filing } from '../support/accounts.ts';
import type { Image } from './image.ts';

export interface Line {
  readonly msg: string;
  readonly worker?: number;
  readonly number?: number;
  readonly url?: string;
  readonly requestId?: string;
  readonly [fact: string]: unknown;
}

export interface Fleet {
  readonly pid: number;
  readonly ended: Promise<{ code: number | null; stderr: string }>;
  /** Where it says it is ready; rejects where it ended before. */
  url(): Promise<string>;
  readonly admin: () => string;
  lines(): Line[];
  /** Resolves with the first line that fits, once it is there. */
  line(fits: (line: Line) => boolean): Promise<Line>;
  kill(signal: NodeJS.Signals): void;
  /** By process id, those that live. */
  workers(): number[];
}

const all = new Set<ChildProcess>();
process.once('exit', () => all.forEach((child) => child.kill('SIGKILL')));

const passing = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export function startFleet(image: Image, program: string, env: Readonly<Record<string, string>>): Fleet {
  const child = spawn(process.execPath, [program], {
    cwd: image.directory,
    env: { PATH: process.env['PATH'], LOG_LEVEL: 'info', PORT: '0', ADMIN_PORT: '0', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  all.add(child);
  let stderr = '';
  child.stderr.on('data', (part: Buffer) => (stderr += part.toString()));
  const ended = new Promise<{ code: number | null; stderr: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, stderr })),
  );
  void ended.then(() => all.delete(child));
  const lines = () =>
    stderr
      .split('\n')
      .slice(0, -1)
      .filter((line) => line.startsWith('{"level"'))
      .map((line) => JSON.parse(line) as Line);
  const line = async (fits: (line: Line) => boolean) => {
    for (;;) {
      const found = lines().find(fits);
      if (found) return found;
      if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode}:\n${stderr}`);
      await passing(25);
    }
  };
  return {
    pid: child.pid!,
    ended,
    url: async () => (await line(({ msg }) => msg === 'ready')).url!,
    admin: () => lines().find(({ msg }) => msg === 'metrics')!.url!,
    lines,
    line,
    kill: (signal) => void child.kill(signal),
    workers: () => childrenOf(child.pid!),
  };
}

/** Those of a process that live. */
export function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      const stat = statOf(Number(name));
      return stat?.parent === parent && stat.state !== 'Z';
    })
    .map(Number);
}

export const lives = (pid: number): boolean => ![undefined, 'Z'].includes(statOf(pid)?.state);

function statOf(pid: number): { state: string; parent: number } | undefined {
  try {
    const [state, parent] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    return { state: state!, parent: Number(parent) };
  } catch {
    return undefined;
  }
}

/** The files a process has open. */
export const openedBy = (pid: number): string[] =>
  readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/${pid}/fd/${fd}`)];
    } catch {
      return [];
    }
  });

/** What stands behind the gateway, and the variables that lead there. */
export async function openBehind(directory: string, accounts: readonly ViewerSpec[]) {
  const set = ensureIdentityKeys(join(directory, 'keys'));
  const institutions = await openInstitutions({
    location: {
      url: `sqlite:${join(directory, 'institutions.sqlite')}`,
      keys: loadFieldKeys(join(directory, 'field-keys.json'), { create: true }),
    },
    peers: NO_PEERS,
    now: () => new Date(),
  });
  const file = filing((some) => institutions.bootstrap(some));
  for (const account of accounts) await file(account);
  const serve = async (subgraph: Subgraph) =>
    serveSubgraph(subgraph, { port: 0, keys: await set.of(subgraph.name), graceMs: 100 });
  const servers = [
    await serve(institutions),
    await serve(childrenSubgraph()),
    await serve(recordsSubgraph()),
  ] as const;
  const supergraph = join(directory, 'supergraph.graphql');
  writeFileSync(supergraph, supergraphSdl);
  const nothingFiled = join(directory, 'nothing-filed.json');
  writeFileSync(
    nothingFiled,
    JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations: [] }),
  );
  return {
    supergraph,
    env: {
      DATA_DIR: directory,
      SUPERGRAPH_PATH: supergraph,
      PERSISTED_OPERATIONS_FILES: nothingFiled,
      SUBGRAPH_INSTITUTIONS_URL: `${servers[0].url}/graphql`,
      SUBGRAPH_CHILDREN_URL: `${servers[1].url}/graphql`,
      SUBGRAPH_RECORDS_URL: `${servers[2].url}/graphql`,
      IDENTITY_PRIVATE_KEY_FILE: set.privateKeyFile.gateway,
      IDENTITY_PUBLIC_KEYS_FILE: set.publicKeysFile,
    },
    close: () => Promise.all(servers.map((server) => server.stop())),
  };
}
