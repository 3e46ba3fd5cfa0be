import type { TestProject } from 'vitest/node';
import { mariadbBinary, startMariadb } from './mariadb.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Server URL ending in '/', or null with the reason printed. */
    databaseUrl: string | null;
  }
}

/** Once for the whole run: TEST_DATABASE_URL, else a private mariadbd, else a loud skip; with CI_NO_SKIP a failure. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const given = process.env['TEST_DATABASE_URL'];
  const binary = mariadbBinary('mariadbd') ?? mariadbBinary('mysqld');
  if (given) {
    project.provide('databaseUrl', given.endsWith('/') ? given : `${given}/`);
    return undefined;
  }
  if (!binary && process.env['CI_NO_SKIP']) throw new Error('No MariaDB here, and nothing may be skipped.');
  if (!binary) {
    process.stderr.write(
      '\n*** SKIPPED: every test on a real MariaDB. Install mariadb-server or set TEST_DATABASE_URL. ***\n\n',
    );
    project.provide('databaseUrl', null);
    return undefined;
  }
  const server = await startMariadb(binary);
  project.provide('databaseUrl', server.url);
  return () => server.stop();
}
