/** The operator's command that makes the first three accounts of an installation, as a process of its own. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectFile } from '../../../kernel/paths.ts';
import { loadFieldKeys } from '../../../kernel/store/seal.ts';
import { accountQueries } from '../../../subgraphs/institutions/store/accounts.ts';
import { openInstitutionStore } from '../../../subgraphs/institutions/store/store.ts';
import { inventedPerson } from './support.ts';

const ROLES = ['SYSTEM_ADMIN', 'SECURITY_ADMIN', 'AUDIT_ADMIN'] as const;
const admin = (i: number, changes: object = {}) => ({
  ...{ role: ROLES[i], name: `admin-${i}`, holderName: '庚辛', documentKind: 'RESIDENT_ID' },
  ...{
    documentNumber: inventedPerson(i + 1),
    certificateNumber: `PX-${i}`,
    certifiedOn: '2026-01-05',
    ...changes,
  },
});

describe('accounts bootstrap', () => {
  const dir = mkdtempSync(join(tmpdir(), 'xueji-admins-'));
  const location = () => ({
    url: `sqlite:${join(dir, 'institutions.sqlite')}`,
    keys: loadFieldKeys(join(dir, 'field-keys.json'), { create: true }),
  });
  const bootstrap = (content: unknown, piped = false) => {
    const file = join(dir, 'admins.json');
    writeFileSync(file, JSON.stringify(content));
    const args = [
      '--import',
      projectFile('test', 'support', 'typescript.js'),
      projectFile('embedded', 'accounts.ts'),
    ];
    return new Promise<{ code: number; said: string }>((resolve) => {
      const child = execFile(
        process.execPath,
        [...args, 'bootstrap', piped ? '-' : file],
        { env: { ...process.env, DATA_DIR: dir } },
        (error, out, err) => resolve({ code: error ? Number(error.code) : 0, said: out + err }),
      );
      child.stdin!.end(piped ? JSON.stringify(content) : '');
    });
  };

  beforeAll(async () => (await openInstitutionStore(location())).close());
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  it.each<[string, unknown, string]>([
    ['two people', [admin(0), admin(1)], 'ADMIN_DUTIES_APART'],
    [
      'one person twice',
      [admin(0), admin(1), admin(2, { documentNumber: inventedPerson(1) })],
      'ADMIN_DUTIES_APART',
    ],
    [
      'training still to come',
      [admin(0), admin(1), admin(2, { certifiedOn: '2999-01-01' })],
      'CERTIFICATE_DATE_FUTURE 2.certifiedOn',
    ],
    ['something else', { admins: [] }, 'A list of three administrators was expected'],
  ])('refuses %s with 2', async (_, content, expected) => {
    const { code, said } = await bootstrap(content);
    expect([code, said.includes(expected)]).toEqual([2, true]);
    expect(said).not.toContain(inventedPerson(1));
  });

  it('files and activates three, once', async () => {
    const three = [admin(0), admin(1), admin(2)];
    // Piped in, as from outside a container that has no files of its own.
    expect(await bootstrap(three, true)).toMatchObject({ code: 0 });
    const store = await openInstitutionStore(location(), { migrate: false });
    const found = await accountQueries(store).accountsByName(three.map(({ name }) => name));
    expect(found.map(({ role, state }) => [role, state]).sort()).toEqual(
      ROLES.map((role) => [role, 'ACTIVE']).sort(),
    );
    await store.close();
    const again = await bootstrap(three);
    expect([again.code, again.said.includes('ADMINS_THERE')]).toEqual([2, true]);
  });
});
