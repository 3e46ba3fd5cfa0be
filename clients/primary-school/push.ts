/**
 * The pushed feed tells when something has happened; what it was is read by the cursor, so that an event which is lost,
 * doubled or cut in half can do no harm.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Credentials } from './credentials.ts';

export interface Listening {
  /** Of the gateway's `/feed`. */
  readonly feedUrl: string;
  readonly credentials: Credentials;
  readonly partition: number;
  readonly cursor: () => string | null;
  readonly ring: () => void;
  readonly signal: AbortSignal;
}

const AGAIN_MS = 2000;

/** Listens until it is told to stop; a stream that ends is opened again where it was. */
export async function listen(listening: Listening): Promise<void> {
  const { signal } = listening;
  while (!signal.aborted) {
    await hear(listening).catch(() => undefined);
    if (!signal.aborted) await pause(AGAIN_MS, undefined, { signal }).catch(() => undefined);
  }
}

async function hear({ feedUrl, credentials, partition, cursor, ring, signal }: Listening): Promise<void> {
  const last = cursor();
  const answer = await fetch(`${feedUrl}?partition=${partition}`, {
    headers: {
      authorization: `Bearer ${await credentials()}`,
      accept: 'text/event-stream',
      ...(last === null ? {} : { 'last-event-id': last }),
    },
    signal,
  });
  if (!answer.ok || !answer.body) return;
  let text = '';
  for await (const part of answer.body.pipeThrough(new TextDecoderStream())) {
    text += part;
    const blocks = text.split('\n\n');
    text = blocks.pop()!;
    if (blocks.some((block) => block.startsWith('id: '))) ring();
  }
}
