/** A subgraph alone over HTTP. Nothing is parsed before the caller's identity is proven, `_service` included. */
import { context } from '@opentelemetry/api';
import type { ServerResponse } from 'node:http';
import type { Subgraph } from '../graph/subgraph.ts';
import { DEADLINE_HEADER, deadlineIn } from './deadline.ts';
import { executeSubgraph, type SubgraphRequest } from './execute.ts';
import { headerOf, refuse, requestIdOf, sendJson } from './answers.ts';
import { createHttp, type GraphqlEndpoint, type JsonRequest, type RunningHttp } from './http.ts';
import {
  IDENTITY_HEADER,
  IDENTITY_HOLDS_MS,
  IdentityRefused,
  verifyIdentity,
  type Identity,
  type IdentityKeys,
} from './identity.ts';
import { createLog, type Log } from './log.ts';
import { isRecord } from './plain-json.ts';
import { callerSpan } from './traces.ts';
import { seenOnce } from './seen-once.ts';
import { asItStands, StandingsUnknown, type Standings } from './standings.ts';

export interface SubgraphServerOptions {
  readonly host?: string;
  readonly port: number;
  /** The subgraph's own. */
  readonly keys: IdentityKeys;
  /** How accounts stand; stopped with the server. Without it a token is believed as long as it lasts. */
  readonly standings?: Standings;
  readonly graceMs?: number;
}

/** The gateway's own limit is 256 kB, but it sends on the keys of every entity it found. */
const BODY_LIMIT = 8 * 1024 * 1024;

/** Serves POST /graphql, /healthz and /readyz. `stop` drains, then closes the subgraph's database. */
export async function serveSubgraph(
  subgraph: Subgraph,
  options: SubgraphServerOptions,
): Promise<RunningHttp> {
  const log = createLog(subgraph.name);
  const http = await createHttp({
    log,
    host: options.host ?? '127.0.0.1',
    port: options.port,
    graceMs: options.graceMs ?? 10_000,
    ready: () => subgraph.ready(),
    mount: () => undefined,
    graphql: endpoint(subgraph, options, log),
    internal: true,
  });
  return {
    url: http.url,
    stop: async () => {
      await http.stop();
      await options.standings?.stop();
      await subgraph.close();
    },
  };
}

function endpoint(subgraph: Subgraph, { keys, standings }: SubgraphServerOptions, log: Log): GraphqlEndpoint {
  const isNew = seenOnce(IDENTITY_HOLDS_MS);
  const identities = new WeakMap<JsonRequest, Identity>();
  return {
    limit: BODY_LIMIT,
    async before(req, res) {
      try {
        const identity = verifyIdentity(headerOf(req, IDENTITY_HEADER) ?? '', keys);
        if (!isNew(identity.id)) throw new IdentityRefused('the token was used before');
        identities.set(req, standings ? await standing(identity, standings) : identity);
        res.setHeader('x-request-id', identity.call.requestId);
        return true;
      } catch (error) {
        if (error instanceof StandingsUnknown) {
          refuse(res, 503, 'SUBGRAPH_UNAVAILABLE', '暂时无法核对账号。Accounts cannot be checked now.');
          return false;
        }
        if (!(error instanceof IdentityRefused)) throw error;
        log.warn({ requestId: requestIdOf(res), reason: error.message }, 'identity refused');
        refuse(
          res,
          401,
          'UNAUTHENTICATED',
          '只接受网关和相邻子图的签名调用。Only signed calls are answered.',
        );
        return false;
      }
    },
    answer: (req, res) => answer(subgraph, req, res, identities.get(req)!),
  };
}

/** The gateway may not have heard yet what this subgraph has. */
async function standing(identity: Identity, standings: Standings): Promise<Identity> {
  const viewer = await asItStands(identity.call.viewer, standings);
  if (!viewer) throw new IdentityRefused('the account may not act any more');
  return { ...identity, call: { ...identity.call, viewer } };
}

async function answer(
  subgraph: Subgraph,
  req: JsonRequest,
  res: ServerResponse,
  identity: Identity,
): Promise<void> {
  const request = requestIn(req.body);
  if (!request) {
    return refuse(res, 400, 'BAD_REQUEST', '应为一个含 query 的对象。One object with a query is expected.');
  }
  const deadline = deadlineIn(headerOf(req, DEADLINE_HEADER));
  const call = { ...identity.call, ...(deadline !== undefined && { deadline }) };
  const result = await context.with(callerSpan(headerOf(req, 'traceparent')), () =>
    executeSubgraph(subgraph, request, call),
  );
  sendJson(res, 'data' in result ? 200 : 400, result);
}

function requestIn(body: unknown): SubgraphRequest | undefined {
  if (!isRecord(body)) return undefined;
  const { query, variables, operationName } = body;
  if (typeof query !== 'string') return undefined;
  if (variables !== undefined && variables !== null && !isRecord(variables)) return undefined;
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string')
    return undefined;
  return { query, variables, operationName };
}
