/** A database server that belongs to others too: what `keys` makes for a new one gets names nobody else has. */
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';

/** `server` is its URL, ending in '/'. */
export function databaseServer(server: string) {
  const { hostname, port } = new URL(server);
  // As long as the name it stands for, so that no name grows beyond what a server takes.
  const prefix = `x${randomBytes(2).toString('hex')}_`;
  const made: string[] = [];
  const connect = () => createConnection({ uri: server, multipleStatements: true });
  const run = async (sql: string) => {
    const connection = await connect();
    await connection.query(sql).finally(() => connection.end());
  };
  return {
    address: `${hostname}:${port || 3306}`,
    connect,
    database: (subgraph: string) => `${prefix}${subgraph.replaceAll('-', '_')}`,
    /** What a new server does at its first start with the keys of that folder. */
    async init(keys: string) {
      const files = readdirSync(keys, { recursive: true, encoding: 'utf8' });
      for (const file of files.filter((name) => /init\.sql$|database-url$/.test(name))) {
        const text = readFileSync(join(keys, file), 'utf8');
        writeFileSync(join(keys, file), text.replaceAll('xueji_', prefix));
      }
      const sql = readFileSync(join(keys, 'mysql', 'init.sql'), 'utf8');
      for (const [, kind, name] of sql.matchAll(/^CREATE (DATABASE|USER) IF NOT EXISTS (\S+)/gm))
        made.push(`DROP ${kind} IF EXISTS ${name}`);
      await run(sql);
    },
    drop: () => (made.length > 0 ? run(made.join(';')) : Promise.resolve()),
  };
}
