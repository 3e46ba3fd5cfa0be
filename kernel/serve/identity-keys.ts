/** Where identity keys live: one PKCS8 PEM file per process, and one JWKS file with everybody's public half. */
import { readFile } from 'node:fs/promises';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { exportJWK, exportPKCS8, generateKeyPair, type JWK } from 'jose';
import { z } from 'zod';
import { ISSUERS, type Issuer, type PublicKeys, type SigningKey } from './identity.ts';

const jwksSchema = z.object({
  keys: z.array(
    z.object({ kid: z.enum(ISSUERS), kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string() }),
  ),
});

/** Reads `IDENTITY_PRIVATE_KEY_FILE` (PKCS8 PEM). */
export async function readSigningKey(issuer: Issuer, file: string): Promise<SigningKey> {
  const key = createPrivateKey(await readFile(file, 'utf8'));
  if (key.asymmetricKeyType !== 'ed25519') throw new TypeError('An identity key must be Ed25519.');
  return { issuer, key };
}

/** Reads `IDENTITY_PUBLIC_KEYS_FILE` (JWKS JSON, kid = issuer). */
export async function readPublicKeys(file: string): Promise<PublicKeys> {
  const { keys } = jwksSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  return new Map(keys.map((jwk) => [jwk.kid, publicKey(jwk)]));
}

export interface KeySet {
  readonly publicKeysFile: string;
  readonly privateKeyFile: Readonly<Record<Issuer, string>>;
}

/**
 * Writes `<issuer>.pem` for each issuer and `identity-keys.json` into the directory, once: a set that is
 * already there is kept, so that processes started one after the other agree.
 */
export async function ensureIdentityKeys(directory: string): Promise<KeySet> {
  const set = keySetIn(directory);
  if (existsSync(set.publicKeysFile)) return set;
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const keys: JWK[] = [];
  for (const issuer of ISSUERS) {
    const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
    writeFileSync(set.privateKeyFile[issuer], await exportPKCS8(pair.privateKey), { mode: 0o600 });
    keys.push({ ...(await exportJWK(pair.publicKey)), kid: issuer, alg: 'EdDSA', use: 'sig' });
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
  return {
    publicKeysFile: join(directory, 'identity-keys.json'),
    privateKeyFile: Object.fromEntries(files) as Record<Issuer, string>,
  };
}

function publicKey({ kty, crv, x }: z.infer<typeof jwksSchema>['keys'][number]): KeyObject {
  return createPublicKey({ key: { kty, crv, x }, format: 'jwk' });
}
