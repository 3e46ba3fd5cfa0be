import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SUBGRAPH_NAMES } from '../../kernel/graph/subgraph.ts';
import { ISSUERS } from '../../kernel/serve/identity.ts';
import { ensureIdentityKeys } from '../../kernel/serve/identity-keys.ts';
import { ensureReceiptKeys } from '../../kernel/serve/receipts.ts';
import { createKeyFile } from '../../kernel/store/key-file.ts';
import type { SuiteName } from '../../kernel/store/suites.ts';
import { databaseAccounts, initSql, type DatabaseAccount } from './database-accounts.ts';

/**
 * Writes, where it is not there yet:
 *
 *     <process>/identity.pem             its half of every secret it signs with
 *     <process>/identity-keys.json       everybody's other half
 *     <subgraph>/field-keys.json         what it seals personal values with
 *     primary-link/receipt.pem           what it signs receipts with, and receipt-keys.json to check them by
 *     <subgraph>/database-url            with `mysql`: an account that reads and writes rows
 *     migrate/<subgraph>-database-url    with `mysql`: an account that also changes tables
 *     mysql/init.sql, root-password      with `mysql`: what a new server is told
 *     issuers/                           all identity keys, for adding a process later
 *
 * A directory for each process, so that none can be given what another signs or reads with.
 * May be repeated after it was interrupted. `mysql` is the server's `host:port`.
 */
export function initKeys(directory: string, mysql?: string, suite: SuiteName = 'aes'): void {
  const { privateKeyFile, publicKeysFile } = ensureIdentityKeys(join(directory, 'issuers'));
  for (const issuer of ISSUERS) {
    mkdirSync(join(directory, issuer), { recursive: true });
    copyFileSync(privateKeyFile[issuer], join(directory, issuer, 'identity.pem'));
    copyFileSync(publicKeysFile, join(directory, issuer, 'identity-keys.json'));
  }
  for (const name of SUBGRAPH_NAMES) createKeyFile(join(directory, name, 'field-keys.json'), suite);
  ensureReceiptKeys(join(directory, 'primary-link'), suite);
  if (mysql) initDatabases(directory, mysql);
}

function initDatabases(directory: string, server: string): void {
  const withPasswords = SUBGRAPH_NAMES.flatMap((name) => databaseAccounts(name)).map((account) => ({
    ...account,
    password: passwordIn(urlFile(directory, account), account, server),
  }));
  // The server reads as a user of its own; nobody else is given this directory.
  writeOnce(join(directory, 'mysql', 'root-password'), randomPassword(), 0o644);
  writeFileSync(join(directory, 'mysql', 'init.sql'), initSql(withPasswords), { mode: 0o644 });
}

function urlFile(directory: string, { subgraph, mayMigrate }: DatabaseAccount): string {
  return mayMigrate
    ? join(directory, 'migrate', `${subgraph}-database-url`)
    : join(directory, subgraph, 'database-url');
}

/** The address is the one place a password is kept, so a second run finds the same. */
function passwordIn(file: string, { user, database }: DatabaseAccount, server: string): string {
  writeOnce(file, `mysql://${user}:${randomPassword()}@${server}/${database}`, 0o600);
  return new URL(readFileSync(file, 'utf8')).password;
}

function writeOnce(file: string, text: string, mode: number): void {
  if (existsSync(file)) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text, { mode, flag: 'wx' });
}

const randomPassword = () => randomBytes(24).toString('base64url');
