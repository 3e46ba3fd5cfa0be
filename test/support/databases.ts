import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { createConnection } from 'mysql2/promise';
import { afterAll, describe, inject } from 'vitest';
import type { StoreLocation } from '../../kernel/store/open.ts';
import { loadFieldKeys } from '../../kernel/store/seal.ts';
import { SUITES, type SuiteName } from '../../kernel/store/suites.ts';

/** Fresh, empty databases of one kind; everything they leave behind goes away with the test file. */
export interface Databases {
  readonly kind: 'embedded' | 'MariaDB';
  /** A new empty database; `name` only helps to recognise it. */
  fresh(name: string): Promise<StoreLocation>;
}

/** The same tests on the embedded database and on a real MariaDB. */
export function eachDatabase(
  title: string,
  tests: (databases: Databases) => void,
  { inMemory = false, suite = SUITE } = {},
): void {
  describe(`${title}, on the embedded database`, () => tests(embedded({ inMemory, suite })));
  describe.skipIf(inject('databaseUrl') === null)(`${title}, on MariaDB`, () => tests(mariadb(suite)));
}

/** The same under both suites, for what is about sealing, blind indexes and hashes themselves. */
export function eachSuite(title: string, tests: (databases: Databases) => void): void {
  for (const suite of SUITES) eachDatabase(`${title} under the suite ${suite}`, tests, { suite });
}

/** The whole suite of tests passes with either. */
const SUITE: SuiteName = process.env['CRYPTO_SUITE'] === 'gm' ? 'gm' : 'aes';

function keysIn(dir: string, suite: SuiteName) {
  return loadFieldKeys(join(dir, 'field-keys.json'), { create: true, suite });
}

/** Files in memory: for tests that commit tens of thousands of times and ask nothing of the disk. */
const MEMORY = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

function temporary(under = tmpdir()): string {
  const dir = mkdtempSync(join(under, 'xueji-test-'));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

export function embedded({ inMemory = false, suite = SUITE } = {}): Databases {
  const dir = temporary(inMemory ? MEMORY : tmpdir());
  const keys = keysIn(dir, suite);
  let n = 0;
  return {
    kind: 'embedded',
    fresh: (name) => Promise.resolve({ url: `sqlite:${join(dir, `${name}-${n++}.sqlite`)}`, keys }),
  };
}

export function mariadb(suite = SUITE): Databases {
  const server = inject('databaseUrl') ?? '';
  const keys = keysIn(temporary(), suite);
  const made: string[] = [];
  const onServer = async (statement: string) => {
    const connection = await createConnection(server);
    await connection.query(statement).finally(() => connection.end());
  };
  afterAll(async () => {
    for (const name of made) await onServer(`DROP DATABASE IF EXISTS ${name}`);
  });
  return {
    kind: 'MariaDB',
    async fresh(name) {
      const database = `xueji_${name.replaceAll('-', '_')}_${randomBytes(6).toString('hex')}`;
      await onServer(`CREATE DATABASE ${database} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
      made.push(database);
      return { url: server + database, keys };
    },
  };
}
