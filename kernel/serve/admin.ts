/** The listener for those who run the process: /metrics and /healthz, on a port of its own that is never public. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { faultFacts, type Log } from './log.ts';
import { registry } from './metrics.ts';

export interface AdminOptions {
  readonly log: Log;
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** This process's own where left out. */
  readonly metrics?: () => Promise<string>;
}

export interface RunningAdmin {
  /** Undefined where the port could not be had: metrics are no reason not to serve. */
  readonly url: string | undefined;
  stop(): Promise<void>;
}

export function startAdmin({ log, host, port, ...options }: AdminOptions): Promise<RunningAdmin> {
  const { metrics = () => registry.metrics() } = options;
  const server = createServer((req, res) => {
    res.setHeader('cache-control', 'no-store');
    if (req.url === '/healthz') return void res.end('ok\n');
    if (req.url !== '/metrics' || req.method !== 'GET') return void res.writeHead(404).end();
    metrics().then(
      (text) => res.setHeader('content-type', registry.contentType).end(text),
      (error: unknown) => {
        log.error(faultFacts(error), 'metrics failed');
        res.writeHead(500).end();
      },
    );
  });
  const stop = () =>
    new Promise<void>((resolve) => (server.close(() => resolve()), server.closeAllConnections()));
  return new Promise((resolve) => {
    server.once('error', (error) => {
      log.warn({ port, ...faultFacts(error) }, 'no metrics, the admin port cannot be had');
      resolve({ url: undefined, stop: () => Promise.resolve() });
    });
    server.listen(port, host, () => {
      resolve({ url: `http://${host}:${(server.address() as AddressInfo).port}`, stop });
    });
  });
}
