import { createHmac } from 'node:crypto';
import { createKeyFile, keptFile, type KeyFile } from './key-file.ts';
import { SUITE, suiteOf, type SuiteName } from './suites.ts';

/**
 * Personal values at rest. A sealed value names in front the suite and the key it was sealed with, and is bound to its
 * column. A blind index is the first 16 bytes of an HMAC under a key of its own: equal values meet,
 * nobody without the key can try values out.
 */
export interface FieldKeys {
  /** What new values are sealed with; all suites and keys of the file can be read. */
  readonly suite: SuiteName;
  seal(column: string, value: string): Buffer;
  unseal(column: string, sealed: Uint8Array): string;
  blindIndex(purpose: string, value: string): Buffer;
  /** Was it sealed with the suite and the key that new values are sealed with? */
  isCurrent(sealed: Uint8Array): boolean;
}

export interface KeyOptions {
  /** Write a new file first where there is none (embedded mode only). */
  readonly create?: boolean;
  readonly suite?: SuiteName;
}

/** Reads the key file, and reads it again when it has changed: a key may be added while everybody works. */
export function loadFieldKeys(file: string, { create = false, suite = 'aes' }: KeyOptions = {}): FieldKeys {
  if (create) createKeyFile(file, suite);
  return fieldKeys(keptFile(file), suite);
}

/** `file` answers the keys as they are now; with `anew` it has looked at this very moment. */
export function fieldKeys(file: (anew?: boolean) => KeyFile, suite: SuiteName): FieldKeys {
  const keyOf = (id: number): Buffer => {
    const key = file().keys.get(id) ?? file(true).keys.get(id);
    if (key) return key;
    const known = [...file().keys.keys()].join(', ');
    throw new Error(`Field key ${id} was expected in the key file; it holds ${known}.`);
  };
  return {
    suite,
    seal(column, value) {
      const { current } = file();
      return SUITE[suite].seal(keyOf(current), current, column, value);
    },
    unseal(column, sealed) {
      const bytes = Buffer.from(sealed);
      const by = suiteOf(bytes[0]);
      if (!by) throw new Error('A sealed value begins with a suite nobody knows.');
      return by.unseal(keyOf(bytes[1] ?? 0), column, bytes);
    },
    blindIndex(purpose, value) {
      const { index, indexSuite } = file();
      const text = `${purpose}\u0000${value}`;
      return createHmac(SUITE[indexSuite].hmac, index).update(text).digest().subarray(0, 16);
    },
    isCurrent: (sealed) => sealed[0] === SUITE[suite].mark && sealed[1] === file().current,
  };
}

const refuse = () => {
  throw new Error('This command neither seals personal values nor reads them.');
};

/** For a command that has no business with personal values. */
export const NO_KEYS: FieldKeys = {
  ...{ suite: 'aes', seal: refuse, unseal: refuse, blindIndex: refuse, isCurrent: refuse },
};
