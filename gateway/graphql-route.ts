/** POST and GET /graphql: who asks, what is asked, and the answer with the request's id in every error. */
import { SpanKind } from '@opentelemetry/api';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { headerOf, refuse, requestIdOf } from '../kernel/serve/answers.ts';
import { type JsonRequest } from '../kernel/serve/http.ts';
import { jsonBytes } from '../kernel/serve/json-bytes.ts';
import { PURPOSE_HEADER } from '../kernel/rules/purposes.ts';
import { callerSpan, spanned } from '../kernel/serve/traces.ts';
import type { Allowances } from './allowances.ts';
import type { Apollo } from './apollo.ts';
import { askedIn, type Asked } from './asked.ts';
import type { CallerVerifier } from './caller.ts';
import type { GatewayContext } from './context.ts';
import type { Door } from './door.ts';
import { stamped } from './errors.ts';
import { executed } from './executed.ts';
import { filedOf, notFiled, type PersistedOperations } from './persisted.ts';
import { clientOf, type Rates } from './rates.ts';
import { purposeIn } from './purpose.ts';
import { Refusal } from './refusal.ts';
import type { Texts } from './texts.ts';
import { READ_POINTS, REFUSED_TOKEN_POINTS, Tally } from './tally.ts';

export interface GraphqlRoute {
  readonly apollo: Apollo;
  readonly callers: CallerVerifier;
  readonly door: Door;
  readonly allowances: Allowances;
  readonly rates: Rates;
  readonly persisted: PersistedOperations;
  readonly texts: Texts;
  readonly addressOf: (req: IncomingMessage) => string;
  /** Told of every request when it has been answered. */
  readonly answered: (facts: Answered) => void;
}

export interface Answered {
  readonly requestId: string;
  readonly tally: Tally;
  readonly status: number;
  readonly ms: number;
}

/** Not Apollo's own integration, because that cannot tell an error the id of its request. */
export function graphqlRoute(route: GraphqlRoute) {
  return (req: JsonRequest, res: ServerResponse): Promise<void> =>
    spanned('request', {}, (set) => answering(route, req, res, set), {
      kind: SpanKind.SERVER,
      parent: callerSpan(headerOf(req, 'traceparent')),
    });
}

async function answering(
  route: GraphqlRoute,
  req: JsonRequest,
  res: ServerResponse,
  set: (facts: Record<string, string | number>) => void,
): Promise<void> {
  const startedAt = performance.now();
  const requestId = requestIdOf(res);
  let tally = tallyOf(route, req);
  try {
    const viewer = await callerOf(route, req, tally);
    if (viewer) tally = tallyOf(route, req, viewer);
    tally.owe(READ_POINTS);
    const asked = filed(askedIn(req), tally, route);
    // A text nobody filed has to be parsed, which is paid for before; any other is paid for with what it costs.
    if (tally.name === undefined) await tally.settle();
    const { allowance } = tally;
    route.texts.read(asked.query, tally, () => route.door(asked.query, viewer, allowance));
    const purpose = purposeIn(headerOf(req, PURPOSE_HEADER), viewer);
    const text = asked.query ?? '';
    await answer(route.apollo, asked, res, { requestId, tally, purpose, text, ...(viewer && { viewer }) });
  } catch (thrown) {
    const error = thrown instanceof Refusal ? await paidFor(tally, thrown) : thrown;
    if (!(error instanceof Refusal)) {
      // The front answers it so.
      res.statusCode = 500;
      tally.codes = ['INTERNAL_SERVER_ERROR'];
      throw error;
    }
    tally.codes = [error.code];
    tally.tellIn(res);
    if (error.status === 401) res.setHeader('www-authenticate', 'Bearer');
    refuse(res, error.status, error.code, error.message);
  } finally {
    route.answered({ requestId, tally, status: res.statusCode, ms: performance.now() - startedAt });
    const { kind, name, cost } = tally;
    set({
      ...(kind && { 'graphql.operation.type': kind }),
      ...(name && { 'xueji.operation': name }),
      ...(cost !== undefined && { 'xueji.cost': cost }),
    });
  }
}

/** Whatever came of a request, it was read; who has nothing left to pay with is told that instead. */
const paidFor = (tally: Tally, refusal: Refusal): Promise<unknown> =>
  tally.settle().then(
    () => refusal,
    (tooFast: unknown) => tooFast,
  );

function tallyOf(
  { allowances, rates, addressOf }: GraphqlRoute,
  req: IncomingMessage,
  viewer?: GatewayContext['viewer'],
): Tally {
  const tally = new Tally(() => clientOf(viewer?.account, () => addressOf(req)), allowances(viewer), rates);
  tally.viewer = viewer;
  return tally;
}

/** A token that does not hold costs its address a good deal. */
async function callerOf({ callers }: GraphqlRoute, req: IncomingMessage, tally: Tally) {
  try {
    return await callers(req.headers.authorization);
  } catch (error) {
    if (error instanceof Refusal && error.status === 401) tally.owe(REFUSED_TOKEN_POINTS);
    throw error;
  }
}

/** Puts the filed text where only its hash came. Throws Refusal where the client may run nothing else. */
function filed(asked: Asked, tally: Tally, { persisted }: GraphqlRoute): Asked {
  const found = filedOf(asked, persisted);
  tally.name = found?.name;
  if (found) return asked.hash === undefined ? asked : asked.withQuery(found.body);
  const { persisted: mode } = tally.allowance;
  tally.unfiled = mode !== 'off';
  if (mode === 'enforce' && (asked.query !== undefined || asked.hash !== undefined)) throw notFiled();
  return asked;
}

async function answer(
  apollo: Apollo,
  asked: Asked,
  res: ServerResponse,
  context: GatewayContext & { readonly tally: Tally },
): Promise<void> {
  const { tally } = context;
  const { status, headers, result } = await executed(apollo, asked, context);
  // Of an operation that was not begun, for instance.
  await tally.settle();
  for (const [name, value] of headers) res.setHeader(name, value);
  tally.tellIn(res);
  // The page and the API never share a cache entry.
  res.setHeader('cache-control', 'no-store');
  res.statusCode = status ?? 200;
  const answered = stamped(result, {
    requestId: context.requestId,
    suggestions: tally.allowance.introspection,
  });
  tally.codes = (answered.errors ?? []).map(({ extensions }) => String(extensions?.['code']));
  res.end(jsonBytes(answered));
}
