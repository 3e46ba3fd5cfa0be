/** A JSON body as nearly every client sends it: all of it announced, in UTF-8, not compressed. Others go to the body parser. */
import type { IncomingMessage } from 'node:http';

const PLAIN = /^application\/json(?: *; *charset="?utf-8"?)?$/i;

/** Nobody need send one; the body parser takes no offence at it, either. */
const BYTE_ORDER_MARK = '\uFEFF';

/** An object of JSON, and no list. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** May it be read as it comes, with no more than so many bytes? */
export function isPlainJson({ headers }: IncomingMessage, limit: number): boolean {
  const length = headers['content-length'];
  return (
    length !== undefined &&
    Number(length) <= limit &&
    headers['transfer-encoding'] === undefined &&
    headers['content-encoding'] === undefined &&
    PLAIN.test(headers['content-type'] ?? '')
  );
}

/** Node reads no more of a body than was announced. Rejects with a status where it is no JSON or breaks off. */
export function readPlainJson(req: IncomingMessage): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const broken = () => reject(Object.assign(new Error('the body cannot be read'), { status: 400 }));
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('error', broken);
    req.on('close', () => {
      if (!req.complete) broken();
    });
    req.on('end', () => {
      try {
        const text = chunks.length === 1 ? chunks[0]!.toString() : Buffer.concat(chunks).toString();
        resolve(JSON.parse(text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text));
      } catch {
        broken();
      }
    });
  });
}
