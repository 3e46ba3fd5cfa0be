import { SUBGRAPH_NAMES, type SubgraphName } from '../../kernel/graph/subgraph.ts';

export interface DatabaseAccount {
  readonly subgraph: SubgraphName;
  readonly database: string;
  readonly user: string;
  /** May change tables, and say of each whether the other account may change its rows; that one adds and reads them. */
  readonly mayMigrate: boolean;
}

/** Two accounts for each database: a subgraph that is broken into cannot drop its tables, or see its neighbours'. */
export function databaseAccounts(subgraph: SubgraphName): DatabaseAccount[] {
  const database = databaseOf(subgraph);
  return [
    { subgraph, database, user: database, mayMigrate: false },
    { subgraph, database, user: `${database}_migrate`, mayMigrate: true },
  ];
}

/** What a new server runs first. */
export function initSql(accounts: readonly (DatabaseAccount & { readonly password: string })[]): string {
  const databases = SUBGRAPH_NAMES.map(
    (name) => `CREATE DATABASE IF NOT EXISTS ${databaseOf(name)} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;`,
  );
  const users = accounts.flatMap(({ user, password, database, mayMigrate }) => [
    `CREATE USER IF NOT EXISTS '${user}'@'%' IDENTIFIED BY '${password}';`,
    `GRANT ${mayMigrate ? 'ALL PRIVILEGES' : 'SELECT, INSERT'} ON ${database}.* TO '${user}'@'%'${mayMigrate ? ' WITH GRANT OPTION' : ''};`,
  ]);
  return `${[...databases, ...users].join('\n')}\n`;
}

const databaseOf = (name: SubgraphName) => `xueji_${name.replaceAll('-', '_')}`;
