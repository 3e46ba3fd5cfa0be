import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

/**
 * Personal values at rest. A sealed value is `1 | keyId(1) | iv(12) | tag(16) | ciphertext` under AES-256-GCM,
 * bound to its column. A blind index is the first 16 bytes of HMAC-SHA-256 under a key of its own:
 * equal values meet, nobody without the key can try values out.
 */
export interface FieldKeys {
  seal(column: string, value: string): Buffer;
  unseal(column: string, sealed: Uint8Array): string;
  blindIndex(purpose: string, value: string): Buffer;
}

const KEY_FILE = z.object({
  current: z.number().int().min(1).max(255),
  keys: z.record(z.string(), z.string()),
  index: z.string(),
});

/** Reads the key file; `create` writes a new one first where there is none (embedded mode only). */
export function loadFieldKeys(file: string, create = false): FieldKeys {
  if (create && !existsSync(file)) writeNewKeys(file);
  return fieldKeys(KEY_FILE.parse(JSON.parse(readFileSync(file, 'utf8'))));
}

function writeNewKeys(file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const fresh = () => randomBytes(32).toString('base64');
  writeFileSync(file, JSON.stringify({ current: 1, keys: { 1: fresh() }, index: fresh() }), {
    mode: 0o600,
    flag: 'wx',
  });
}

function fieldKeys(file: z.infer<typeof KEY_FILE>): FieldKeys {
  const keys = new Map(
    Object.entries(file.keys).map(([id, key]) => [Number(id), Buffer.from(key, 'base64')]),
  );
  const indexKey = Buffer.from(file.index, 'base64');
  const keyOf = (id: number): Buffer => {
    const key = keys.get(id);
    if (!key)
      throw new Error(
        `Field key ${id} was expected in the key file; it holds ${[...keys.keys()].join(', ')}.`,
      );
    return key;
  };
  return {
    seal(column, value) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', keyOf(file.current), iv).setAAD(Buffer.from(column));
      const body = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
      return Buffer.concat([Buffer.from([1, file.current]), iv, cipher.getAuthTag(), body]);
    },
    unseal(column, sealed) {
      const bytes = Buffer.from(sealed);
      const decipher = createDecipheriv('aes-256-gcm', keyOf(bytes[1] ?? 0), bytes.subarray(2, 14));
      decipher.setAAD(Buffer.from(column)).setAuthTag(bytes.subarray(14, 30));
      return Buffer.concat([decipher.update(bytes.subarray(30)), decipher.final()]).toString('utf8');
    },
    blindIndex(purpose, value) {
      return createHmac('sha256', indexKey).update(`${purpose}\u0000${value}`).digest().subarray(0, 16);
    },
  };
}
