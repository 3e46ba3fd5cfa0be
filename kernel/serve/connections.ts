/** The connections of an HTTP front: how many there may be, and how they end. */
import type { Server } from 'node:http';
import { setTimeout as passing } from 'node:timers/promises';

/** More are closed at once: each holds up to a body in memory. */
const MAX_CONNECTIONS = 2_000;

/**
 * Not by `server.maxConnections`: a worker that is full would give the connection back to its primary, and when all are full that
 * would go round for ever.
 */
export function closeBeyond(server: Server, most: number = MAX_CONNECTIONS): void {
  let open = 0;
  server.on('connection', (socket) => {
    if (open >= most) return void socket.destroy();
    open += 1;
    socket.once('close', () => (open -= 1));
  });
}

/** Lingers, takes nothing more, waits for open requests as long as the grace lasts, and cuts what is left. */
export async function closed(
  server: Server,
  { graceMs, lingerMs = 0 }: { readonly graceMs: number; readonly lingerMs?: number },
): Promise<void> {
  await passing(Math.min(lingerMs, graceMs));
  return new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(force);
      resolve();
    });
    server.closeIdleConnections();
  });
}
