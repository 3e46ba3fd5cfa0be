/** Who files whose account, what it may be given, and what becomes of it: on both databases. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actionsOf } from '../../../kernel/rules/actions.ts';
import type { Role } from '../../../kernel/rules/viewer.ts';
import { REVIEW_ONLY } from '../../../subgraphs/institutions/rules/accounts/filing.ts';
import type { NewAccount } from '../../../subgraphs/institutions/rules/accounts/opening.ts';
import { bootstrapAccounts } from '../../../subgraphs/institutions/service/accounts/bootstrap.ts';
import { eachDatabase } from '../../support/databases.ts';
import { newInstitution, openSmall } from '../support.ts';
import { as, inventedPerson, wanted } from './support.ts';

const TRAINED = { certificateNumber: 'PX-2026-001', certifiedOn: '2026-11-01', reason: null };
const county = as('COUNTY', '330110');
const city = as('CITY', '330100');
const province = as('PROVINCE', '330000');
const ministry = as('MINISTRY');
const systemAdmin = as('SYSTEM_ADMIN');
const securityAdmin = as('SECURITY_ADMIN');

eachDatabase('Accounts', (databases) => {
  let now = new Date('2026-11-20T02:00:00Z');
  let small: Awaited<ReturnType<typeof openSmall>>;
  let keys = 0;
  const key = () => `key-${++keys}`;
  const service = () => small.service;
  const codes = ({
    results,
    userErrors,
  }: {
    results: readonly { userErrors: readonly { code: string }[] }[];
    userErrors: readonly { code: string }[];
  }) => [...userErrors, ...results.flatMap((one) => one.userErrors)].map(({ code }) => code);
  const open = async (viewer: typeof county, item: NewAccount) =>
    codes(await service().openAccount(viewer, key(), item));
  const found = async (name: string) => (await service().accountsByName([name]))[0]!;
  const active = async (item: NewAccount, viewer = county) => {
    expect(await open(viewer, item)).toEqual([]);
    expect(codes(await service().activateAccount(viewer, key(), { account: item.name, ...TRAINED }))).toEqual(
      [],
    );
  };

  beforeAll(async () => {
    small = await openSmall(await databases.fresh('institutions'), () => now);
    await service().openInstitutions(county, 'open', [
      newInstitution('1133990001'),
      newInstitution('1133990002'),
    ]);
  });
  afterAll(() => small.store.close());

  it('is filed by the county for its kindergartens, and has no force before the training is shown', async () => {
    expect(await open(county, wanted(1))).toEqual([]);
    expect(await found('account-1')).toMatchObject({
      holderName: '戊己', role: 'KINDERGARTEN', areaLevel: 'INSTITUTION', areaCode: '1133990001', duty: 'ENTRY',
      state: 'FILED', certifiedOn: null, usedOn: null, version: 1,
    }); // prettier-ignore
    const activate = (certificate: object) =>
      service().activateAccount(county, key(), { account: 'account-1', ...TRAINED, ...certificate });
    expect(codes(await activate({ certifiedOn: '2026-11-21' }))).toEqual(['CERTIFICATE_DATE_FUTURE']);
    expect(codes(await activate({ certifiedOn: '2026-02-30' }))).toEqual(['DATE_IMPOSSIBLE']);
    expect(codes(await activate({ certificateNumber: '  ' }))).toEqual(['REQUIRED']);
    expect((await found('account-1')).state).toBe('FILED');
    expect(codes(await activate({}))).toEqual([]);
    expect(await found('account-1')).toMatchObject({
      state: 'ACTIVE', certificateNumber: 'PX-2026-001', certifiedOn: '2026-11-01', usedOn: '2026-11-20', version: 2,
    }); // prettier-ignore
  });

  it('writes its history beside every act, and once for a repeated one', async () => {
    const first = await service().openAccount(county, 'same-key', wanted(2));
    expect(await service().openAccount(county, 'same-key', wanted(2))).toEqual(first);
    await service().activateAccount(county, key(), { account: 'account-2', ...TRAINED });
    await service().sealAccount(county, key(), { account: 'account-2', reason: '借调' });
    await service().reopenAccount(county, key(), { account: 'account-2', reason: null });
    await service().revokeAccount(county, key(), { account: 'account-2', reason: '离职' });
    const history = await service().versionsByAccount([(await found('account-2')).id]);
    expect(history.map(({ seq, act, state, account, reason }) => [seq, act, state, account, reason])).toEqual(
      [
        [1, 'OPEN', 'FILED', 'county-330110', null],
        [2, 'ACTIVATE', 'ACTIVE', 'county-330110', null],
        [3, 'SEAL', 'SEALED', 'county-330110', '借调'],
        [4, 'REOPEN', 'ACTIVE', 'county-330110', null],
        [5, 'REVOKE', 'REVOKED', 'county-330110', '离职'],
      ],
    );
  });

  it.each<[string, Role, string | null, typeof county, string[]]>([
    ['a county by its city', 'COUNTY', '330106', city, []],
    ['a county by its province', 'COUNTY', '330110', province, []],
    ['a county by itself', 'COUNTY', '330110', county, ['ACCOUNT_ROLE_NOT_YOURS']],
    [
      'a county by the ministry, which is two levels above',
      'COUNTY',
      '330110',
      ministry,
      ['ACCOUNT_ROLE_NOT_YOURS'],
    ],
    ['a county by another city', 'COUNTY', '330110', as('CITY', '330200'), ['OUTSIDE_YOUR_AREA']],
    ['a city without counties by its province', 'CITY', '330200', province, []],
    ['a city by a county', 'CITY', '330100', county, ['ACCOUNT_ROLE_NOT_YOURS']],
    ['a county as if it were a city', 'CITY', '330110', province, ['OUTSIDE_YOUR_AREA']],
    ['a province by the ministry', 'PROVINCE', '330000', ministry, []],
    ['an analyst by the ministry', 'MINISTRY_ANALYST', null, ministry, []],
    ['the ministry by itself', 'MINISTRY', null, ministry, ['ACCOUNT_ROLE_NOT_YOURS']],
    ['the ministry by the system administrator', 'MINISTRY', null, systemAdmin, []],
    ['a county of five digits', 'COUNTY', '33011', city, ['ACCOUNT_AREA_FORM']],
    ['a region nobody knows', 'COUNTY', '330199', city, ['OUTSIDE_YOUR_AREA']],
    [
      'a kindergarten of another county',
      'KINDERGARTEN',
      '1133990001',
      as('COUNTY', '330106'),
      ['OUTSIDE_YOUR_AREA'],
    ],
    ['a kindergarten that is not there', 'KINDERGARTEN', '1133999999', county, ['OUTSIDE_YOUR_AREA']],
    [
      'a primary school without its county',
      'PRIMARY_SCHOOL',
      '2133990001',
      county,
      ['ACCOUNT_REGION_REQUIRED'],
    ],
  ])('files %s or says why not', async (_, role, areaCode, viewer, expected) => {
    const serial = 100 + keys;
    const duty = role === 'KINDERGARTEN' ? 'ENTRY' : null;
    expect(await open(viewer, wanted(serial, { role: role as NewAccount['role'], areaCode, duty }))).toEqual(
      expected,
    );
  });

  it.each<[string, Partial<NewAccount>, string[]]>([
    ['a name with a space before it', { name: ' a' }, ['ACCOUNT_NAME_FORM']],
    ['a name that is a number of a document', { name: 'a19010119800101' }, ['ACCOUNT_NAME_FORM']],
    ['a name of a neighbour', { name: 'service:records' }, ['ACCOUNT_NAME_FORM']],
    ['a name in use', { name: 'account-1' }, ['ACCOUNT_NAME_TAKEN']],
    [
      'a number with a wrong check character',
      { documentNumber: inventedPerson(7).slice(0, 17) + '?' },
      ['DOCUMENT_FORM_WRONG'],
    ],
    ['no document', { documentNumber: ' ' }, ['DOCUMENT_NUMBER_REQUIRED']],
    ['a kindergarten without a duty', { duty: null }, ['ACCOUNT_DUTY_REQUIRED']],
    ['a right of another role', { rights: ['approveApplication'] }, ['ACCOUNT_RIGHTS_BEYOND_ROLE']],
    ['a right nobody knows', { rights: ['everything'] }, ['ACCOUNT_RIGHTS_BEYOND_ROLE']],
    ['entry that would graduate', { rights: ['graduate'] }, ['ACCOUNT_RIGHTS_BEYOND_ROLE']],
  ])('refuses %s', async (_, changes, expected) => {
    expect(await open(county, wanted(300 + keys, changes))).toEqual(expected);
  });

  it('gives entry all but what takes effect at once, review everything, and what is given by name to neither', async () => {
    await open(county, wanted(11));
    await open(county, wanted(12, { duty: 'REVIEW' }));
    const all = actionsOf('KINDERGARTEN').filter((action) => action !== 'seeSealedChildren');
    expect((await found('account-11')).rights).toEqual(all.filter((action) => !REVIEW_ONLY.includes(action)));
    expect((await found('account-12')).rights).toEqual(all);
    expect(REVIEW_ONLY).toEqual(['agreeToTransfer', 'objectToTransfer', 'leave', 'graduate']);
    // Named, it is one of the rights a county hands out only where it has it.
    const without = { ...county, rights: actionsOf('COUNTY').filter((one) => one !== 'seeSealedChildren') };
    expect(await open(without, wanted(13, { rights: ['seeSealedChildren'] }))).toEqual([
      'ACCOUNT_RIGHTS_BEYOND_YOURS',
    ]);
  });

  it('hands out only what one has: a county without openClass cannot let a kindergarten open classes', async () => {
    const narrow = { ...county, rights: ['openAccount'] as const };
    expect(await open(narrow, wanted(21, { rights: ['openClass'] }))).toEqual([
      'ACCOUNT_RIGHTS_BEYOND_YOURS',
    ]);
    // What only kindergartens do, a county cannot have itself and yet gives.
    expect(await open(narrow, wanted(22, { rights: ['registerChild'] }))).toEqual([]);
    expect(await open(narrow, wanted(23))).toEqual([]);
    expect((await found('account-23')).rights).not.toContain('openClass');
    const change = {
      account: 'account-22',
      reason: null,
      duty: 'ENTRY' as const,
      rights: ['enrolmentCounts'],
    };
    expect(codes(await service().changeAccount(narrow, key(), change))).toEqual([
      'ACCOUNT_RIGHTS_BEYOND_YOURS',
    ]);
    expect(codes(await service().changeAccount(county, key(), change))).toEqual([]);
    expect((await found('account-22')).rights).toEqual(['enrolmentCounts']);
  });

  it('keeps one person to one account in a role and area; entry and review are two people', async () => {
    expect(await open(county, wanted(31))).toEqual([]);
    const again = wanted(32, { documentNumber: inventedPerson(31), duty: 'REVIEW' });
    expect(await open(county, again)).toEqual(['HOLDER_HAS_ACCOUNT']);
    expect(await open(county, { ...again, areaCode: '1133990002' })).toEqual([]);
    await service().revokeAccount(county, key(), { account: 'account-31', reason: null });
    expect(await open(county, { ...again, name: 'account-33' })).toEqual([]);
  });

  it('keeps system, security and audit administrator three people with no other account', async () => {
    const admin = (serial: number, role: NewAccount['role'], person = serial) =>
      wanted(serial, { role, areaCode: null, duty: null, documentNumber: inventedPerson(person) });
    expect(await open(systemAdmin, admin(41, 'SYSTEM_ADMIN'))).toEqual([]);
    expect(await open(systemAdmin, admin(42, 'SECURITY_ADMIN', 41))).toEqual(['ADMIN_DUTIES_APART']);
    expect(await open(systemAdmin, admin(43, 'AUDIT_ADMIN', 41))).toEqual(['ADMIN_DUTIES_APART']);
    expect(await open(county, wanted(44, { documentNumber: inventedPerson(41) }))).toEqual([
      'ADMIN_DUTIES_APART',
    ]);
    expect(await open(systemAdmin, admin(45, 'SECURITY_ADMIN'))).toEqual([]);
    // Opened at the same moment, before either could see the other: the database lets one in.
    const both = await Promise.allSettled([
      service().openAccount(systemAdmin, key(), admin(46, 'SYSTEM_ADMIN', 46)),
      service().openAccount(systemAdmin, key(), admin(47, 'AUDIT_ADMIN', 46)),
    ]);
    const outcomes = both.map((one) => (one.status === 'fulfilled' ? codes(one.value) : ['thrown']));
    expect(outcomes.sort()).toEqual([[], ['ADMIN_DUTIES_APART']]);
  });

  it('is opened by one administrator and given force by another', async () => {
    expect(await open(systemAdmin, wanted(51, { role: 'MINISTRY', areaCode: null, duty: null }))).toEqual([]);
    expect(
      codes(await service().activateAccount(securityAdmin, key(), { account: 'account-51', ...TRAINED })),
    ).toEqual([]);
    // That the system administrator may not activate, and the security administrator not open, their roles say.
    expect(actionsOf('SYSTEM_ADMIN')).toEqual(['openAccount']);
    expect(actionsOf('SECURITY_ADMIN')).toEqual([
      'activateAccount',
      'changeAccount',
      'sealAccount',
      'reopenAccount',
      'revokeAccount',
    ]);
    expect(actionsOf('AUDIT_ADMIN')).toEqual([]);
  });

  it('is nobody’s to deal with but the level above’s, and never one’s own', async () => {
    await active(wanted(61));
    const wish = { account: 'account-61', reason: null };
    expect(codes(await service().sealAccount(as('COUNTY', '330106'), key(), wish))).toEqual(['NOT_FOUND']);
    expect(codes(await service().sealAccount(city, key(), wish))).toEqual(['NOT_FOUND']);
    expect(codes(await service().sealAccount({ ...county, account: 'account-61' }, key(), wish))).toEqual([
      'ACCOUNT_IS_YOURS',
    ]);
    expect(codes(await service().sealAccount(county, key(), { ...wish, account: 'nobody' }))).toEqual([
      'NOT_FOUND',
    ]);
    expect(codes(await service().reopenAccount(county, key(), wish))).toEqual(['ACCOUNT_ACT_NOT_OPEN']);
    expect(codes(await service().revokeAccount(county, key(), wish))).toEqual([]);
    expect(codes(await service().reopenAccount(county, key(), wish))).toEqual(['ACCOUNT_ACT_NOT_OPEN']);
  });

  it('is seen within the area only, and follows its kindergarten', async () => {
    const area = { area: county.area, role: null, state: null };
    const names = async (code: string) =>
      (await service().accounts({ ...area, area: { level: 'COUNTY', code } }, 100, null)).map(
        ({ name }) => name,
      );
    expect(await names('330110')).toContain('account-1');
    expect(await names('330106')).not.toContain('account-1');
    expect(await service().accountsSeenBy(as('COUNTY', '330106'), [await found('account-1')])).toEqual([]);
    expect(await service().accountsSeenBy(city, [await found('account-1')])).toHaveLength(1);
  });

  describe('by the clock', () => {
    it('is sealed on the day after 180 idle days, and opened again by the level above only', async () => {
      now = new Date('2026-11-20T02:00:00Z');
      await active(wanted(71));
      await active(wanted(72));
      now = new Date('2027-05-19T02:00:00Z');
      await service().noteUse(['account-72']);
      await service().sealIdleAccounts();
      expect((await found('account-71')).state).toBe('ACTIVE');
      now = new Date('2027-05-20T02:00:00Z');
      expect((await service().standings(['account-71']))[0]).toMatchObject({ state: 'SEALED' });
      await service().sealIdleAccounts();
      expect((await found('account-71')).state).toBe('SEALED');
      expect((await found('account-72')).state).toBe('ACTIVE');
      const [, , sealed] = await service().versionsByAccount([(await found('account-71')).id]);
      expect(sealed).toMatchObject({ act: 'SEAL_IDLE', account: '', state: 'SEALED' });
      const wish = { account: 'account-71', reason: null };
      expect(codes(await service().reopenAccount({ ...county, account: 'account-71' }, key(), wish))).toEqual(
        ['ACCOUNT_IS_YOURS'],
      );
      expect(codes(await service().reopenAccount(county, key(), wish))).toEqual([]);
      await service().sealIdleAccounts();
      expect(await found('account-71')).toMatchObject({ state: 'ACTIVE', usedOn: '2027-05-20' });
    });

    it('is opened again by the operator who made it, unless a person has sealed it', async () => {
      now = new Date('2026-11-20T02:00:00Z');
      const made = [81, 82, 83].map((serial) => ({ ...wanted(serial), ...TRAINED, name: `demo-${serial}` }));
      expect(await bootstrapAccounts(small.store, () => now, made)).toEqual(['demo-81', 'demo-82', 'demo-83']);
      const seal = { account: 'demo-82', reason: '核实身份' };
      expect(codes(await service().sealAccount(county, key(), seal))).toEqual([]);
      now = new Date('2027-09-05T02:00:00Z');
      await service().noteUse(['demo-83']);
      await service().sealIdleAccounts();
      expect(await bootstrapAccounts(small.store, () => now, made)).toEqual([]);
      expect(await found('demo-81')).toMatchObject({ state: 'ACTIVE', usedOn: '2027-09-05', version: 3 });
      expect((await found('demo-82')).state).toBe('SEALED');
      expect((await found('demo-83')).version).toBe(1);
      // Before the clock came to it, too.
      now = new Date('2028-09-05T02:00:00Z');
      expect(await bootstrapAccounts(small.store, () => now, made)).toEqual([]);
      expect((await service().standings(['demo-81', 'demo-82'])).map(({ state }) => state)).toEqual(['ACTIVE', 'SEALED']);
    }); // prettier-ignore

    it('notes the first use of a day, and nothing of what is not active', async () => {
      now = new Date('2027-05-21T02:00:00Z');
      expect(await service().noteUse(['account-72', 'account-2', 'nobody'])).toBe(1);
      expect(await service().noteUse(['account-72'])).toBe(0);
    });
  });

  it('keeps names and numbers of holders and certificates out of plain sight', async () => {
    const rows = await small.store.reader.select({ text: 'SELECT * FROM account', params: [] });
    const text = JSON.stringify(rows, (_, value: unknown) =>
      (value as { type?: string })?.type === 'Buffer'
        ? Buffer.from((value as { data: number[] }).data).toString('latin1')
        : value,
    );
    expect(text).toContain('account-1');
    expect(text).not.toContain('戊己');
    expect(text).not.toContain(inventedPerson(1));
    expect(text).not.toContain('PX-2026-001');
  });
});
