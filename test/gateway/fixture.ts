/** Two tiny subgraphs, children and records, composed like the real ones. */
import { buildSubgraphSchema } from '@apollo/subgraph';
import { GraphQLError, parse } from 'graphql';
import type { TokenVerifier } from '../../gateway/caller.ts';
import { startGateway, type GatewayOptions } from '../../gateway/server.ts';
import type { Subgraph, SubgraphName } from '../../kernel/graph/subgraph.ts';
import type { Viewer } from '../../kernel/rules/viewer.ts';
import { believing } from '../support/accounts.ts';
import { composeSupergraph } from '../../schema/supergraph.ts';

export const CLERK: Viewer = {
  account: 'county-190101-1',
  role: 'COUNTY',
  area: { level: 'COUNTY', code: '190101' },
};

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@listSize"])\n';

const CHILDREN_SDL = `${LINK}
type Query {
  child(id: ID!): Child
  childrenCount: Int!
  slow(ms: Int!): String
  fails(how: String!): String
  whoAmI: String
  echo(text: String, n: Int, on: Day, day: LocalDate, at: DateTime, sex: Sex, who: Person): String
}
type Mutation { rename(id: ID!, to: String!): Child }
scalar Day
scalar LocalDate
enum Sex { MALE FEMALE }
input Person { name: String! sex: Sex }
scalar DateTime
type Child @key(fields: "id") { id: ID! label: String! sibling: Child }
`;

const RECORDS_SDL = `${LINK}
type Query {
  record(id: ID!): Record
  records(first: Int = 3): [Record!] @listSize(slicingArguments: ["first"], requireOneSlicingArgument: false)
}
type Record @key(fields: "id") { id: ID! status: String! child: Child }
type Child @key(fields: "id") { id: ID! record: Record }
`;

export const SECRET = 'http://10.0.0.7:4001/graphql 某某某';

const FAILURES: Readonly<Record<string, () => Error>> = {
  forbidden: () =>
    new GraphQLError('不可。Not allowed.', {
      extensions: { code: 'FORBIDDEN', response: SECRET, url: SECRET },
    }),
  surprise: () =>
    Object.assign(new Error(`insert failed: ${SECRET}`), { code: 'ER_DUP_ENTRY', parameters: [SECRET] }),
  unknownCode: () => new GraphQLError(SECRET, { extensions: { code: 'MADE_UP', body: SECRET } }),
  noCode: () => new GraphQLError(SECRET),
};

interface Context {
  readonly viewer: Viewer;
  readonly requestId: string;
}

const childrenResolvers = {
  Query: {
    child: (_: unknown, { id }: { id: string }) => (id === 'none' ? null : { id }),
    childrenCount: () => 3,
    slow: (_: unknown, { ms }: { ms: number }) => new Promise((resolve) => setTimeout(resolve, ms, 'done')),
    fails: (_: unknown, { how }: { how: string }) => {
      throw FAILURES[how]!();
    },
    whoAmI: (_: unknown, __: unknown, { viewer, requestId }: Context) =>
      [viewer.account, viewer.role, viewer.area.code, requestId].join(' '),
    echo: (_: unknown, { text, at }: { text?: string; at?: string }) => text ?? at ?? null,
  },
  Mutation: { rename: (_: unknown, { id }: { id: string }) => ({ id }) },
  Child: {
    __resolveReference: ({ id }: { id: string }) => ({ id }),
    label: ({ id }: { id: string }) => `child ${id}`,
    sibling: ({ id }: { id: string }) => ({ id: `${id}s` }),
  },
};

const recordOf = (id: string) => ({ id, status: 'ENROLLED', child: { __typename: 'Child', id: `c${id}` } });

const recordsResolvers = {
  Query: {
    record: (_: unknown, { id }: { id: string }) => recordOf(id),
    records: (_: unknown, { first }: { first: number }) =>
      Array.from({ length: first }, (__, i) => recordOf(String(i))),
  },
  Record: { __resolveReference: ({ id }: { id: string }) => recordOf(id) },
  Child: {
    __resolveReference: ({ id }: { id: string }) => ({ id }),
    record: ({ id }: { id: string }) => recordOf(id.slice(1)),
  },
};

export const childrenSubgraph = () => subgraph('children', CHILDREN_SDL, childrenResolvers);
export const recordsSubgraph = () => subgraph('records', RECORDS_SDL, recordsResolvers);

export const { supergraphSdl } = composeSupergraph([
  { name: 'children', sdl: CHILDREN_SDL },
  { name: 'records', sdl: RECORDS_SDL },
]);

function subgraph(name: SubgraphName, sdl: string, resolvers: object): Subgraph {
  return {
    name,
    sdl,
    schema: buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolvers as never }]),
    context: (call) => ({ ...call }),
    stats: { statements: 0, retries: 0 },
    ready: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

type FixtureOptions = Pick<GatewayOptions, 'sources'> &
  Partial<Omit<GatewayOptions, 'callers'>> & { readonly callers: TokenVerifier };

/** The gateway on a free port over the fixture's supergraph. It has no accounts: whoever has a token is believed. */
export function startFixture({ callers, ...options }: FixtureOptions) {
  return startGateway({ port: 0, supergraph: supergraphSdl, ...options, callers: believing(callers) });
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: { readonly data?: Record<string, unknown> | null; readonly errors?: readonly Fault[] };
}
export interface Fault {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: { readonly code: string; readonly requestId: string };
}

export interface Question {
  readonly query?: string;
  readonly variables?: unknown;
  readonly operationName?: unknown;
}

/** Posts one operation as any client would. */
export async function ask(url: string, question: Question, token?: string): Promise<Answer> {
  return send(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(question),
  });
}

export async function send(url: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(url, init);
  const text = await response.text();
  const body = (/^[{[]/.test(text) ? JSON.parse(text) : {}) as Answer['body'];
  return { status: response.status, headers: response.headers, text, body };
}

export const codesOf = ({ body }: Answer) => (body.errors ?? []).map(({ extensions }) => extensions.code);
