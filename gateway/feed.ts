/**
 * GET /feed: the change feed as server-sent events, for those who want to be told rather than ask. It asks the graph what
 * anybody could ask in GraphQL, as the same caller, and resumes after `Last-Event-ID`.
 */
import type { Request, RequestHandler, Response } from 'express';
import type { WireCode } from '../kernel/serve/faults.ts';
import type { Viewer } from '../kernel/rules/viewer.ts';
import { refuse, requestIdOf } from '../kernel/serve/answers.ts';
import type { Allowances } from './allowances.ts';
import type { Apollo } from './apollo.ts';
import type { CallerVerifier } from './caller.ts';
import type { GatewayContext } from './context.ts';
import { clientOf, type Rates } from './rates.ts';
import { Refusal } from './refusal.ts';
import { STREAMS_MAX, type Streams } from './streams.ts';
import { READ_POINTS, Tally } from './tally.ts';

export interface FeedRoute {
  readonly apollo: Apollo;
  readonly callers: CallerVerifier;
  readonly allowances: Allowances;
  readonly rates: Rates;
  readonly streams: Streams;
}

const LOOK_EVERY_MS = 1000;
const BEAT_EVERY_MS = 15_000;
/** Then the client comes again. */
const LASTS_MS = 10 * 60_000;

/** Asked as the caller, and planned beforehand at nobody's expense. */
export const FEED_PAGE = `query Feed($partition: Int!, $after: String) {
  recordChanges(partition: $partition, first: 100, after: $after) {
    changes { id seq cursor recordId version kinds at effectiveOn status takeOverState tombstone }
    hasMore } }`;

interface Page {
  readonly changes: readonly { readonly cursor: string }[];
  readonly hasMore: boolean;
}

/** `stop` ends every stream, so that the process can end. */
export function createFeed(route: FeedRoute): { readonly route: RequestHandler; stop(): void } {
  const open = new Set<Response>();
  let stopped = false;
  const handler: RequestHandler = async (req, res) => {
    let opened: string | undefined;
    try {
      const viewer = await route.callers(req.get('authorization'));
      if (!viewer)
        throw new Refusal(401, 'UNAUTHENTICATED', '须提供 Bearer 令牌。A Bearer token is expected.');
      const { account } = viewer;
      if (!(await route.streams.open(account))) throw tooMany();
      opened = account;
      open.add(res);
      const tally = new Tally(() => clientOf(account, () => ''), route.allowances(viewer), route.rates);
      tally.viewer = viewer;
      const context = { viewer, requestId: requestIdOf(res), tally };
      const partition = partitionOf(req);
      const watch = watching(route.callers, context, req, res);
      await stream(route.apollo, context, partition, req, res, () => stopped).finally(watch.stop);
    } catch (error) {
      if (!(error instanceof Refusal) || res.headersSent) throw error;
      if (error.status === 401) res.setHeader('www-authenticate', 'Bearer');
      refuse(res, error.status, error.code, error.message);
    } finally {
      open.delete(res);
      if (opened !== undefined) route.streams.close(opened);
    }
  };
  const stop = () => {
    stopped = true;
    for (const res of open) res.end();
  };
  return { route: handler, stop };
}

type Known = GatewayContext & { readonly tally: Tally };

/**
 * Looks each second whether the token still holds and its account may still ask, as at the door; a stream that outlived them
 * would tell a revoked account for minutes. One whose client has stopped reading is cut, since its end would wait.
 */
function watching(
  callers: CallerVerifier,
  context: { viewer?: Viewer | undefined },
  req: Request,
  res: Response,
) {
  const end = () => (res.writableNeedDrain ? res.destroy() : res.end());
  const look = async () => {
    const viewer = await callers(req.get('authorization'));
    if (viewer) context.viewer = viewer;
    else end();
  };
  const timer = setInterval(() => void look().catch(end), LOOK_EVERY_MS).unref();
  return { stop: () => clearInterval(timer) };
}

async function stream(
  apollo: Apollo,
  context: Known,
  partition: number,
  req: Request,
  res: Response,
  isStopped: () => boolean,
): Promise<void> {
  let after = req.get('last-event-id') ?? null;
  // Before anything is said: whoever may not read it, or comes with another's cursor, is refused as everywhere.
  let page = await pageAfter(apollo, context, partition, after);
  res.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  res.write('retry: 2000\n\n');
  const until = Date.now() + LASTS_MS;
  let beat = Date.now() + BEAT_EVERY_MS;
  const goesOn = () => !isStopped() && !res.destroyed && !res.writableEnded && Date.now() < until;
  while (goesOn()) {
    for (const change of page.changes) {
      const free = res.write(`id: ${change.cursor}\nevent: change\ndata: ${JSON.stringify(change)}\n\n`);
      after = change.cursor;
      if (!free) await once(res, 'drain', 60_000);
      if (!goesOn()) break;
    }
    if (!page.hasMore) await once(res, 'close', LOOK_EVERY_MS);
    if (!goesOn()) break;
    if (Date.now() > beat) {
      res.write(': \n\n');
      beat = Date.now() + BEAT_EVERY_MS;
    }
    // What cannot be read now is read at the next look; nothing is left out, since the cursor stays.
    page = await pageAfter(apollo, context, partition, after).catch(() => ({ changes: [], hasMore: false }));
  }
  res.end();
}

async function pageAfter(
  apollo: Apollo,
  context: Known,
  partition: number,
  after: string | null,
): Promise<Page> {
  context.tally.owe(READ_POINTS);
  await context.tally.settle();
  const { body } = await apollo.server.executeOperation<{ recordChanges: Page | null }>(
    { query: FEED_PAGE, variables: { partition, after } },
    { contextValue: context },
  );
  if (body.kind !== 'single') throw new Error('An answer in parts, which nobody can have asked for.');
  const { data, errors } = body.singleResult;
  if (data?.recordChanges) return data.recordChanges;
  const code = errors?.[0]?.extensions?.['code'] as WireCode | undefined;
  const isCallers = code === 'BAD_USER_INPUT' || code === 'FORBIDDEN';
  throw new Refusal(isCallers ? 400 : 503, code ?? 'SUBGRAPH_UNAVAILABLE', errors?.[0]?.message ?? '');
}

/** Until the event, the end of the response or the time: whichever comes first. */
function once(res: Response, event: 'drain' | 'close', ms: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      for (const name of [event, 'close', 'finish']) res.off(name, done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    timer.unref();
    for (const name of [event, 'close', 'finish']) res.once(name, done);
  });
}

function partitionOf(req: Request): number {
  const { partition } = req.query;
  if (typeof partition === 'string' && /^\d$/.test(partition)) return Number(partition);
  throw new Refusal(400, 'BAD_USER_INPUT', '须给出 ?partition=0 至 3。?partition=0 to 3 was expected.');
}

const tooMany = () =>
  new Refusal(
    429,
    'RATE_LIMITED',
    `每个账号至多 ${STREAMS_MAX} 个数据流。An account may keep ${STREAMS_MAX} streams open.`,
  );
