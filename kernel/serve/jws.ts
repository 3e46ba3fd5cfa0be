/**
 * JSON Web Signatures with HMAC-SHA-256, compact (RFC 7515), on node:crypto at once. Every call between processes is
 * signed and checked: that takes some microseconds, where a signature with a private key took 60 and checking it 110
 * (ADR 0090). One algorithm, two members of the header, nothing to choose.
 */
import { createHmac, timingSafeEqual, type KeyObject } from 'node:crypto';
import { isRecord } from './plain-json.ts';

/** Why a token does not hold; for the log. */
export class JwsRefused extends Error {}

const FORM = /^([\w-]{1,1000})\.([\w-]{1,16000})\.([\w-]{43})$/;
const ALGORITHM = 'HS256';

export function signJws(kid: string, payload: object, secret: KeyObject): string {
  const signed = `${encoded({ alg: ALGORITHM, kid })}.${encoded(payload)}`;
  return `${signed}.${macOf(signed, secret).toString('base64url')}`;
}

/** What was signed, with the secret that goes with the name in the header. Throws JwsRefused. */
export function verifyJws(
  token: string,
  secretOf: (kid: string) => KeyObject | undefined,
): { readonly kid: string; readonly payload: object } {
  const parts = FORM.exec(token);
  if (!parts) throw new JwsRefused('not a compact JWS');
  const [, header, payload, signature] = parts as unknown as [string, string, string, string];
  const { alg, kid, ...more } = decoded(header);
  // Whatever else a header says might change what it means, `crit` and `b64` do.
  if (alg !== ALGORITHM || typeof kid !== 'string' || Object.keys(more).some((name) => name !== 'typ'))
    throw new JwsRefused('another header than ours');
  const secret = secretOf(kid);
  if (secret?.type !== 'secret') throw new JwsRefused('no secret for it');
  const expected = macOf(`${header}.${payload}`, secret);
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    throw new JwsRefused('another signature');
  return { kid, payload: decoded(payload) };
}

const macOf = (text: string, secret: KeyObject): Buffer => createHmac('sha256', secret).update(text).digest();

const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');

function decoded(part: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    if (isRecord(value)) return value;
  } catch {
    // Said below.
  }
  throw new JwsRefused('a part that is no JSON object');
}
