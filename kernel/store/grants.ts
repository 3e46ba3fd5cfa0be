import type { DataSource } from 'typeorm';
import { APPEND_ONLY } from './audit/tables.ts';

const MIGRATING = '_migrate';
/** TypeORM's own notes; whoever serves has no business there. */
const OWN = ['migrations', 'typeorm_metadata'];

/**
 * The account `x_migrate` gives `x`, which serves, the right to change rows, table by table: it has SELECT and INSERT for the
 * whole database, and of the append-only tables nothing more. Does nothing for an account of any other name.
 */
export async function grantToServing(source: DataSource, url: string): Promise<void> {
  const { username, pathname } = new URL(url);
  if (!username.endsWith(MIGRATING)) return;
  const serving = username.slice(0, -MIGRATING.length);
  const database = pathname.slice(1);
  const rows: Record<string, string>[] = await source.query('SHOW TABLES');
  const tables = rows.map((row) => Object.values(row)[0]!);
  const kept: readonly string[] = [...APPEND_ONLY, ...OWN];
  for (const table of tables.filter((name) => !kept.includes(name)))
    await source.query(`GRANT UPDATE, DELETE ON \`${database}\`.\`${table}\` TO '${serving}'@'%'`);
}
