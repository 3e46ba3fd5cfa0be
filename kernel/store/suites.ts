/** How one value is sealed: two suites that differ in their algorithms and in nothing a column would notice. */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  getCiphers,
  getHashes,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';

/** `aes`: AES-256-GCM and HMAC-SHA-256. `gm`: SM4-CTR, then HMAC-SM3 over it, and HMAC-SM3; for systems under 密评. */
export const SUITES = ['aes', 'gm'] as const;
export type SuiteName = (typeof SUITES)[number];

export interface Suite {
  /** The first byte of what it sealed. */
  readonly mark: number;
  readonly hmac: string;
  seal(key: Buffer, keyId: number, column: string, value: string): Buffer;
  /** Throws where key, column or bytes are not those it was sealed with. */
  unseal(key: Buffer, column: string, sealed: Buffer): string;
}

const TAG = 16;

/** `1 | keyId | iv(12) | tag(16) | ciphertext`. */
const aes: Suite = {
  mark: 1,
  hmac: 'sha256',
  seal(key, keyId, column, value) {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(column));
    const body = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.from([aes.mark, keyId]), iv, cipher.getAuthTag(), body]);
  },
  unseal(key, column, sealed) {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(2, 14), { authTagLength: TAG });
    decipher.setAAD(Buffer.from(column)).setAuthTag(sealed.subarray(14, 14 + TAG));
    return Buffer.concat([decipher.update(sealed.subarray(14 + TAG)), decipher.final()]).toString('utf8');
  },
};

/**
 * `2 | keyId | iv(16) | tag(16) | ciphertext`. OpenSSL has no SM4-GCM, so encryption comes first and then a MAC over everything,
 * cut to 16 bytes as GCM's is; each has a key of its own, derived from the one in the file.
 */
const gm: Suite = {
  mark: 2,
  hmac: 'sm3',
  seal(key, keyId, column, value) {
    const head = Buffer.from([gm.mark, keyId]);
    const iv = randomBytes(16);
    const cipher = createCipheriv('sm4-ctr', derived(key, 'sm4-ctr').subarray(0, 16), iv);
    const body = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
    return Buffer.concat([head, iv, macOf(key, column, [head, iv, body]), body]);
  },
  unseal(key, column, sealed) {
    const [head, iv, body] = [sealed.subarray(0, 2), sealed.subarray(2, 18), sealed.subarray(18 + TAG)];
    const tag = sealed.subarray(18, 18 + TAG);
    if (tag.length !== TAG || !timingSafeEqual(tag, macOf(key, column, [head, iv, body])))
      throw new Error('A sealed value is not what was sealed.');
    const decipher = createDecipheriv('sm4-ctr', derived(key, 'sm4-ctr').subarray(0, 16), iv);
    return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
  },
};

export const SUITE: Readonly<Record<SuiteName, Suite>> = { aes, gm };

export const suiteOf = (mark: number | undefined): Suite | undefined =>
  [aes, gm].find((suite) => suite.mark === mark);

/** Does this OpenSSL have what the suite needs? Some builds leave the Chinese algorithms out. */
export function hasSuite(name: SuiteName): boolean {
  return name === 'aes' || (getCiphers().includes('sm4-ctr') && getHashes().includes('sm3'));
}

const derived = (key: Buffer, use: string): Buffer => createHmac('sm3', key).update(use).digest();

function macOf(key: Buffer, column: string, parts: readonly Buffer[]): Buffer {
  const hmac = createHmac('sm3', derived(key, 'hmac-sm3')).update(`${column}\u0000`);
  for (const part of parts) hmac.update(part);
  return hmac.digest().subarray(0, TAG);
}
