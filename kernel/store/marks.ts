/**
 * What is woven into a file that leaves, so that a leaked part of it says whose it was. Everything follows from a secret
 * the file has of its own: two files of the same rows have nothing in common that could be compared.
 */
import { createHmac, randomBytes } from 'node:crypto';
import type { SuiteName } from './suites.ts';
import { SUITE } from './suites.ts';

export interface Marks {
  /** Stands in a column of its own: chance, and a proof that it belongs to this file. */
  tag(): string;
  isTag(text: string): boolean;
  /** The same for the same value within the file, and for no other file; `of` keeps kinds of values apart. */
  pseudonym(of: string, value: string): string;
  isPseudonym(text: string): boolean;
  /** Whether a cell that could do without quotes has them; it means nothing to whoever reads the file. */
  isQuoted(text: string): boolean;
}

/** A new secret; it names the algorithm it is used with, since it outlives a change of suites. */
export const newSecret = (suite: SuiteName): string =>
  `${SUITE[suite].hmac}:${randomBytes(32).toString('base64')}`;

const TAG_BYTES = 5;
const PSEUDONYM_BYTES = 10;

export function marksOf(secret: string): Marks {
  const [hmac, key] = secret.split(':') as [string, string];
  const bytes = Buffer.from(key, 'base64');
  const keyed = (use: string, text: string) => createHmac(hmac, bytes).update(`${use}\u0000${text}`).digest();
  const proof = (use: string, text: string) => base32(keyed(use, text).subarray(0, TAG_BYTES));
  const isProven = (use: string, form: RegExp) => (text: string) => {
    const [, front, back] = form.exec(text) ?? [];
    return front !== undefined && proof(use, front) === back;
  };
  return {
    tag() {
      const chance = base32(randomBytes(TAG_BYTES));
      return chance + proof('tag', chance);
    },
    isTag: isProven('tag', TAG),
    pseudonym(of, value) {
      const front = `P${base32(keyed(`pseudonym ${of}`, value).subarray(0, PSEUDONYM_BYTES))}`;
      return front + proof('pseudonym', front);
    },
    isPseudonym: isProven('pseudonym', PSEUDONYM),
    isQuoted: (text) => (keyed('quote', text)[0]! & 1) === 1,
  };
}

/** Without letters that are taken for digits; five bits each. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const TAG = /^([2-9A-HJ-NP-Z]{8})([2-9A-HJ-NP-Z]{8})$/;
const PSEUDONYM = /^(P[2-9A-HJ-NP-Z]{16})([2-9A-HJ-NP-Z]{8})$/;

/** Bytes in fives become characters in eights. */
function base32(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 5) {
    let five = Buffer.from(bytes).readUIntBE(i, 5);
    let eight = '';
    for (let n = 0; n < 8; n++) {
      eight = ALPHABET[five % 32]! + eight;
      five = Math.floor(five / 32);
    }
    text += eight;
  }
  return text;
}
