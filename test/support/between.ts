/** Stands between a client and the gateway: hears what is asked and answered, and may spoil it on the way. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';

export interface Passing {
  readonly path: string;
  readonly body: { readonly query: string; readonly variables: Record<string, unknown> } | null;
  readonly authorization: string | undefined;
  /** When it was asked. */
  readonly invoked: number;
}

export interface Answered {
  readonly status: number;
  readonly text: string;
  /** Where the client is told other headers than came. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Between {
  /** Of the GraphQL endpoint. */
  readonly url: string;
  close(): Promise<void>;
}

export interface BetweenOptions {
  /** Before the graph is told. */
  readonly heard?: (passing: Passing) => void;
  /** What the client is told instead of what came; DROP is no answer at all, though the graph has done its work. */
  readonly spoil?: (passing: Passing, answered: Answered) => Answered | 'DROP';
}

/** `graph` is the address of the GraphQL endpoint; everything else of its host is there too. */
export async function between(
  graph: string,
  { heard, spoil = (_, answered) => answered }: BetweenOptions = {},
): Promise<Between> {
  const { origin } = new URL(graph);
  const server = createServer((req, res) => {
    void (async () => {
      const invoked = performance.now();
      const chunks: Buffer[] = [];
      for await (const chunk of req) chunks.push(chunk as Buffer);
      const sent = Buffer.concat(chunks);
      const passing = {
        path: req.url!,
        body: bodyOf(sent),
        authorization: req.headers.authorization,
        invoked,
      };
      heard?.(passing);
      const headers = { ...req.headers };
      for (const name of ['host', 'connection', 'content-length']) delete headers[name];
      const abort = new AbortController();
      res.once('close', () => abort.abort());
      const answer = await fetch(origin + req.url!, {
        method: req.method!,
        headers: headers as Record<string, string>,
        ...(sent.length > 0 && { body: sent }),
        signal: abort.signal,
      });
      const isStream = answer.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
      if (isStream) {
        res.writeHead(answer.status, Object.fromEntries(answer.headers));
        Readable.fromWeb(answer.body as ReadableStream)
          .on('error', () => res.end())
          .pipe(res);
        return;
      }
      const answered = { status: answer.status, text: await answer.text() };
      const told = spoil(passing, answered);
      if (told === 'DROP') return void res.destroy();
      const {
        'content-length': length,
        'content-encoding': encoding,
        ...kept
      } = Object.fromEntries(answer.headers);
      void [length, encoding];
      res.writeHead(told.status, told.headers ?? kept).end(told.text);
    })().catch(() => res.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function bodyOf(sent: Buffer): Passing['body'] {
  try {
    return JSON.parse(sent.toString()) as Passing['body'];
  } catch {
    return null;
  }
}
