import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'vitest';
import { viewerOf, type ViewerSpec } from '../../clients/cli/demo/viewer-spec.ts';
import { openSubgraphs, SUBGRAPHS } from '../../embedded/graph.ts';
import type { Allowances } from '../../gateway/allowances.ts';
import { filedCallers } from '../../gateway/caller.ts';
import { openDevIssuer } from '../../gateway/dev-issuer.ts';
import type { FetchObserver } from '../../gateway/context.ts';
import { startGateway } from '../../gateway/server.ts';
import type { Subgraph, SubgraphName } from '../../kernel/graph/subgraph.ts';
import { PURPOSE_HEADER } from '../../kernel/rules/purposes.ts';
import { peersOf } from '../../kernel/peers.ts';
import type { DataSource } from '../../kernel/serve/data-source.ts';
import { ensureIdentityKeys } from '../../kernel/serve/identity-keys.ts';
import type { IdentityKeys } from '../../kernel/serve/identity.ts';
import type { RunningHttp } from '../../kernel/serve/http.ts';
import { inProcess } from '../../kernel/serve/in-process.ts';
import { createLog } from '../../kernel/serve/log.ts';
import { overHttp } from '../../kernel/serve/over-http.ts';
import { peerTransport } from '../../kernel/serve/peer-transport.ts';
import { GATEWAY, serviceOf, STANDINGS_DEADLINES, watchStandings } from '../../kernel/serve/standings.ts';
import type { ReceiptSigner } from '../../kernel/serve/receipts.ts';
import { serveSubgraph } from '../../kernel/serve/subgraph-server.ts';
import type { InstitutionsSubgraph } from '../../subgraphs/institutions/main.ts';
import { filing } from './accounts.ts';
import { eachDatabase, type Databases } from './databases.ts';
import { switchOf } from './switch.ts';

export type Wiring = 'in one process' | 'over HTTP';

export interface Answer<Data = Record<string, never>> {
  readonly status: number;
  readonly data?: Data | null;
  readonly errors?: readonly {
    message: string;
    path?: (string | number)[];
    extensions: { code: string; requestId: string };
  }[];
}

/** The whole graph behind its real door. */
export interface World {
  readonly url: string;
  readonly subgraphs: readonly Subgraph[];
  /** Where the development issuer and, over HTTP, the identity keys (`keys/`) are; a second gateway needs both. */
  readonly dir: string;
  /** Empty in one process. */
  readonly subgraphUrls: ReadonlyMap<SubgraphName, string>;
  readonly token: (viewer: ViewerSpec) => Promise<string>;
  readonly ask: <Data>(viewer: ViewerSpec, query: string, variables?: object) => Promise<Answer<Data>>;
  /** The data of an answer that must have no errors. */
  readonly data: <Data>(viewer: ViewerSpec, query: string, variables?: object) => Promise<Data>;
  /** Takes a subgraph away from its callers, at once or once it has answered so many more requests. */
  down(name: SubgraphName, afterAnswers?: number): Promise<void>;
  up(name: SubgraphName): Promise<void>;
  close(): Promise<void>;
}

export interface WorldOptions {
  readonly databases: Databases;
  readonly wiring: Wiring;
  readonly now?: () => Date;
  readonly observe?: FetchObserver;
  /** What clients may spend; without limits where nothing is said. */
  readonly allowances?: Allowances;
  /** What signs receipts, in one process; a passing Ed25519 key where left out. */
  readonly receipts?: ReceiptSigner;
}

/** The same story on both databases, in one process and with the subgraphs over HTTP. */
export function everywhere(
  title: string,
  story: (start: (options?: Partial<WorldOptions>) => Promise<World>) => void,
): void {
  eachDatabase(title, (databases) => {
    describe.each<Wiring>(['in one process', 'over HTTP'])('%s', (wiring) => {
      story((options) => startWorld({ databases, wiring, ...options }));
    });
  });
}

export async function startWorld({
  databases,
  wiring,
  now = () => new Date(),
  observe,
  allowances,
  receipts,
}: WorldOptions): Promise<World> {
  const dir = mkdtempSync(join(tmpdir(), 'xueji-world-'));
  const graph =
    wiring === 'over HTTP'
      ? await openOverHttp(dir, databases, now)
      : {
          ...(await openSubgraphs({
            locate: (name) => databases.fresh(name),
            now,
            ...(receipts && { receipts }),
          })),
          urls: new Map(),
          forStandings: undefined,
          listen: NO_SERVER,
          hangUp: NO_SERVER,
        };
  const switches = new Map(graph.subgraphs.map((subgraph) => [subgraph.name, switchOf(subgraph)]));
  const issuer = await openDevIssuer(dir, 'test');
  const institutions = graph.subgraphs.find(({ name }) => name === 'institutions') as InstitutionsSubgraph;
  const file = filing((accounts) => institutions.bootstrap(accounts));
  const standings = watchStandings({
    source: graph.forStandings ?? inProcess(institutions),
    asker: GATEWAY,
    log: createLog('gateway'),
  });
  const gateway = await startGateway({
    port: 0,
    sources: graph.sources,
    callers: filedCallers(issuer.callers, standings),
    standings,
    graceMs: 2000,
    ...(observe ? { observe } : {}),
    ...(allowances ? { allowances } : {}),
  });
  const url = `${gateway.url}/graphql`;
  const token = async (viewer: ViewerSpec) => {
    await file(viewer);
    return issuer.mint(viewerOf(viewer));
  };
  const ask = async <Data>(
    viewer: ViewerSpec,
    query: string,
    variables: object = {},
  ): Promise<Answer<Data>> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await token(viewer)}`,
        ...(viewer.purpose && { [PURPOSE_HEADER]: viewer.purpose }),
      },
      body: JSON.stringify({ query, variables }),
    });
    return { status: response.status, ...((await response.json()) as Omit<Answer<Data>, 'status'>) };
  };
  return {
    url,
    subgraphs: graph.subgraphs,
    dir,
    subgraphUrls: graph.urls,
    token,
    ask,
    async data<Data>(viewer: ViewerSpec, query: string, variables?: object) {
      const answer = await ask<Data>(viewer, query, variables);
      if (!answer.data || answer.errors)
        throw new Error(`The graph answered ${answer.status}: ${JSON.stringify(answer.errors)}`);
      return answer.data;
    },
    async down(name, afterAnswers = 0) {
      switches.get(name)!(afterAnswers);
      if (afterAnswers === 0) await graph.hangUp(name);
    },
    async up(name) {
      switches.get(name)!(Infinity);
      await graph.listen(name);
    },
    async close() {
      await gateway.stop();
      await graph.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

const NO_SERVER = (_: SubgraphName): Promise<void> => Promise.resolve();

async function openOverHttp(dir: string, databases: Databases, now: () => Date) {
  const identity = ensureIdentityKeys(join(dir, 'keys'));
  const urls = new Map<SubgraphName, string>();
  const closers: (() => Promise<void>)[] = [];
  const servers = new Map<SubgraphName, RunningHttp>();
  const listen = async (name: SubgraphName) => {
    if (servers.has(name)) return;
    const subgraph = subgraphs.find((one) => one.name === name)!;
    // Its database stays open while nobody can reach it.
    const served = Object.assign(Object.create(subgraph) as Subgraph, { close: () => Promise.resolve() });
    const port = Number(new URL(urls.get(name) ?? 'http://127.0.0.1:0').port);
    const source =
      name === 'institutions'
        ? inProcess(subgraph)
        : later('institutions', () =>
            overHttp(
              { name: 'institutions', url: urls.get('institutions')! },
              keysOf.get(name)!,
              STANDINGS_DEADLINES,
            ),
          );
    const standings = watchStandings({ source, asker: serviceOf(name), log: createLog(name) });
    const server = await serveSubgraph(served, {
      port,
      keys: keysOf.get(name)!,
      standings,
      graceMs: 2000,
    });
    servers.set(name, server);
    urls.set(name, `${server.url}/graphql`);
  };
  const hangUp = async (name: SubgraphName) => {
    await servers.get(name)?.stop();
    servers.delete(name);
  };
  const subgraphs: Subgraph[] = [];
  const keysOf = new Map<SubgraphName, IdentityKeys>();
  const deadlines = { queryMs: 10_000, mutationMs: 30_000 };
  for (const name of Object.keys(SUBGRAPHS) as SubgraphName[]) {
    const keys = await identity.of(name);
    keysOf.set(name, keys);
    const sources = new Map<SubgraphName, DataSource>();
    const sourceOf = (to: SubgraphName) => {
      const source = sources.get(to) ?? overHttp({ name: to, url: urls.get(to)! }, keys, deadlines);
      sources.set(to, source);
      return source;
    };
    const subgraph = await SUBGRAPHS[name].open({
      location: await databases.fresh(name),
      peers: peersOf(name, peerTransport(sourceOf)),
      now,
    });
    subgraphs.push(subgraph);
    await listen(name);
    closers.push(async () => {
      await Promise.all([...sources.values()].map((source) => source.close()));
      await hangUp(name);
      await subgraph.close();
    });
  }
  const gateway = await identity.of('gateway');
  const sources = subgraphs.map(({ name }) => overHttp({ name, url: urls.get(name)! }, gateway, deadlines));
  const forStandings = overHttp(
    { name: 'institutions', url: urls.get('institutions')! },
    gateway,
    STANDINGS_DEADLINES,
  );
  return {
    subgraphs,
    sources,
    forStandings,
    urls,
    listen,
    hangUp,
    close: async () => void (await Promise.all(closers.map((close) => close()))),
  };
}

/** A neighbour that listens later than who asks it. */
function later(name: SubgraphName, open: () => DataSource): DataSource {
  let source: DataSource | undefined;
  return {
    name,
    ask: async (request, call) => (source ??= open()).ask(request, call),
    close: async () => source?.close(),
  };
}
