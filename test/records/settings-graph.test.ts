import { afterAll, beforeAll, expect, it } from 'vitest';
import { STATED_BUDGETS } from '../../kernel/rules/budgets.ts';
import type { ViewerSpec } from '../../clients/cli/demo/viewer-spec.ts';
import { DEADLINE_RULES } from '../../subgraphs/records/model.ts';
import { eachDatabase } from '../support/databases.ts';
import * as story from '../support/story.ts';
import { startWorld, type World } from '../support/world.ts';

const now = () => new Date('2026-11-23T02:00:00.000Z');
const { analyst, deciding, garden, school } = story;
const ministry: ViewerSpec = { account: 'ministry-1', role: 'MINISTRY' };
const zhejiang: ViewerSpec = { account: 'province-33', role: 'PROVINCE', region: '330000' };
const hubei: ViewerSpec = { account: 'province-42', role: 'PROVINCE', region: '420000' };
const hangzhou: ViewerSpec = { account: 'city-3301', role: 'CITY', region: '330100' };
const xiantao: ViewerSpec = { account: 'county-4290', role: 'COUNTY', region: '429004' };

const VALUE = `value { flag number windows { from until scope } deadline { length unit } }`;
const SETTING = `name ${VALUE} basis province version validFrom setBy setAt reason inForce`;
const SET = `mutation($input: SetSettingInput!) { setSetting(input: $input) { setting { ${SETTING} } userErrors { code field } } }`;
const READ = `query($province: String, $history: Boolean! = false) { settings(province: $province, history: $history) { ${SETTING} } }`;

interface Shown {
  readonly name: string;
  readonly value: { number: number | null };
  readonly version: number;
  readonly setBy: string | null;
}
interface Set {
  readonly setSetting: { setting: Shown | null; userErrors: { code: string; field: string[] }[] };
}

eachDatabase('The settings', (databases) => {
  let world: World;
  let keys = 0;
  beforeAll(async () => {
    world = await startWorld({ databases, wiring: 'in one process', now });
    await story.openGardens(world);
  });
  afterAll(() => world.close());

  const input = (changes: object) => ({
    idempotencyKey: `set-${keys++}`, name: 'REINSTATEMENT_MONTHS', value: { number: 6 }, validFrom: '2026-11-23', ...changes,
  }); // prettier-ignore
  const set = async (viewer: ViewerSpec, changes: object) =>
    (await world.data<Set>(viewer, SET, { input: input(changes) })).setSetting;
  const read = async (viewer: ViewerSpec, variables: object = {}) =>
    (await world.data<{ settings: Shown[] }>(viewer, READ, variables)).settings;
  const months = async (viewer: ViewerSpec, variables: object = {}) =>
    (await read(viewer, variables)).find(({ name }) => name === 'REINSTATEMENT_MONTHS')!;

  it('are the defaults at first, for every clerk alike', async () => {
    for (const viewer of [ministry, zhejiang, hangzhou, deciding, garden]) {
      const shown = await read(viewer);
      expect([shown.length, shown.every(({ setBy }) => setBy === null)]).toEqual([
        6 + DEADLINE_RULES.length + STATED_BUDGETS.length,
        true,
      ]);
    }
  });

  it('of a province are read by its own clerks at every level, over the nation’s', async () => {
    const { setting } = await set(ministry, { value: { number: 18 }, reason: '全国试行' });
    const none = { flag: null, windows: null, deadline: null };
    expect(setting).toEqual({
      name: 'REINSTATEMENT_MONTHS', value: { ...none, number: 18 }, basis: 'MINISTRY', province: null, version: 1, validFrom: '2026-11-23',
      setBy: 'ministry-1', setAt: '2026-11-23T02:00:00.000Z', reason: '全国试行', inForce: true,
    }); // prettier-ignore
    expect((await set(zhejiang, { value: { number: 6 } })).setting).toMatchObject({
      basis: 'PROVINCE', province: '330000', version: 2, setBy: 'province-33', reason: null, inForce: true,
    }); // prettier-ignore
    for (const viewer of [zhejiang, hangzhou, deciding, garden])
      expect((await months(viewer)).value.number).toBe(6);
    for (const viewer of [ministry, hubei, xiantao]) expect((await months(viewer)).value.number).toBe(18);
    expect((await months(garden, { province: '000000' })).value.number).toBe(18);
    expect((await months(ministry, { province: '330000' })).value.number).toBe(6);
  });

  it('of a later day do not hold yet, and the history has them all', async () => {
    expect((await set(zhejiang, { value: { number: 9 }, validFrom: '2026-11-24' })).setting).toMatchObject({
      version: 3,
      inForce: false,
    });
    const history = (await read(deciding, { history: true })).filter(({ name }) => name === 'REINSTATEMENT_MONTHS');
    expect(history.map(({ version, value }) => [version, value.number])).toEqual([[3, 9], [2, 6], [1, 18], [0, 12]]);
  }); // prettier-ignore

  it('are a deadline’s versions from 1001 on, every province’s counted together', async () => {
    const value = { deadline: { length: 7, unit: 'WORKING_DAYS' } };
    const name = 'DEADLINE_TRANSFER';
    expect((await set(zhejiang, { name, value, reason: '省实施细则' })).setting).toMatchObject({
      version: 1001,
    });
    expect(
      (await set(ministry, { name, value, reason: '湖北来函', province: '420000' })).setting,
    ).toMatchObject({
      version: 1002,
      province: '420000',
      basis: 'PROVINCE',
      setBy: 'ministry-1',
    });
    expect(await set(hubei, { name, value })).toEqual({
      setting: null,
      userErrors: [{ code: 'SETTING_REASON_NEEDED', field: ['reason'] }],
    });
  });

  it('of windows come back as they were given', async () => {
    const windows = [{ from: '12-15', until: '02-29', scope: 'CROSS_PROVINCE' }];
    const { setting } = await set(zhejiang, { name: 'TRANSFER_CLOSED', value: { windows } });
    expect(setting!.value).toEqual({ flag: null, number: null, windows, deadline: null });
    const { setting: none } = await set(zhejiang, { name: 'TRANSFER_CLOSED', value: { windows: [] } });
    expect(none!.value).toEqual({ flag: null, number: null, windows: [], deadline: null });
  });

  it.each<[string, ViewerSpec, object, string, string[]]>([
    ['another province’s', zhejiang, { province: '420000' }, 'OUTSIDE_YOUR_AREA', ['province']],
    ['the nation’s, by a province', zhejiang, { province: '000000' }, 'OUTSIDE_YOUR_AREA', ['province']],
    ['those of a city', ministry, { province: '330100' }, 'PROVINCE_UNKNOWN', ['province']],
    ['those of Hong Kong, which is an origin only', ministry, { province: '810000' }, 'PROVINCE_UNKNOWN', ['province']],
    ['those of no province', ministry, { province: '190000' }, 'PROVINCE_UNKNOWN', ['province']],
    ['from a past day', zhejiang, { validFrom: '2026-11-22' }, 'SETTING_IN_THE_PAST', ['validFrom']],
    ['with a value of another kind', zhejiang, { value: { flag: true } }, 'SETTING_VALUE_KIND', ['value']],
    ['without a key', zhejiang, { idempotencyKey: ' ' }, 'REQUIRED', ['idempotencyKey']],
  ])('are not set: %s', async (_, viewer, changes, code, field) => {
    expect(await set(viewer, changes)).toEqual({ setting: null, userErrors: [{ code, field }] });
  }); // prettier-ignore

  it.each([['city', hangzhou], ['county', deciding], ['kindergarten', garden], ['analyst', analyst], ['primary school', school]])(
    'are not set by a %s at all', async (_, viewer) => {
      const { data, errors } = await world.ask<Set>(viewer, SET, { input: input({}) });
      expect([data, errors?.map(({ extensions }) => extensions.code)]).toEqual([{ setSetting: null }, ['FORBIDDEN']]);
    },
  ); // prettier-ignore

  it.each<[string, ViewerSpec, object]>([
    ['of another province, for a province', zhejiang, { province: '420000' }],
    ['of another province, for a county', deciding, { province: '420000' }],
    ['of no province, for a county', deciding, { province: '190000' }],
    ['of no province, for the ministry', ministry, { province: '190000' }],
    ['for an analyst', analyst, {}],
    ['for a primary school', school, {}],
  ])('are not read %s', async (_, viewer, variables) => {
    const { data, errors } = await world.ask(viewer, READ, variables);
    expect([data, errors?.map(({ extensions }) => extensions.code)]).toEqual([
      { settings: null },
      ['FORBIDDEN'],
    ]);
  });

  it('set again under the same key are set once, and another wish under it is refused', async () => {
    const wish = input({ name: 'DEFERRAL_REMINDER_DAYS', value: { number: 45 } });
    const first = await world.data<Set>(zhejiang, SET, { input: wish });
    expect(await world.data<Set>(zhejiang, SET, { input: wish })).toEqual(first);
    expect(await set(zhejiang, { ...wish, value: { number: 46 } })).toEqual({
      setting: null,
      userErrors: [{ code: 'IDEMPOTENCY_KEY_REUSED', field: ['idempotencyKey'] }],
    });
  });

  it('set by many at once take a version each', async () => {
    const wishes = [zhejiang, hubei, ministry, zhejiang].map((viewer, i) =>
      set(viewer, { name: 'GRADUATION_UNDO_DAYS', value: { number: i } }),
    );
    const versions = (await Promise.all(wishes)).map(({ setting }) => setting!.version);
    expect(versions.sort((a, b) => a - b)).toEqual([1, 2, 3, 4]);
  });
});
