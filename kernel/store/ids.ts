import { randomFillSync, randomInt } from 'node:crypto';

/** Chance is drawn for many ids at a time, since asking for it costs more than an id does. */
const chance = Buffer.alloc(4096);
let drawn = chance.length;

/** A new UUIDv7 (RFC 9562): 48 bits of milliseconds, then chance, so that ids sort by time and spread over shards. */
export function newId(now: number = Date.now()): string {
  if (drawn === chance.length) {
    randomFillSync(chance);
    drawn = 0;
  }
  const bytes = chance.subarray(drawn, (drawn += 16));
  bytes.writeUIntBE(now, 0, 6);
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return fromBytes(bytes);
}

/** So many digits by chance, zeros in front included. At most 12. */
export function randomDigits(count: number): string {
  return String(randomInt(10 ** count)).padStart(count, '0');
}

/** The 16 bytes an id is stored as. */
export function toBytes(id: string): Buffer {
  return Buffer.from(id.replaceAll('-', ''), 'hex');
}

export function fromBytes(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
