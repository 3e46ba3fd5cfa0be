/** What belongs to the school alone: the keys of its database, and the key by which it says who it is. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadFieldKeys, type FieldKeys } from '../../kernel/store/seal.ts';

export interface SchoolKeys {
  readonly fields: FieldKeys;
  readonly client: KeyObject;
}

/** Makes what is not there yet. */
export function schoolKeys(directory: string): SchoolKeys {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const fields = loadFieldKeys(join(directory, 'field-keys.json'), { create: true });
  return { fields, client: clientKey(join(directory, 'client.pem')) };
}

function clientKey(file: string): KeyObject {
  if (!existsSync(file)) {
    const { privateKey } = generateKeyPairSync('ed25519');
    writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
  }
  return createPrivateKey(readFileSync(file, 'utf8'));
}

/** What the operator of the identity provider is given. */
export function publicJwk(client: KeyObject) {
  return { ...createPublicKey(client).export({ format: 'jwk' }), use: 'sig', alg: 'EdDSA' };
}
