import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { viewerOf } from '../../clients/cli/token.ts';
import { openDevIssuer } from '../../gateway/dev-issuer.ts';
import type { Role } from '../../kernel/rules/viewer.ts';

const NATION = { level: 'NATION', code: '000000' };

describe('a development token', () => {
  it.each<[Role, { region?: string; institution?: string }, object]>([
    [
      'COUNTY',
      { region: '190101' },
      { account: 'county-190101-1', role: 'COUNTY', area: { level: 'COUNTY', code: '190101' } },
    ],
    [
      'KINDERGARTEN',
      { institution: '1901010001' },
      {
        account: 'kindergarten-1901010001-review',
        role: 'KINDERGARTEN',
        area: { level: 'INSTITUTION', code: '1901010001' },
      },
    ],
    [
      'COUNTY',
      { region: '441900' },
      { account: 'county-441900-1', role: 'COUNTY', area: { level: 'COUNTY', code: '441900' } },
    ],
    [
      'MINISTRY_ANALYST',
      {},
      { account: 'ministry-analyst-000000-1', role: 'MINISTRY_ANALYST', area: NATION },
    ],
  ])('for %s over %j has the area of its role', (role, given, viewer) => {
    expect(viewerOf({ role, ...given })).toEqual(viewer);
  });

  it.each<[Role, { region?: string; institution?: string }, string]>([
    ['COUNTY', {}, 'COUNTY takes --region, and only that.'],
    ['COUNTY', { region: '190101', institution: '1901010001' }, 'COUNTY takes --region, and only that.'],
    ['PRIMARY_SCHOOL', { region: '190101' }, 'PRIMARY_SCHOOL takes --institution, and only that.'],
    ['PROVINCE', { region: '330105' }, '330105 is of level COUNTY; PROVINCE takes a code of level PROVINCE.'],
    ['CITY', { region: '330000' }, '330000 is of level PROVINCE; CITY takes a code of level CITY.'],
    ['COUNTY', { region: '330100' }, '330100 is of level CITY; COUNTY takes a code of level COUNTY.'],
    ['COUNTY', { region: '000000' }, '000000 is of level NATION; COUNTY takes a code of level COUNTY.'],
    ['PROVINCE', { region: '710000' }, '710000 is of level PROVINCE; PROVINCE takes'],
    ['MINISTRY', { region: '190101' }, 'MINISTRY takes neither --region nor --institution.'],
  ])('for %s over %j is refused', (role, given, message) => {
    expect(viewerOf({ role, ...given })).toContain(message);
  });

  it('is accepted by the issuer that minted it, and by no other', async () => {
    const [one, other] = await Promise.all(
      ['a', 'b'].map(() => openDevIssuer(mkdtempSync(join(tmpdir(), 'xueji-token-')))),
    );
    const viewer = { account: 'a', role: 'COUNTY', area: { level: 'COUNTY', code: '190101' } } as const;
    const token = await one!.mint(viewer);
    expect(await one!.callers(`Bearer ${token}`)).toEqual(viewer);
    await expect(other!.callers(`Bearer ${token}`)).rejects.toMatchObject({
      status: 401,
      code: 'UNAUTHENTICATED',
    });
  });

  it('is not minted in production', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'xueji-token-'));
    await expect(openDevIssuer(directory, 'production')).rejects.toThrow(
      'does not run with NODE_ENV=production',
    );
  });
});
