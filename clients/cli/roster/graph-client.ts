import { setTimeout as pause } from 'node:timers/promises';
import { PURPOSE_HEADER, type Purpose } from '../../../kernel/rules/purposes.ts';

export interface GraphClientOptions {
  readonly url: string;
  readonly token: string;
  readonly fetch?: typeof fetch | undefined;
  /** How often one request is tried in all. */
  readonly attempts?: number | undefined;
  /** First pause between tries, in milliseconds; it doubles up to 10 s. */
  readonly pauseMs?: number | undefined;
  readonly timeoutMs?: number | undefined;
  /** What personal data is looked at for, stated with every request. */
  readonly purpose?: Purpose | undefined;
}

/** The graph did not answer, or answered with a fault no clerk can mend. Carries codes, never data. */
export class GraphFault extends Error {
  constructor(
    readonly codes: readonly string[],
    readonly isPassing: boolean,
    message = `the graph answered ${codes.join(', ')}`,
  ) {
    super(message);
  }
}

interface Answer {
  data?: Record<string, unknown> | null;
  errors?: { extensions?: { code?: string } }[];
}

/** Faults that pass by themselves: asking again with the same idempotency key is safe and may succeed. */
const PASSING = new Set(['SUBGRAPH_UNAVAILABLE', 'RATE_LIMITED', 'INTERNAL_SERVER_ERROR', 'CONFLICT']);
const PASSING_STATUS = new Set([408, 425, 429]);
const LONGEST_PAUSE_MS = 10_000;

/**
 * Asks the graph over HTTP, again and again while the fault may pass. Every root field asked for is there in
 * the result, or it throws GraphFault.
 */
export async function ask<T>(options: GraphClientOptions, query: string, variables: object): Promise<T> {
  const { attempts = 8, pauseMs = 250 } = options;
  for (let attempt = 1; ; attempt++) {
    try {
      return (await askOnce(options, query, variables)) as T;
    } catch (error) {
      const fault = error instanceof GraphFault ? error : noAnswer(options.url, error);
      if (!fault.isPassing || attempt >= attempts) throw fault;
      // Half fixed, half by chance, so that many clients that failed together do not return together.
      await pause(Math.min(pauseMs * 2 ** (attempt - 1), LONGEST_PAUSE_MS) * (0.5 + Math.random() / 2));
    }
  }
}

async function askOnce(options: GraphClientOptions, query: string, variables: object): Promise<object> {
  const response = await (options.fetch ?? fetch)(options.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${options.token}`,
      ...(options.purpose && { [PURPOSE_HEADER]: options.purpose }),
    },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(options.timeoutMs ?? 60_000),
  });
  const mayPass = response.status >= 500 || PASSING_STATUS.has(response.status);
  const answer = await answerOf(response, options.url, mayPass);
  const data = answer.data ?? {};
  // An institution that does not exist is a null without an error; a dark subgraph is a null with one.
  const errors = answer.errors ?? [];
  const isWhole = response.ok && answer.data != null && (errors.length === 0 || allThere(data));
  if (isWhole) return data;
  const codes = errors.map(({ extensions }) => extensions?.code ?? 'UNKNOWN');
  if (codes.length === 0) throw noGraph(options.url, response, mayPass);
  throw new GraphFault([...new Set(codes)], mayPass || codes.some((code) => PASSING.has(code)));
}

/** Nobody is there, or nobody who answers in time: whoever typed the address must see it. */
export function noAnswer(url: string, error: unknown): GraphFault {
  const { name, cause } = error as Error & { cause?: { code?: string; message?: string } };
  return new GraphFault(
    ['NO_ANSWER'],
    true,
    `no answer from ${url} (${cause?.code ?? cause?.message ?? name})`,
  );
}

/** Somebody is there, and it is no graph. */
function noGraph(url: string, { status }: Response, mayPass: boolean): GraphFault {
  return new GraphFault(
    [`HTTP_${status}`],
    mayPass,
    `${url} answered HTTP ${status}, and not as a graph does`,
  );
}

async function answerOf(response: Response, url: string, mayPass: boolean): Promise<Answer> {
  const text = await response.text();
  try {
    return JSON.parse(text) as Answer;
  } catch {
    // A proxy's page instead of an answer; with a good status it is a broken answer and worth another try.
    throw noGraph(url, response, mayPass || response.ok);
  }
}

function allThere(data: Record<string, unknown>): boolean {
  return Object.values(data).every((value) => value !== null);
}
