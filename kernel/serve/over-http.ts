/** A subgraph over HTTP: kept-alive connections, a deadline, an identity signed for it alone. */
import { Pool } from 'undici';
import type { SubgraphName } from '../graph/subgraph.ts';
import type { Call } from '../rules/viewer.ts';
import { SubgraphUnavailable, type DataSource } from './data-source.ts';
import { deadlineHeader, isMutation, timeFor, type Deadlines } from './deadline.ts';
import type { SubgraphRequest, SubgraphResult } from './execute.ts';
import { trimmedFault } from './faults.ts';
import { IDENTITY_HEADER, signIdentity, type IdentityKeys } from './identity.ts';
import { post, type Answered } from './post.ts';
import { traceHeaders } from './traces.ts';

export interface HttpSubgraph {
  readonly name: SubgraphName;
  /** The whole address, for instance http://127.0.0.1:4001/graphql. */
  readonly url: string;
}

const CONNECTIONS = 64;

export function overHttp({ name, url }: HttpSubgraph, keys: IdentityKeys, deadlines: Deadlines): DataSource {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections: CONNECTIONS, connectTimeout: deadlines.queryMs });

  async function ask(request: SubgraphRequest, call: Call): Promise<SubgraphResult> {
    const body = JSON.stringify(request);
    // Signed for each time it is said: the other side takes a token once.
    const send = async () => {
      const headers = {
        'content-type': 'application/json',
        'x-request-id': call.requestId,
        ...deadlineHeader(call),
        ...traceHeaders(),
        [IDENTITY_HEADER]: signIdentity(keys, name, call),
      };
      return resultIn(
        await post(pool, { path: pathname, headers, body }, timeFor(request.query, call, deadlines)),
      );
    };
    // A kept connection may have been closed by the other side meanwhile; only a query may be said twice.
    return isMutation(request.query)
      ? send()
      : send().catch((error: unknown) => (wasStale(error) ? send() : Promise.reject(error as Error)));
  }

  return {
    name,
    ask: (request, call) => ask(request, call).catch(unavailable),
    close: () => pool.close(),
  };
}

/** Takes over data, and of each error only what a subgraph may say: message, path, code. */
function resultIn({ status, text }: Answered): SubgraphResult {
  // 400 is an answer too: a scalar the gateway knows nothing of did not fit.
  if (status !== 200 && status !== 400) throw new SubgraphUnavailable(`HTTP ${status}`);
  const answer: unknown = JSON.parse(text);
  if (typeof answer !== 'object' || answer === null || !('data' in answer || 'errors' in answer)) {
    throw new SubgraphUnavailable('an answer with neither data nor errors');
  }
  const { data = null, errors } = answer as SubgraphResult;
  return errors ? { data, errors: errors.map(trimmedFault) } : { data };
}

function wasStale(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    (error.code === 'UND_ERR_SOCKET' || error.code === 'ECONNRESET')
  );
}

function unavailable(error: unknown): never {
  if (error instanceof SubgraphUnavailable) throw error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable answer';
  throw new SubgraphUnavailable(code);
}
