import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { Refusal } from '../../../clients/cli/roster/operations.ts';
import { INSTITUTION } from './support.ts';

/** One request as the fake saw it. `act` is the root field asked for. */
export interface Asked {
  readonly act: 'institution' | 'registerChildren' | 'submitEnrolments';
  readonly rows: number;
  readonly key: string;
}

/** What the network or the graph does to a request instead of answering; DROP_AFTER does the work first. */
export type Mishap =
  'DROP' | 'DROP_AFTER' | 'PAGE_502' | 'SUBGRAPH_UNAVAILABLE' | 'RATE_LIMITED' | 'UNAUTHENTICATED';

type Item = { childId?: string; documentNumber?: string };
type Input = { idempotencyKey: string; items: Item[] };
type Variables = { code?: string; input?: Input };

/** Just enough of the graph for the mechanics of an import: classes, idempotency keys, one enrolment a child. */
export class FakeGraph {
  readonly asked: Asked[] = [];
  readonly enrolments: string[] = [];
  /** Called with every request; what it returns happens to it. */
  mishap: (asked: Asked, nth: number) => Mishap | undefined = () => undefined;
  refuse: (childId: string) => string | undefined = () => undefined;
  private readonly answers = new Map<string, unknown>();

  static async start(): Promise<FakeGraph & { url: string }> {
    const graph = new FakeGraph();
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => graph.answer(JSON.parse(Buffer.concat(chunks).toString()) as never, response));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const { port } = server.address() as AddressInfo;
    return Object.assign(graph, { url: `http://127.0.0.1:${port}/graphql` });
  }

  private answer(
    { query, variables }: { query: string; variables: Variables },
    response: ServerResponse,
  ): void {
    const act =
      (['registerChildren', 'submitEnrolments'] as const).find((one) => query.includes(one)) ?? 'institution';
    const { input } = variables;
    const asked: Asked = { act, rows: input?.items.length ?? 0, key: input?.idempotencyKey ?? '' };
    this.asked.push(asked);
    const mishap = this.mishap(asked, this.asked.length);
    if (mishap !== undefined && mishap !== 'DROP_AFTER') return fail(response, mishap, act);
    const data = { [act]: act === 'institution' ? institution(variables.code) : this.once(asked, input!) };
    if (mishap === 'DROP_AFTER') response.destroy();
    else response.setHeader('content-type', 'application/json').end(JSON.stringify({ data }));
  }

  /** The same key gets the same answer and does nothing more. */
  private once({ act, key }: Asked, input: Input): unknown {
    const known = this.answers.get(key);
    if (known) return known;
    const results = input.items.map((item) =>
      act === 'registerChildren' ? this.register(item) : this.enrol(item.childId ?? ''),
    );
    const answer = { results, userErrors: [] };
    this.answers.set(key, answer);
    return answer;
  }

  private register(child: Item) {
    return { child: { id: `child-${child.documentNumber?.slice(14, 17)}` }, warnings: [], userErrors: [] };
  }

  private enrol(childId: string) {
    const refusal =
      this.refuse(childId) ?? (this.enrolments.includes(childId) ? 'ALREADY_ENROLLED' : undefined);
    if (refusal !== undefined) return { record: null, warnings: [], userErrors: [refusalOf(refusal)] };
    this.enrolments.push(childId);
    return { record: { id: `record-of-${childId}` }, warnings: [], userErrors: [] };
  }
}

function institution(code: string | undefined) {
  return code === INSTITUTION ? { code, classes: [{ id: 'class-1', name: '小一班' }] } : null;
}

function refusalOf(code: string): Refusal {
  return { code, message: '（测试）', messageEn: '(test)', field: ['items', '0', 'childId'] };
}

function fail(response: ServerResponse, mishap: Mishap, act: string): void {
  if (mishap === 'DROP') response.destroy();
  else if (mishap === 'PAGE_502') response.writeHead(502).end('<html>');
  else {
    const status = { SUBGRAPH_UNAVAILABLE: 200, RATE_LIMITED: 429, UNAUTHENTICATED: 401, DROP_AFTER: 500 }[
      mishap
    ];
    const errors = [{ message: '-', extensions: { code: mishap } }];
    response.writeHead(status).end(JSON.stringify({ data: { [act]: null }, errors }));
  }
}
