/** The one door: starts Apollo Server over the executor, behind the shared HTTP front. */
import './telemetry-off.ts';
import type { Express, RequestHandler } from 'express';
import type { DataSource } from '../kernel/serve/data-source.ts';
import { REQUEST_DEADLINES, type Deadlines } from '../kernel/serve/deadline.ts';
import type { Standings } from '../kernel/serve/standings.ts';
import { refuse } from '../kernel/serve/answers.ts';
import { createHttp, type RunningHttp } from '../kernel/serve/http.ts';
import { createLog } from '../kernel/serve/log.ts';
import { addressBehind } from './address.ts';
import { allowancesOf, type Allowances } from './allowances.ts';
import { reporter } from './answered.ts';
import { createApollo } from './apollo.ts';
import type { CallerVerifier } from './caller.ts';
import type { FetchObserver } from './context.ts';
import { countedHere, type Counts } from './counts.ts';
import { createDoor } from './door.ts';
import { PlanningBudget } from './execution/budget.ts';
import { createExecutor } from './executor.ts';
import { createFeed, FEED_PAGE } from './feed.ts';
import { graphqlRoute } from './graphql-route.ts';
import { onlyAs } from './hosts.ts';
import { landingPages, type Landing } from './pages/landing.ts';
import { readPersisted, type PersistedOperations } from './persisted.ts';
import { readSamples, type SampleSource } from './samples.ts';
import { Texts } from './texts.ts';
import { readSupergraph, type SupergraphSource } from './supergraph.ts';

export interface GatewayOptions {
  readonly port: number;
  readonly host?: string;
  /** Names it answers to, without port; any where left out. */
  readonly answersTo?: readonly string[];
  /** One for each subgraph of the supergraph; the gateway closes them when it stops. */
  readonly sources: readonly DataSource[];
  readonly callers: CallerVerifier;
  /** Stopped with the gateway. */
  readonly standings?: Pick<Standings, 'stop'>;
  /** The committed supergraph where left out; a file is watched and replaced while serving. */
  readonly supergraph?: SupergraphSource;
  readonly production?: boolean;
  /** Off in production where left out. */
  readonly introspection?: boolean;
  /** Pages for a browser; off in production where left out. */
  readonly landing?: Landing;
  /** Shown in those pages; the committed ones without tokens where left out. */
  readonly samples?: SampleSource;
  readonly graceMs?: number;
  /** See HttpOptions. */
  readonly lingerMs?: number;
  /** What each client may spend; without a limit by the minute where left out. */
  readonly allowances?: Allowances;
  /** Where it is counted what clients spend; here where left out. */
  readonly counts?: Counts;
  /** The committed samples where left out. */
  readonly persisted?: PersistedOperations;
  /** Of a whole request. */
  readonly deadlines?: Deadlines;
  /** How many proxies before it write X-Forwarded-For; none where left out. */
  readonly trustedProxies?: number;
  /** At which level each request is a line of the log; `info` where left out. */
  readonly requestLines?: 'info' | 'debug';
  /** Told of every call to a subgraph; for tests and the bench. */
  readonly observe?: FetchObserver;
  /** Adds pages beside the API, for instance a dashboard. */
  mount?(app: Express): void;
}

const BODY_LIMIT = 256 * 1024;

/** Resolves when it listens; a subgraph that is down does not hold it up. `stop` drains first. */
export async function startGateway(options: GatewayOptions): Promise<RunningHttp> {
  const log = createLog('gateway');
  const {
    production = false,
    introspection = !production,
    landing = production ? 'off' : 'sandbox',
    allowances = allowancesOf({ rateLimits: false, persisted: 'off', introspection }),
  } = options;
  const { deadlines = REQUEST_DEADLINES, persisted = readPersisted(), sources, observe } = options;
  const supergraph = options.supergraph ?? readSupergraph();
  const known = [FEED_PAGE, ...persisted.all.map(({ body }) => body)];
  const budget = new PlanningBudget();
  const texts = new Texts(budget);
  const executor = createExecutor({ supergraph, known, sources, log, observe, budget });
  const apollo = createApollo({ executor, deadlines, log, texts });
  await apollo.server.start();
  const door = createDoor({ openIntrospection: introspection && landing !== 'off' });
  const { rates, streams } = options.counts ?? countedHere();
  const answered = reporter(log, options.requestLines);
  const asked = { apollo, callers: options.callers, allowances, rates };
  const feed = createFeed({ ...asked, streams });
  const addressOf = addressBehind(options.trustedProxies ?? 0);
  const route = graphqlRoute({ ...asked, door, persisted, texts, addressOf, answered });
  const admits = options.answersTo ? onlyAs(options.answersTo) : () => true;
  const pages = await landingPages(landing, samplesOf(options, landing));
  const http = await createHttp({
    log,
    host: options.host ?? '127.0.0.1',
    port: options.port,
    graceMs: options.graceMs ?? 10_000,
    lingerMs: options.lingerMs ?? 0,
    ready: () => Promise.resolve(),
    graphql: { limit: BODY_LIMIT, before: admits, answer: route },
    mount: (app) => {
      app.use((req, res, next) => {
        if (admits(req, res)) next();
      });
      options.mount?.(app);
      pages(app);
      app.get('/feed', feed.route).get('/graphql', route).all('/graphql', otherMethods);
    },
  });
  const stop = () => {
    feed.stop();
    return stopped(http, apollo.server, options);
  };
  return { url: http.url, stop };
}

const otherMethods: RequestHandler = (_, res) => {
  res.setHeader('allow', 'GET, POST');
  refuse(res, 405, 'BAD_REQUEST', '只接受 GET 和 POST。GET or POST is expected.');
};

/** A ready token in a page is an open door; production has none, whatever was given. */
function samplesOf({ samples: given, production }: GatewayOptions, landing: Landing): SampleSource {
  const committed = { samples: landing === 'off' ? [] : readSamples(), tokens: {} };
  const source = given ?? (() => committed);
  return production ? () => ({ ...source(), tokens: {} }) : source;
}

async function stopped(
  http: RunningHttp,
  apollo: { stop(): Promise<void> },
  { sources, standings }: Pick<GatewayOptions, 'sources' | 'standings'>,
): Promise<void> {
  await http.stop();
  await apollo.stop();
  await standings?.stop();
  await Promise.all(sources.map((source) => source.close()));
}
