/** Where a request comes from, behind so many proxies that each add to X-Forwarded-For whom they heard it from. */
import type { IncomingMessage } from 'node:http';
import { headerOf } from '../kernel/serve/answers.ts';

/** What stands further to the left was written by whoever asks, and is not believed. */
export function addressBehind(proxies: number): (req: IncomingMessage) => string {
  return (req) => {
    const heard = (headerOf(req, 'x-forwarded-for') ?? '').split(',').map((one) => one.trim());
    const hops = [req.socket.remoteAddress ?? '', ...heard.reverse().filter((one) => one !== '')];
    return hops[Math.min(proxies, hops.length - 1)]!;
  };
}
