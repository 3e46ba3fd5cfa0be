/** Hive Gateway in a process of its own, before the subgraphs of a world over HTTP. */
import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { ViewerSpec } from '../../clients/cli/demo/viewer-spec.ts';
import { PURPOSE_HEADER } from '../../kernel/rules/purposes.ts';
import { SUBGRAPH_URLS } from '../../kernel/serve/config.ts';
import { projectFile } from '../../kernel/paths.ts';
import type { Answer, World } from '../support/world.ts';

/** Its own stitching runtime, and its Rust planner; the latter is left out where its binary does not load. */
export type HiveRuntime = 'default' | 'rust';

export interface Peer {
  ask<Data>(viewer: ViewerSpec, query: string, variables?: object): Promise<Answer<Data>>;
  close(): Promise<void>;
}

/** Subgraphs over HTTP, a directory with the issuer and `keys/gateway.pem`, and tokens for whoever asks. */
export interface Ground extends Pick<World, 'dir' | 'token'> {
  readonly subgraphUrls: ReadonlyMap<string, string>;
}

/** Rejects when the peer's packages are not installed or the project is not built. */
export async function startHive(ground: Ground, runtime: HiveRuntime): Promise<Peer> {
  const urls = Object.entries(SUBGRAPH_URLS).map(([variable, name]) => [
    variable,
    ground.subgraphUrls.get(name),
  ]);
  const child = fork(projectFile('bench', 'servers', 'hive.mjs'), {
    execArgv: [],
    env: {
      ...process.env,
      ...(Object.fromEntries(urls) as NodeJS.ProcessEnv),
      DATA_DIR: ground.dir,
      IDENTITY_PRIVATE_KEY_FILE: join(ground.dir, 'keys', 'gateway.pem'),
      IDENTITY_PUBLIC_KEYS_FILE: join(ground.dir, 'keys', 'identity-keys.json'),
      PORT: '0',
      HIVE_RUNTIME: runtime,
      // It does not know our `silent`.
      LOG_LEVEL: 'error',
    },
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    child.once('message', (message) => resolve((message as { url: string }).url));
    void ended.then(() =>
      reject(
        new Error('Hive Gateway did not start; `npm run test:peers` builds and installs what it needs.'),
      ),
    );
  });
  return {
    ask: async <Data>(viewer: ViewerSpec, query: string, variables: object = {}) => {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${await ground.token(viewer)}`,
          ...(viewer.purpose && { [PURPOSE_HEADER]: viewer.purpose }),
        },
        body: JSON.stringify({ query, variables }),
      });
      return { status: response.status, ...((await response.json()) as Omit<Answer<Data>, 'status'>) };
    },
    async close() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
