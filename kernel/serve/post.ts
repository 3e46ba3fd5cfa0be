/**
 * One POST over a kept connection, by undici's bare handler: its `request` makes a stream, an abort signal and their
 * listeners for each call, which costs more than all that a small answer needs.
 */
import type { Dispatcher, Pool } from 'undici';
import { SubgraphUnavailable } from './data-source.ts';

export interface Posted {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

export interface Answered {
  readonly status: number;
  readonly text: string;
}

/** Rejects with SubgraphUnavailable when the time is up, the call then being broken off, and with undici's errors. */
export function post(pool: Pool, posted: Posted, deadlineMs: number): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const answering = new Answering(resolve, reject, deadlineMs);
    // The deadline covers the whole, waiting for a connection included.
    pool.dispatch({ method: 'POST', ...posted, headersTimeout: 0, bodyTimeout: 0 }, answering);
  });
}

class Answering implements Dispatcher.DispatchHandler {
  private readonly chunks: Buffer[] = [];
  private readonly timer: NodeJS.Timeout;
  private controller: Dispatcher.DispatchController | undefined;
  private late: Error | undefined;
  private status = 0;

  constructor(
    private readonly resolve: (answered: Answered) => void,
    private readonly reject: (error: Error) => void,
    deadlineMs: number,
  ) {
    this.timer = setTimeout(() => {
      this.late = new SubgraphUnavailable(`no answer in ${Math.round(deadlineMs)} ms`);
      this.reject(this.late);
      this.controller?.abort(this.late);
    }, deadlineMs);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    // It has waited for a connection all its time.
    if (this.late) controller.abort(this.late);
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number): void {
    this.status = status;
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    this.chunks.push(chunk);
  }

  onResponseEnd(): void {
    clearTimeout(this.timer);
    const { chunks, status } = this;
    const text = chunks.length === 1 ? chunks[0]!.toString() : Buffer.concat(chunks).toString();
    this.resolve({ status, text });
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    clearTimeout(this.timer);
    this.reject(error);
  }
}
