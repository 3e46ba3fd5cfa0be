/**
 * Receipts that both sides of a take-over can check without asking anybody: a JSON text and a detached JWS over it
 * (RFC 7515, appendix F), signed with Ed25519, or with SM2 and SM3 where CRYPTO_SUITE is gm.
 */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

export type ReceiptSuite = 'aes' | 'gm';

/** The JWS algorithm of a suite, and the digest its signature takes; Ed25519 brings its own. */
const ALGORITHMS = { EdDSA: null, 'SM2-SM3': 'sm3' } as const;
export type ReceiptAlgorithm = keyof typeof ALGORITHMS;
const ALGORITHM_OF: Readonly<Record<ReceiptSuite, ReceiptAlgorithm>> = { aes: 'EdDSA', gm: 'SM2-SM3' };

export interface SignedReceipt {
  /** The very text that was signed. */
  readonly text: string;
  /** `header..signature`: the text is left out between the dots. */
  readonly jws: string;
}

export interface ReceiptKey {
  readonly kid: string;
  readonly alg: string;
  /** SPKI, PEM. */
  readonly publicKey: string;
}

export interface ReceiptSigner {
  issue(facts: Readonly<Record<string, unknown>>, number: string): Promise<SignedReceipt>;
  /** The present key first, then those that signed before it. */
  readonly publicKeys: readonly ReceiptKey[];
}

const keyFile = z.object({
  keys: z.array(z.object({ kid: z.string(), alg: z.enum(['EdDSA', 'SM2-SM3']), publicKey: z.string() })),
});

/** The keys in a directory: `receipt.pem` signs, `receipt-keys.json` has every public half there ever was. */
export function readReceiptKeys(directory: string): ReceiptSigner {
  const key = createPrivateKey(readFileSync(join(directory, 'receipt.pem'), 'utf8'));
  const own = keyOf(key);
  const { keys } = keyFile.parse(JSON.parse(readFileSync(join(directory, 'receipt-keys.json'), 'utf8')));
  return signerOf(key, [own, ...keys.filter(({ kid }) => kid !== own.kid)]);
}

/** Makes the keys where there are none yet, and then reads them. */
export function ensureReceiptKeys(directory: string, suite: ReceiptSuite = 'aes'): ReceiptSigner {
  const file = join(directory, 'receipt.pem');
  if (!existsSync(file)) {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const key = newKey(suite);
    const text = `${JSON.stringify({ keys: [keyOf(key)] }, null, 2)}\n`;
    writeFileSync(join(directory, 'receipt-keys.json'), text);
    writeFileSync(file, key.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
  }
  return readReceiptKeys(directory);
}

/** A key that nobody keeps: for a subgraph opened without a directory, as in tests. */
export function passingReceiptKey(suite: ReceiptSuite = 'aes'): ReceiptSigner {
  const key = newKey(suite);
  return signerOf(key, [keyOf(key)]);
}

/** Read back from its PEM, since OpenSSL signs otherwise with an SM2 key that it has only just made. */
function newKey(suite: ReceiptSuite): KeyObject {
  const { privateKey } =
    suite === 'gm' ? generateKeyPairSync('ec', { namedCurve: 'SM2' }) : generateKeyPairSync('ed25519');
  return createPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' }));
}

function keyOf(key: KeyObject): ReceiptKey & { readonly alg: ReceiptAlgorithm } {
  const half = createPublicKey(key);
  const kid = createHash('sha256')
    .update(half.export({ type: 'spki', format: 'der' }))
    .digest('base64url')
    .slice(0, 16);
  const alg = ALGORITHM_OF[key.asymmetricKeyType === 'ed25519' ? 'aes' : 'gm'];
  return { kid, alg, publicKey: half.export({ type: 'spki', format: 'pem' }) as string };
}

function signerOf(key: KeyObject, publicKeys: readonly ReceiptKey[]): ReceiptSigner {
  const { kid, alg } = keyOf(key);
  const header = encoded(JSON.stringify({ alg, kid, typ: 'xueji-take-over' }));
  return {
    publicKeys,
    issue(facts, number) {
      const salt = randomBytes(16).toString('base64url');
      const text = JSON.stringify({
        version: 1,
        ...facts,
        subject: { salt, digest: subjectOf(salt, number) },
      });
      const signature = sign(ALGORITHMS[alg], Buffer.from(`${header}.${encoded(text)}`), key);
      return Promise.resolve({ text, jws: `${header}..${signature.toString('base64url')}` });
    },
  };
}

const encoded = (text: string) => Buffer.from(text).toString('base64url');

/** Binds a receipt to a child without naming it: whoever knows the number can check it. */
export function subjectOf(salt: string, number: string): string {
  return createHash('sha256').update(`${salt}\u0000${number}`).digest('base64url');
}

export type ReceiptVerdict =
  | { readonly holds: true; readonly kid: string; readonly facts: Readonly<Record<string, unknown>> }
  | { readonly holds: false; readonly why: 'FORM' | 'KEY_UNKNOWN' | 'SIGNATURE' };

const headerForm = z.object({
  alg: z.enum(['EdDSA', 'SM2-SM3']),
  kid: z.string(),
  typ: z.literal('xueji-take-over'),
});

/** Does the receipt hold? Needs nothing but the public keys. */
export function verifyReceipt({ text, jws }: SignedReceipt, keys: readonly ReceiptKey[]): ReceiptVerdict {
  const parts = /^([\w-]+)\.\.([\w-]+)$/.exec(jws);
  const header = parts && headerForm.safeParse(parsed(Buffer.from(parts[1]!, 'base64url').toString()));
  const facts = parsed(text);
  if (!parts || !header?.success || typeof facts !== 'object' || facts === null)
    return { holds: false, why: 'FORM' };
  const { alg, kid } = header.data;
  const key = keys.find((one) => one.kid === kid && one.alg === alg);
  if (!key) return { holds: false, why: 'KEY_UNKNOWN' };
  const signed = Buffer.from(`${parts[1]!}.${encoded(text)}`);
  const holds = verify(
    ALGORITHMS[alg],
    signed,
    createPublicKey(key.publicKey),
    Buffer.from(parts[2]!, 'base64url'),
  );
  return holds ? { holds, kid, facts: facts as Record<string, unknown> } : { holds, why: 'SIGNATURE' };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
