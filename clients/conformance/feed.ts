/** Reading the change feed, pulled and pushed. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Answer, Party } from './party.ts';

export interface Change {
  readonly id: string;
  readonly seq: number;
  readonly cursor: string;
  readonly kinds: readonly string[];
  readonly takeOverState: string | null;
  readonly takeOver: { readonly id: string } | null;
}

export const PARTITIONS = [0, 1, 2, 3] as const;

const PAGE = `query Conformance($partition: Int!, $after: String) { recordChanges(partition: $partition, first: 100, after: $after) {
  changes { id seq cursor kinds takeOverState takeOver { id } } hasMore } }`;

export const pageOf = (party: Party, partition: number, after: string | null): Promise<Answer> =>
  party.ask(PAGE, { partition, after });

/** One part of a stream, from a cursor to its end. */
export async function readPart(
  party: Party,
  partition: number,
  from: string | null = null,
): Promise<Change[]> {
  const found: Change[] = [];
  for (let after = from; ;) {
    const { data } = await pageOf(party, partition, after);
    const page = data?.['recordChanges'] as { changes: Change[]; hasMore: boolean } | null | undefined;
    found.push(...(page?.changes ?? []));
    if (!page?.hasMore) return found;
    after = page.changes.at(-1)!.cursor;
  }
}

export type Cursors = readonly (string | null)[];

/** What happened takes its place in the stream a moment later, a second at most. */
const QUIET_MS = 1_500;

/** Where the stream ends, part by part, when nothing comes any more of what an earlier case did to the same child. */
export async function ends(party: Party): Promise<Cursors> {
  let cursors: Cursors = PARTITIONS.map(() => null);
  for (let tries = 0; ; tries++) {
    const more = await Promise.all(PARTITIONS.map((part, i) => readPart(party, part, cursors[i])));
    cursors = more.map((part, i) => part.at(-1)?.cursor ?? cursors[i] ?? null);
    if ((tries > 0 && more.every(({ length }) => length === 0)) || tries === 10) return cursors;
    await pause(QUIET_MS);
  }
}

export const readAll = async (party: Party, from: Cursors): Promise<Change[]> =>
  (
    await Promise.all(PARTITIONS.map((partition) => readPart(party, partition, from[partition] ?? null)))
  ).flat();

/** Changes since then of one take-over, as soon as they are enough; what there is, when ten seconds have passed. */
export async function toldOf(
  party: Party,
  from: Cursors,
  takeOverId: string,
  enough: (found: readonly Change[]) => boolean = ({ length }) => length > 0,
): Promise<Change[]> {
  if (takeOverId === '') return [];
  for (let tries = 0; ; tries++) {
    const found = (await readAll(party, from)).filter(({ takeOver }) => takeOver?.id === takeOverId);
    if (enough(found) || tries === 40) return found;
    await pause(250);
  }
}

export interface Pushed {
  readonly status: number;
  readonly code: string | null;
  readonly events: readonly { readonly id: string; readonly data: Partial<Change> }[];
}

/** The first events of a pushed stream after a cursor; or how it was refused. */
export async function pushed(
  party: Party,
  partition: number | string,
  after: string | null,
  count: number,
): Promise<Pushed> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), 10_000);
  const events: { id: string; data: Partial<Change> }[] = [];
  try {
    const answer = await fetch(`${party.gateway.replace(/\/graphql$/, '/feed')}?partition=${partition}`, {
      headers: { ...party.authorization, ...(after === null ? {} : { 'last-event-id': after }) },
      signal: abort.signal,
    });
    const isStream = answer.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
    if (answer.status !== 200 || !isStream)
      return { status: answer.status, code: await codeIn(answer), events };
    let text = '';
    for await (const part of answer.body!.pipeThrough(new TextDecoderStream())) {
      text += part;
      const blocks = text.split('\n\n');
      text = blocks.pop()!;
      for (const block of blocks) {
        const [, id, data] = /^id: (.*)\nevent: change\ndata: (.*)$/.exec(block) ?? [];
        if (id !== undefined) events.push({ id, data: JSON.parse(data!) as Partial<Change> });
      }
      if (events.length >= count) break;
    }
    return { status: 200, code: null, events };
  } catch {
    return { status: 0, code: null, events };
  } finally {
    clearTimeout(timer);
    abort.abort();
  }
}

async function codeIn(answer: Response): Promise<string | null> {
  const body = (await answer.json().catch(() => null)) as {
    errors?: { extensions?: { code?: string } }[];
  } | null;
  return body?.errors?.[0]?.extensions?.code ?? null;
}
