import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as story from '../support/story.ts';
import { eachDatabase } from '../support/databases.ts';
import { startWorld, type World } from '../support/world.ts';

const { analyst, garden, GARDEN, opening } = story;

eachDatabase('Institutions and regions', (databases) => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ databases, wiring: 'in one process' });
    await story.openGardens(world);
  });
  afterAll(() => world.close());

  const region = async (code: string) => {
    const query = `query($code: String!) { region(code: $code) { name level originOnly validTo hasCountyAuthority parent { code name } successors { code } } }`;
    return (await world.data<{ region: object | null }>(analyst, query, { code })).region;
  };

  it.each([
    [
      'a county under its city',
      '330110',
      { name: '余杭区', level: 'COUNTY', parent: { code: '330100', name: '杭州市' } },
    ],
    [
      'a province-run county right under its province',
      '429004',
      { name: '仙桃市', parent: { code: '420000', name: '湖北省' } },
    ],
    [
      'a city of Bingtuan under its division, whatever its code says',
      '659001',
      { name: '石河子市', parent: { code: '660800' } },
    ],
    [
      'Bingtuan as a province',
      '660000',
      { name: '新疆生产建设兵团', level: 'PROVINCE', parent: { code: '000000' } },
    ],
    [
      'a city without counties as its own county authority',
      '441900',
      { name: '东莞市', level: 'CITY', hasCountyAuthority: true },
    ],
    ['Hong Kong as an origin only', '810000', { originOnly: true, hasCountyAuthority: false }],
    [
      'an abolished county with what took over',
      '330103',
      { name: '下城区', successors: [{ code: '330105' }] },
    ],
  ])('know %s', async (_, code, expected) => {
    expect(await region(code)).toMatchObject(expected);
  });

  it.each(['130171', '999999', ''])('know nothing of %j', async (code) => {
    expect(await region(code)).toBeNull();
  });

  it('list 35 units of the first level: 31 provinces, Bingtuan and three origins', async () => {
    const { regions } = await world.data<{ regions: { originOnly: boolean }[] }>(
      analyst,
      `{ regions(level: PROVINCE) { originOnly } }`,
    );
    expect([regions.length, regions.filter(({ originOnly }) => originOnly).length]).toEqual([35, 3]);
  });

  it('derive ownership, urban or rural, and the size limit of a class', async () => {
    const query = `query($code: String!) { institution(code: $code) { ownership urbanRural status region { code } classes { level sizeLimit institution { code } } } }`;
    const { institution } = await world.data<{ institution: object }>(analyst, query, { code: GARDEN });
    expect(institution).toEqual({
      ownership: 'PUBLIC',
      urbanRural: 'URBAN',
      status: 'OPEN',
      region: { code: '330110' },
      classes: [{ level: 'SMALL', sizeLimit: 25, institution: { code: GARDEN } }],
    });
  });

  it('page through a region, by cursors, without losing or repeating one', async () => {
    const query = `query($after: String) { institutions(filter: { region: "330100" }, first: 1, after: $after) { totalCount nodes { code } pageInfo { hasNextPage endCursor } } }`;
    interface Page {
      readonly institutions: {
        totalCount: number;
        nodes: { code: string }[];
        pageInfo: { hasNextPage: boolean; endCursor: string };
      };
    }
    const first = (await world.data<Page>(analyst, query)).institutions;
    const second = (await world.data<Page>(analyst, query, { after: first.pageInfo.endCursor })).institutions;
    expect([first.totalCount, first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([
      2,
      true,
      false,
    ]);
    expect([...first.nodes, ...second.nodes].map(({ code }) => code).sort()).toEqual([
      story.GARDEN,
      story.OTHER_GARDEN,
    ]);
  });

  it.each([
    ['a page of none', `{ institutions(first: 0) { totalCount } }`],
    ['a page of 101', `{ institutions(first: 101) { totalCount } }`],
    ['a cursor it has not given', `{ institutions(after: "xyz") { totalCount } }`],
  ])('refuse %s', async (_, query) => {
    const answer = await world.ask(analyst, query);
    expect(answer.errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
  });

  it('answer a batch item by item, and the same on a replay', async () => {
    const item = {
      name: '示例',
      kind: 'KINDERGARTEN',
      founder: 'PRIVATE',
      urbanRuralClass: '111',
      region: '330110',
      openedOn: '2021-09-01',
    };
    const items = ['1133990003', '1133990003', GARDEN, '113'].map((code) => ({ ...item, code }));
    const query = `mutation($input: OpenInstitutionsInput!) { openInstitutions(input: $input) { results { institution { code } userErrors { code field } } userErrors { code } } }`;
    const input = { idempotencyKey: 'batch', items };
    const first = await world.data<object>(opening, query, { input });
    expect(first).toEqual({
      openInstitutions: {
        results: [
          { institution: { code: '1133990003' }, userErrors: [] },
          {
            institution: null,
            userErrors: [{ code: 'INSTITUTION_CODE_TAKEN', field: ['items', '1', 'code'] }],
          },
          {
            institution: null,
            userErrors: [{ code: 'INSTITUTION_CODE_TAKEN', field: ['items', '2', 'code'] }],
          },
          {
            institution: null,
            userErrors: [{ code: 'INSTITUTION_CODE_FORM', field: ['items', '3', 'code'] }],
          },
        ],
        userErrors: [],
      },
    });
    expect(await world.data(opening, query, { input })).toEqual(first);
  });

  it('let a kindergarten open classes of its own only', async () => {
    const query = `mutation($input: OpenClassesInput!) { openClasses(input: $input) { results { class { name } userErrors { code } } } }`;
    const items = [GARDEN, story.OTHER_GARDEN].map((institutionCode) => ({
      institutionCode,
      name: '大一班',
      level: 'LARGE',
      schoolYear: 2026,
    }));
    expect(await world.data(garden, query, { input: { idempotencyKey: 'classes', items } })).toEqual({
      openClasses: {
        results: [
          { class: { name: '大一班' }, userErrors: [] },
          { class: null, userErrors: [{ code: 'OUTSIDE_YOUR_AREA' }] },
        ],
      },
    });
  });

  describe('tell who asks', () => {
    it('and what the account may do', async () => {
      const { viewer } = await world.data<{ viewer: object }>(
        garden,
        `{ viewer { account role areaLevel areaCode actions } }`,
      );
      expect(viewer).toMatchObject({
        account: 'garden-entry',
        role: 'KINDERGARTEN',
        areaLevel: 'INSTITUTION',
        areaCode: GARDEN,
      });
    });
  });
});
