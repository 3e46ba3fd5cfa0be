/**
 * Which names a gateway answers to. A page of another site can make its own name point to 127.0.0.1, and
 * would then read what this process shows in its pages; but it cannot say another name than its own.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { refuse } from '../kernel/serve/answers.ts';

export const LOOPBACK: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];

export const isLoopback = (host: string): boolean => LOOPBACK.includes(host.toLowerCase()) || host === '::1';

/** Answers 421 to a request for any other name, whatever its port. */
export function onlyAs(names: readonly string[]) {
  const known = new Set(names.map((name) => name.toLowerCase()));
  return (req: IncomingMessage, res: ServerResponse): boolean => {
    const name = (req.headers.host ?? '').replace(/:\d*$/, '').toLowerCase();
    if (known.has(name)) return true;
    refuse(res, 421, 'BAD_REQUEST', '请用 127.0.0.1 或 localhost 访问。Come by 127.0.0.1 or localhost.');
    return false;
  };
}
