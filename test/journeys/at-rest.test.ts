import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { describe, expect, inject, it } from 'vitest';
import { embedded, mariadb, type Databases } from '../support/databases.ts';
import * as story from '../support/story.ts';
import { startWorld } from '../support/world.ts';

const { deciding, garden, inventedChild } = story;
const paper = (kind: string) => ({ kind, reference: 'ZY-2026-0031', digest: 'ab'.repeat(32) });

/** Everything of somebody that must be nowhere, and one thing that must be somewhere, lest the search finds nothing ever. */
async function livedThrough(databases: Databases) {
  const world = await startWorld({ databases, wiring: 'in one process' });
  const acts = story.acts(world, await story.openGardens(world));
  const child = inventedChild(901, {
    name: '欧阳玄鹄',
    guardians: [{ relation: 'MOTHER', name: '上官婉鸢', phone: '19912340987' }],
  });
  const [applicationId] = await acts.enrol(garden, [child]);
  const approved = await acts.approve(deciding, [applicationId!]);
  const { id: recordId, number } = approved.results[0]!.record!;
  const asked = await acts.act(garden, 'requestCorrection', {
    recordId,
    changes: { name: '欧阳玄鸾' },
    evidence: [paper('GUARDIAN_APPLICATION'), paper('HOUSEHOLD_REGISTER')],
  });
  const correction = (asked.application as unknown as { id: string }).id;
  const decided = await acts.act(deciding, 'approveApplication', { applicationId: correction });
  expect(decided.userErrors).toEqual([]);
  const secrets = [child.name, '欧阳玄鸾', '上官婉鸢', '19912340987', child.documentNumber!, number!];
  return { world, secrets, plain: garden.account };
}

const FORMS = ['utf8', 'utf16le'] as const;
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();
const found = (bytes: readonly Buffer[], text: string) =>
  [...FORMS.map((form) => Buffer.from(text, form)), utf16be(text)].some((form) =>
    bytes.some((file) => file.includes(form)),
  );
const bytesIn = (dir: string, names: RegExp) =>
  readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((name) => names.test(name))
    .map((name) => readFileSync(join(dir, name)));

describe('The bytes on the disk', () => {
  it('of the embedded databases and their write-ahead logs name nobody', async () => {
    const databases = embedded();
    const { world, secrets, plain } = await livedThrough(databases);
    const { url } = await databases.fresh('place');
    const bytes = bytesIn(join(url.slice('sqlite:'.length), '..'), /\.sqlite(-wal)?$/);
    expect(found(bytes, plain)).toBe(true);
    expect(secrets.filter((secret) => found(bytes, secret))).toEqual([]);
    await world.close();
  });

  const server = inject('databaseUrl');
  it.skipIf(server === null)('of MariaDB, its redo log included, name nobody', async (context) => {
    const { world, secrets, plain } = await livedThrough(mariadb());
    const root = await createConnection(server!);
    const [rows] = await root.query('SELECT @@datadir AS dir, @@hostname AS host');
    const { dir } = (rows as { dir: string }[])[0]!;
    // Pages reach the disk when they are flushed; the log has the changes before that.
    await root.query(
      'SET GLOBAL innodb_max_dirty_pages_pct_lwm = 0.001, GLOBAL innodb_max_dirty_pages_pct = 0',
    );
    await new Promise((resolve) => setTimeout(resolve, 3000));
    await root.query('SET GLOBAL innodb_max_dirty_pages_pct_lwm = 0, GLOBAL innodb_max_dirty_pages_pct = 90');
    await root.end();
    let bytes: Buffer[];
    try {
      bytes = bytesIn(dir, /\.ibd$|^ib_logfile|^ibdata|^undo/);
    } catch {
      await world.close();
      return context.skip('the server is not on this machine');
    }
    expect(found(bytes, plain)).toBe(true);
    expect(secrets.filter((secret) => found(bytes, secret))).toEqual([]);
    await world.close();
  });
});
