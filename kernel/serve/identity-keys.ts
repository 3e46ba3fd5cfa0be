/**
 * Where identity keys live: one PKCS8 PEM file per process, and one JWKS file with everybody's public half (X25519,
 * RFC 8037). Two processes agree on a secret of their own by Diffie-Hellman (RFC 7748), one for each direction by
 * HKDF (RFC 5869); nothing secret is ever in two places.
 */
import { readFile } from 'node:fs/promises';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';
import { exportPKCS8, generateKeyPair } from 'jose';
import { z } from 'zod';
import { ConfigError } from './config.ts';
import { ISSUERS, type IdentityKeys, type Issuer } from './identity.ts';

const jwksSchema = z.object({
  keys: z.array(
    z.object({ kid: z.enum(ISSUERS), kty: z.literal('OKP'), crv: z.literal('X25519'), x: z.string() }),
  ),
});

/** Reads `IDENTITY_PRIVATE_KEY_FILE` (PKCS8 PEM) and `IDENTITY_PUBLIC_KEYS_FILE` (JWKS JSON, kid = issuer). */
export async function readIdentityKeys(
  owner: Issuer,
  privateKeyFile: string,
  publicKeysFile: string,
): Promise<IdentityKeys> {
  const key = createPrivateKey(await readFile(privateKeyFile, 'utf8'));
  if (key.asymmetricKeyType !== 'x25519')
    throw new ConfigError('IDENTITY_PRIVATE_KEY_FILE: an X25519 key was expected');
  const publicKeys = publicKeysIn(await readFile(publicKeysFile, 'utf8'));
  if (!publicKeys || ISSUERS.some((issuer) => !publicKeys.has(issuer)))
    throw new ConfigError(`IDENTITY_PUBLIC_KEYS_FILE: X25519 keys of ${ISSUERS.join(', ')} were expected`);
  if (!createPublicKey(key).equals(publicKeys.get(owner)!))
    throw new ConfigError(
      `IDENTITY_PUBLIC_KEYS_FILE: has another key of ${owner} than IDENTITY_PRIVATE_KEY_FILE`,
    );
  return identityKeys(owner, key, publicKeys);
}

/** Each secret is derived when it is first needed. */
export function identityKeys(
  owner: Issuer,
  privateKey: KeyObject,
  publicKeys: ReadonlyMap<string, KeyObject>,
): IdentityKeys {
  // By direction, and only where there is a key: names come from whoever calls.
  const secrets = new Map<string, KeyObject>();
  const secretWith = (other: string, direction: string): KeyObject | undefined => {
    const known = secrets.get(direction);
    const publicKey = publicKeys.get(other);
    if (known || !publicKey) return known;
    const agreed = diffieHellman({ privateKey, publicKey });
    const bytes = hkdfSync('sha256', agreed, '', `xueji identity ${direction}`, 32);
    const secret = createSecretKey(Buffer.from(bytes));
    secrets.set(direction, secret);
    return secret;
  };
  return {
    owner,
    to(audience) {
      const secret = secretWith(audience, `${owner} to ${audience}`);
      if (!secret) throw new TypeError(`Nobody's public key is that of ${audience}.`);
      return secret;
    },
    from: (issuer) => secretWith(issuer, `${issuer} to ${owner}`),
  };
}

export interface KeySet {
  readonly publicKeysFile: string;
  readonly privateKeyFile: Readonly<Record<Issuer, string>>;
  /** Those of one process. */
  of(owner: Issuer): Promise<IdentityKeys>;
}

/**
 * Writes `<issuer>.pem` for each issuer and `identity-keys.json` into the directory, once: a set that is
 * already there is kept, so that processes started one after the other agree; one of another kind, which none of them
 * would take, is made anew.
 */
export function ensureIdentityKeys(directory: string): KeySet {
  const set = keySetIn(directory);
  if (existsSync(set.publicKeysFile) && publicKeysIn(readFileSync(set.publicKeysFile, 'utf8'))) return set;
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const keys: object[] = [];
  for (const issuer of ISSUERS) {
    const pair = generateKeyPairSync('x25519');
    const pem = pair.privateKey.export({ type: 'pkcs8', format: 'pem' });
    writeFileSync(set.privateKeyFile[issuer], pem, { mode: 0o600 });
    keys.push({ ...pair.publicKey.export({ format: 'jwk' }), kid: issuer });
  }
  writeFileSync(set.publicKeysFile, `${JSON.stringify({ keys }, null, 2)}\n`);
  return set;
}

/** A Ed25519 PEM in the file, made on first use: the development issuer's key. */
export async function ensurePrivateKeyFile(file: string): Promise<string> {
  if (!existsSync(file)) {
    const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
    mkdirSync(join(file, '..'), { recursive: true, mode: 0o700 });
    writeFileSync(file, await exportPKCS8(privateKey), { mode: 0o600 });
  }
  return readFileSync(file, 'utf8');
}

function keySetIn(directory: string): KeySet {
  const files = ISSUERS.map((issuer) => [issuer, join(directory, `${issuer}.pem`)] as const);
  const privateKeyFile = Object.fromEntries(files) as Record<Issuer, string>;
  const publicKeysFile = join(directory, 'identity-keys.json');
  return {
    publicKeysFile,
    privateKeyFile,
    of: (owner) => readIdentityKeys(owner, privateKeyFile[owner], publicKeysFile),
  };
}

/** Undefined where the text holds no keys of ours. */
function publicKeysIn(text: string): ReadonlyMap<string, KeyObject> | undefined {
  const { success, data } = jwksSchema.safeParse(parsed(text));
  return success ? new Map(data.keys.map((jwk) => [jwk.kid, publicKey(jwk)])) : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function publicKey({ kty, crv, x }: z.infer<typeof jwksSchema>['keys'][number]): KeyObject {
  return createPublicKey({ key: { kty, crv, x }, format: 'jwk' });
}
