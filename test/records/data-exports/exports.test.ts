import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ViewerSpec } from '../../../clients/cli/demo/viewer-spec.ts';
import { eachDatabase } from '../../support/databases.ts';
import * as story from '../../support/story.ts';
import { startWorld, type World } from '../../support/world.ts';
import { exporting, sheetOf, WISH } from './support.ts';

const { COUNTY, GARDEN, deciding, garden, inventedChild, opening, otherCounty, otherDeciding, otherGarden } =
  story;
const province: ViewerSpec = { account: 'province-33', role: 'PROVINCE', region: '330000' };
const otherProvinceClerk: ViewerSpec = { account: 'province-33-2', role: 'PROVINCE', region: '330000' };
const ministry: ViewerSpec = { account: 'ministry-1', role: 'MINISTRY' };
const auditor: ViewerSpec = { account: 'auditor-1', role: 'AUDITOR' };
const analyst = story.analyst;

const codes = (errors: readonly { code: string }[]) => errors.map(({ code }) => code);
const faults = (answer: { errors?: readonly { extensions: { code: string } }[] }) =>
  answer.errors?.map(({ extensions }) => extensions.code);

eachDatabase('Data that leaves', (databases) => {
  let day = '2026-11-23';
  let world: World;
  let exports: ReturnType<typeof exporting>;
  const children = Array.from({ length: 24 }, (_, i) =>
    inventedChild(i + 1, {
      name: `甲${'子丑寅卯辰巳午未申酉戌亥'[i % 12]!}${i < 12 ? '一' : '二'}`,
      // Eleven boys and eleven girls of one month, and two children of another.
      bornOn: i < 22 ? `2022-10-${String((i % 20) + 1).padStart(2, '0')}` : '2022-11-05',
    }),
  );

  beforeAll(async () => {
    world = await startWorld({
      databases,
      wiring: 'in one process',
      now: () => new Date(`${day}T02:00:00Z`),
    });
    exports = exporting(world);
    const acts = story.acts(world, await story.openGardens(world));
    await acts.approve(deciding, await acts.enrol(garden, children));
    await acts.approve(deciding, await acts.enrol(otherGarden, [inventedChild(101, { name: '乙丑寅' })]));
  });
  afterAll(() => world.close());

  describe('is asked for', () => {
    it.each([
      ['without a column', { fields: [] }, 'REQUIRED', 'fields'],
      ['without a recipient', { recipient: ' ' }, 'REQUIRED', 'recipient'],
      ['by name on an approval alone', { profile: 'IDENTIFIED' }, 'EXPORT_NEEDS_A_LAW', 'ground'],
      [
        'with a name under a pseudonym',
        { fields: ['SEX', 'CHILD_NAME'] },
        'EXPORT_FIELD_NOT_IN_PROFILE',
        'fields',
      ],
      ['with a number in statistics', { profile: 'STATISTICS' }, 'EXPORT_FIELD_NOT_IN_PROFILE', 'fields'],
      ['for longer than a year', { until: '2027-11-25' }, 'EXPORT_TERM', 'until'],
      ['for days gone by', { until: '2026-11-22' }, 'EXPORT_TERM', 'until'],
      ['until a day that is none', { until: '2026-11-31' }, 'DATE_IMPOSSIBLE', 'until'],
      ['for a recipient too long to name', { recipient: '甲'.repeat(101) }, 'TOO_LONG', 'recipient'],
      ["for another county's children", { region: '330106' }, 'OUTSIDE_YOUR_AREA', 'region'],
      ['for the province by a county', { region: '330000' }, 'OUTSIDE_YOUR_AREA', 'region'],
    ])('%s, and refused', async (_, changes, code, field) => {
      const { dataExport, userErrors } = await exports.request(opening, changes);
      expect(dataExport).toBeNull();
      expect(userErrors).toMatchObject([{ code, field: [field] }]);
    });

    it('by authorities alone', async () => {
      for (const nobody of [garden, analyst, auditor, story.school])
        expect(
          faults(
            await world.ask(
              nobody,
              'mutation($input: RequestDataExportInput!) { requestDataExport(input: $input) { userErrors { code } } }',
              { input: { idempotencyKey: 'k', ...WISH } },
            ),
          ),
        ).toEqual(['FORBIDDEN']);
    });
  });

  describe('is decided', () => {
    it('by another than who asked, and only once', async () => {
      const { dataExport } = await exports.request(opening);
      const exportId = dataExport!.id;
      expect(dataExport).toMatchObject({
        state: 'REQUESTED',
        areaCode: COUNTY,
        requestedBy: opening.account,
      });
      expect(codes((await exports.act(opening, 'approveDataExport', { exportId })).userErrors)).toEqual([
        'SAME_ACCOUNT',
      ]);
      const refused = await exports.act(deciding, 'refuseDataExport', { exportId, reason: '用途不明' });
      expect(refused.dataExport).toMatchObject({ state: 'REFUSED', decidedBy: deciding.account, parts: 0 });
      const again = await exports.act(otherDeciding, 'approveDataExport', { exportId });
      expect(again.userErrors).toMatchObject([
        { code: 'EXPORT_STATE', messageEn: 'An export that is REQUESTED was expected; this one is REFUSED.' },
      ]);
    });

    it('by who is competent for the whole area, and is not there for anybody else', async () => {
      const { dataExport } = await exports.request(province, { region: '330100' });
      const exportId = dataExport!.id;
      for (const lower of [deciding, otherCounty])
        expect(codes((await exports.act(lower, 'approveDataExport', { exportId })).userErrors)).toEqual([
          'NOT_FOUND',
        ]);
      const city: ViewerSpec = { account: 'city-3301', role: 'CITY', region: '330100' };
      const approved = await exports.act(city, 'approveDataExport', {
        exportId,
        fields: ['BIRTH_DATE', 'SEX'],
      });
      expect(approved.dataExport).toMatchObject({ state: 'APPROVED', approvedFields: ['SEX', 'BIRTH_DATE'] });
      await exports.made();
      const { lines, titles } = sheetOf(await exports.file(province, exportId));
      expect(titles).toEqual(['编号', '性别', '出生日期']);
      expect(lines).toHaveLength(25);
      expect(lines[0]).toBe('FEMALE|2022-10');
    });

    it('with no more columns than were asked for', async () => {
      const { dataExport } = await exports.request(opening);
      const wider = await exports.act(deciding, 'approveDataExport', {
        exportId: dataExport!.id,
        fields: ['SEX', 'COUNTY'],
      });
      expect(wider.userErrors).toMatchObject([{ code: 'EXPORT_FIELD_NOT_REQUESTED', field: ['fields'] }]);
    });
  });

  describe('holds', () => {
    it('in statistics only counts, by months, and none below ten', async () => {
      const fields = ['BIRTH_DATE', 'SEX', 'STATUS', 'ETHNICITY', 'NATIONALITY'];
      const id = await exports.ready(opening, deciding, { profile: 'STATISTICS', fields });
      const { head, titles, lines } = sheetOf(await exports.file(opening, id));
      expect(head).toBe(
        `# 数据提供 ${id}；接收方 示例大学教育学院；用途 托育规划研究；2026-12-31 前有效，仅限该用途；少于 10 人的组合未列出`,
      );
      expect(titles).toEqual(['编号', '出生日期', '性别', '学籍状态', '民族', '国籍或地区', '人数']);
      // Two children of November and one of the other kindergarten would have been lines of their own.
      expect(lines).toEqual(['2022-10|FEMALE|ENROLLED||CHN|11', '2022-10|MALE|ENROLLED||CHN|12']);
    });

    it('under pseudonyms one line a child, with the same name for a child in one file and another in the next', async () => {
      const changes = { fields: ['RECORD_NUMBER', 'DOCUMENT', 'BIRTH_DATE', 'ENTERED_ON', 'INSTITUTION'] };
      const institution = { institution: GARDEN };
      const first = await exports.ready(opening, deciding, { ...changes, ...institution });
      const second = await exports.ready(opening, deciding, { ...changes, ...institution });
      const sheets = [
        sheetOf(await exports.file(opening, first)),
        sheetOf(await exports.file(opening, second)),
      ];
      for (const { lines } of sheets) {
        expect(lines).toHaveLength(24);
        for (const line of lines)
          expect(line).toMatch(/^P[2-9A-Z]{24}\|P[2-9A-Z]{24}\|2022-1[01]\|2026-10\|1133990001$/);
        expect(new Set(lines.map((line) => line.split('|')[0])).size).toBe(24);
      }
      const names = sheets.map(({ lines }) => new Set(lines.flatMap((line) => line.split('|').slice(0, 2))));
      expect([...names[0]!].filter((name) => names[1]!.has(name))).toEqual([]);
    });

    it('by name, where a law says so, exactly the columns that were approved', async () => {
      const id = await exports.ready(opening, deciding, {
        ...{ profile: 'IDENTIFIED', ground: 'LAW', groundReference: '示例法第八条', institution: GARDEN },
        fields: ['CHILD_NAME', 'DOCUMENT', 'BIRTH_DATE', 'GUARDIAN_NAME', 'GUARDIAN_PHONE'],
      });
      const text = await exports.file(opening, id);
      const { titles, lines } = sheetOf(text);
      expect(titles).toEqual(['编号', '姓名', '证件', '出生日期', '监护人姓名', '监护人电话']);
      expect(lines).toEqual(
        children
          .map(({ name, bornOn, documentNumber }) =>
            [name, `RESIDENT_ID ${documentNumber}`, bornOn, '丙丁', '19900000000'].join('|'),
          )
          .sort(),
      );
      for (const absent of ['ENROLLED', 'MALE', COUNTY, GARDEN, 'CHN', '乙丑寅'])
        expect(text).not.toContain(absent);
    });

    it('each child that left by name in the log of its county, on the account of who approved', async () => {
      const [{ id: childId }] = (
        await world.data<{ children: { nodes: { id: string }[] } }>(
          opening,
          '{ children(first: 1) { nodes { id } } }',
        )
      ).children.nodes as [{ id: string }];
      const { page } = await world.data<{ page: { nodes: object[] } }>(
        auditor,
        'query($filter: AuditFilter) { page: recordAuditEntries(filter: $filter) { nodes { account authority childId fields } } }',
        { filter: { childId, action: 'EXPORT' } },
      );
      expect(page.nodes).toEqual([
        {
          ...{ account: deciding.account, authority: COUNTY, childId },
          fields: ['CHILD_NAME', 'DOCUMENT', 'BIRTH_DATE', 'GUARDIAN_NAME', 'GUARDIAN_PHONE'],
        },
      ]);
    });
  });

  describe('is fetched', () => {
    it('by the account that asked, with a ticket of its own', async () => {
      const id = await exports.ready(opening, deciding);
      expect(codes((await exports.ticket(deciding, id)).userErrors)).toEqual(['EXPORT_OF_ANOTHER']);
      const { ticket } = await exports.ticket(opening, id);
      expect(faults(await exports.part(deciding, ticket!, 0))).toEqual(['NOT_FOUND']);
      expect(faults(await exports.part(opening, ticket!, 1))).toEqual(['NOT_FOUND']);
      expect(faults(await exports.part(opening, id, 0))).toEqual(['NOT_FOUND']);
      expect((await exports.part(opening, ticket!, 0)).errors).toBeUndefined();
    });

    it('without anybody in between keeping it', async () => {
      const id = await exports.ready(opening, deciding);
      const { ticket } = await exports.ticket(opening, id);
      const response = await fetch(world.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${await world.token(opening)}`,
        },
        body: JSON.stringify({
          query: 'query($t: ID!) { dataExportPart(ticket: $t, part: 0) }',
          variables: { t: ticket },
        }),
      });
      expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store']);
      expect(((await response.json()) as { data: { dataExportPart: string } }).data.dataExportPart).toContain(
        '编号',
      );
    });

    it('no more once it is taken back, though a ticket is out; and the file is gone', async () => {
      const id = await exports.ready(opening, deciding);
      const { ticket } = await exports.ticket(opening, id);
      const without = await exports.act(otherDeciding, 'revokeDataExport', { exportId: id, reason: '' });
      expect(codes(without.userErrors)).toEqual(['REQUIRED']);
      const revoked = await exports.act(otherDeciding, 'revokeDataExport', {
        exportId: id,
        reason: '接收方违规',
      });
      expect(revoked.dataExport).toMatchObject({ state: 'REVOKED' });
      expect(faults(await exports.part(opening, ticket!, 0))).toEqual(['NOT_FOUND']);
      expect(codes((await exports.ticket(opening, id)).userErrors)).toEqual(['EXPORT_STATE']);
      await exports.made();
      expect(await shown(id)).toMatchObject({ state: 'REVOKED', parts: 0 });
    });

    it('on the last day of its term and not the day after; then the file is gone', async () => {
      const id = await exports.ready(opening, deciding, { until: '2026-11-25' });
      day = '2026-11-25';
      const { ticket } = await exports.ticket(opening, id);
      expect((await exports.part(opening, ticket!, 0)).errors).toBeUndefined();
      day = '2026-11-26';
      expect(faults(await exports.part(opening, ticket!, 0))).toEqual(['NOT_FOUND']);
      expect((await exports.ticket(opening, id)).userErrors).toMatchObject([
        { messageEn: 'An export that is READY was expected; this one is EXPIRED.' },
      ]);
      await exports.made();
      expect(await shown(id)).toMatchObject({
        state: 'EXPIRED',
        parts: 0,
        downloads: [{ account: opening.account }],
      });
    });
  });

  const shown = async (id: string) =>
    (
      await world.data<{ dataExport: object }>(
        auditor,
        'query($id: ID!) { dataExport(id: $id) { state parts downloads { account } } }',
        { id },
      )
    ).dataExport;

  it('is listed to those above, to auditors, and to nobody beside or below', async () => {
    const list = (as: ViewerSpec) =>
      world.ask<{ dataExports: { totalCount: number; nodes: { areaCode: string }[] } }>(
        as,
        '{ dataExports(first: 100) { totalCount nodes { areaCode } } }',
      );
    const areas = async (as: ViewerSpec) =>
      [...new Set((await list(as)).data!.dataExports.nodes.map(({ areaCode }) => areaCode))].sort();
    await exports.request(ministry, { until: '2026-12-31' });
    expect(await areas(deciding)).toEqual([GARDEN, COUNTY].sort());
    expect(await areas(otherProvinceClerk)).toEqual([GARDEN, '330100', COUNTY].sort());
    expect(await areas(ministry)).toEqual(['000000', GARDEN, '330100', COUNTY].sort());
    expect(await areas(auditor)).toEqual(await areas(ministry));
    expect(await areas(otherCounty)).toEqual([]);
    for (const nobody of [garden, analyst]) expect(faults(await list(nobody))).toEqual(['FORBIDDEN']);
  });

  it('leaves every step of one export in one chain', async () => {
    const id = await exports.ready(opening, deciding, { until: '2026-11-30' });
    await exports.ticket(opening, id);
    await exports.act(otherDeciding, 'revokeDataExport', { exportId: id, reason: '不再需要' });
    expect(await stepsOf(id)).toEqual([
      { action: 'requestDataExport', account: opening.account },
      { action: 'approveDataExport', account: deciding.account },
      { action: 'makeDataExport', account: deciding.account },
      { action: 'downloadDataExport', account: opening.account },
      { action: 'revokeDataExport', account: otherDeciding.account },
    ]);
  });

  async function stepsOf(id: string) {
    const found: { action: string; account: string }[] = [];
    for (let after: string | null = null; ;) {
      const answer: {
        page: {
          nodes: { action: string; account: string; subjectId: string }[];
          pageInfo: { hasNextPage: boolean; endCursor: string };
        };
      } = await world.data(
        auditor,
        `query($after: String) { page: recordAuditEntries(filter: { authority: "${COUNTY}" }, first: 100, after: $after) {
          nodes { action account subjectId } pageInfo { hasNextPage endCursor } } }`,
        { after },
      );
      for (const { action, account, subjectId } of answer.page.nodes)
        if (subjectId === id) found.push({ action, account });
      if (!answer.page.pageInfo.hasNextPage) return found;
      after = answer.page.pageInfo.endCursor;
    }
  }
});
