/** What a request asks, by POST or GET: its text, the hash of a filed one, and the rest as it came. */
import type { JsonRequest } from '../kernel/serve/http.ts';
import { isRecord } from '../kernel/serve/plain-json.ts';

export interface Asked {
  readonly query: string | undefined;
  /** Of `extensions.persistedQuery.sha256Hash`. */
  readonly hash: string | undefined;
  readonly method: string;
  readonly headers: JsonRequest['headers'];
  readonly body: unknown;
  readonly search: string;
  /** The same with this text and without the hash, as Apollo Server is to see it. */
  withQuery(query: string): Asked;
}

export function askedIn(req: JsonRequest): Asked {
  const { method = '', headers, url = '' } = req;
  const search = searchOf(url);
  const source: unknown = method === 'GET' ? parametersIn(search) : req.body;
  const given = isRecord(source) ? source : {};
  const extensions = method === 'GET' ? parsed(given['extensions']) : given['extensions'];
  const asked = {
    query: typeof given['query'] === 'string' ? given['query'] : undefined,
    hash: hashIn(extensions),
    method,
    headers,
    body: req.body,
    search,
  };
  return {
    ...asked,
    withQuery: (query) => ({ ...asked, ...replaced(asked, given, query), query, withQuery: () => never() }),
  };
}

function replaced({ method, search }: Pick<Asked, 'method' | 'search'>, given: object, query: string) {
  if (method !== 'GET') {
    const rest = Object.entries(given).filter(([name]) => name !== 'extensions');
    return { body: { ...Object.fromEntries(rest), query } };
  }
  const parameters = new URLSearchParams(search);
  parameters.set('query', query);
  parameters.delete('extensions');
  return { search: `?${parameters.toString()}` };
}

function hashIn(extensions: unknown): string | undefined {
  const persisted = isRecord(extensions) ? extensions['persistedQuery'] : undefined;
  const hash = isRecord(persisted) ? persisted['sha256Hash'] : undefined;
  return typeof hash === 'string' ? hash.toLowerCase() : undefined;
}

function parsed(text: unknown): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : undefined;
  } catch {
    // Apollo Server says what is wrong with it.
    return undefined;
  }
}

/** As Apollo Server reads them, however many there are; one that comes twice it refuses. */
const parametersIn = (search: string) => Object.fromEntries(new URLSearchParams(search));

/** A request target may be any text, so it is not read as an address. */
function searchOf(target: string): string {
  const mark = target.indexOf('?');
  return mark < 0 ? '' : target.slice(mark);
}

function never(): never {
  throw new Error('A filed text is put in once.');
}
