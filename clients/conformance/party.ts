/** Somebody who asks the gateway, and is told everything it answered: status, headers, body. */
import { randomUUID } from 'node:crypto';
import { PURPOSE_HEADER } from '../../kernel/rules/purposes.ts';
import { noAnswer } from '../cli/roster/graph-client.ts';

export interface GraphError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: { readonly code?: string; readonly requestId?: string };
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors: readonly GraphError[];
  readonly ms: number;
}

export interface UserError {
  readonly code: string;
  readonly message?: string;
  readonly messageEn?: string;
  readonly field: readonly string[];
}

export interface TakeOver {
  readonly id: string;
  readonly state: string;
  readonly underWay: boolean;
  readonly admittedOn: string | null;
  readonly cancelUntil: string | null;
  readonly endReason: string | null;
  readonly archive?: { readonly number: string; readonly bornOn: string; readonly status: string } | null;
  readonly receipt: { readonly text: string; readonly jws: string } | null;
}

/** What an act on a take-over answers. */
export interface Acted {
  readonly takeOver: TakeOver | null;
  readonly warnings: readonly UserError[];
  readonly userErrors: readonly UserError[];
}

export type ActName =
  'offerTakeOver' | 'acceptTakeOver' | 'acknowledgeTakeOver' | 'cancelTakeOver' | 'releaseTakeOver';

const NOTHING: Acted = { takeOver: null, warnings: [], userErrors: [] };
const TIMEOUT_MS = 60_000;

export class Party {
  constructor(
    readonly gateway: string,
    private readonly token: string | null,
    private readonly isSchool = true,
    /** Take-overs it has seen, to be tidied away. */
    readonly seen = new Set<string>(),
  ) {}

  /** The same person with another token. */
  withToken(token: string | null): Party {
    return new Party(this.gateway, token, this.isSchool, this.seen);
  }

  get spoiltToken(): string {
    const token = this.token ?? '';
    const last = token.at(-2) === 'A' ? 'B' : 'A';
    return token.slice(0, -2) + last + token.slice(-1);
  }

  async ask(
    query: string,
    variables: object = {},
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const all = { 'content-type': 'application/json', ...this.authorization, ...this.purpose, ...headers };
    // An empty one is left out, not sent empty.
    const sent = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
    const began = performance.now();
    const response = await fetch(this.gateway, {
      method: 'POST',
      headers: sent,
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch((error: unknown) => {
      throw noAnswer(this.gateway, error);
    });
    const text = await response.text();
    const { data = null, errors = [] } = parsed(text);
    return {
      status: response.status,
      headers: response.headers,
      text,
      data,
      errors,
      ms: performance.now() - began,
    };
  }

  /** A school looks for admission; a kindergarten here needs to see nobody. */
  private get purpose(): Record<string, string> {
    return this.isSchool ? { [PURPOSE_HEADER]: 'ADMISSION' } : {};
  }

  get authorization(): Record<string, string> {
    return this.token === null ? {} : { authorization: `Bearer ${this.token}` };
  }

  /** One act of the hand-shake, under a key of its own where none is given. */
  async act(name: ActName, input: object, key: string = randomUUID()): Promise<Acted> {
    const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
    const archive = this.isSchool ? 'archive { number bornOn status }' : '';
    const query = `mutation Conformance($input: ${type}!) { acted: ${name}(input: $input) {
      takeOver { id state underWay admittedOn cancelUntil endReason ${archive} receipt { text jws } }
      warnings { code field } userErrors { code message messageEn field } } }`;
    const { data } = await this.ask(query, { input: { idempotencyKey: key, ...input } });
    const acted = (data?.['acted'] as Acted | null | undefined) ?? NOTHING;
    if (acted.takeOver) this.seen.add(acted.takeOver.id);
    return acted;
  }
}

export const codesOf = (errors: readonly UserError[]) => errors.map(({ code }) => code);
export const faultsOf = ({ errors }: Answer) => errors.map(({ extensions }) => extensions?.code ?? '–');

function parsed(text: string): { data?: Answer['data']; errors?: GraphError[] } {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? body : {};
  } catch {
    return {};
  }
}
