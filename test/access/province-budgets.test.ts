/** Daily budgets are data: the nation or a province lets its accounts take less, from the day it says, in every subgraph. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ViewerSpec } from '../../clients/cli/demo/viewer-spec.ts';
import { budgetOf, type DailyBudget } from '../../kernel/rules/budgets.ts';
import { NATION } from '../../kernel/rules/viewer.ts';
import { keptShortly } from '../../kernel/store/budgets-set.ts';
import { embedded } from '../support/databases.ts';
import { acts, deciding, garden, inventedChild, inventedId, openGardens } from '../support/story.ts';
import { startWorld, type World } from '../support/world.ts';

const FAR_GARDEN = '1144990001';
const province: ViewerSpec = { account: 'province-33', role: 'PROVINCE', region: '330000' };
const ministry: ViewerSpec = { account: 'ministry', role: 'MINISTRY' };
const farCounty: ViewerSpec = { account: 'far-county', role: 'COUNTY', region: '440305' };
const farGarden: ViewerSpec = { ...garden, account: 'far-garden', institution: FAR_GARDEN };

const SET = `mutation($input: SetSettingInput!) { setSetting(input: $input) {
  setting { version } userErrors { code field } } }`;
const OPEN = `mutation($input: OpenInstitutionsInput!) { openInstitutions(input: $input) { results { userErrors { code } } } }`;

describe('A province that sets a budget', () => {
  let world: World;
  let shift = 0;
  let calls = 0;
  let children: string[];
  let far: string[];

  beforeAll(async () => {
    const now = () => new Date(Date.parse('2026-11-02T02:00:00Z') + shift);
    world = await startWorld({ databases: embedded(), wiring: 'in one process', now });
    const story = acts(world, await openGardens(world));
    const code = { code: FAR_GARDEN, name: '远方幼儿园', kind: 'KINDERGARTEN', founder: 'PRIVATE' };
    const where = { urbanRuralClass: '111', region: farCounty.region, openedOn: '2020-09-01' };
    await world.data(farCounty, OPEN, {
      input: { idempotencyKey: 'far-garden', items: [{ ...code, ...where }] },
    });
    const register = async (as: ViewerSpec, serials: number[]) =>
      (
        await story.register(
          as,
          serials.map((n) => inventedChild(n)),
        )
      ).results.map(({ child }) => child!.id);
    children = await register(garden, [1, 3, 5, 7]);
    far = await register(farGarden, [11, 13, 15, 17]);
  });
  afterAll(() => world.close());

  const set = async (as: ViewerSpec, name: string, number: number, changes: object = {}) => {
    const input = { idempotencyKey: `set-${++calls}`, name, value: { number }, validFrom: '2026-11-02' };
    const { setSetting } = await world.data<{
      setSetting: { setting: { version: number } | null; userErrors: { code: string; field: string[] }[] };
    }>(as, SET, { input: { ...input, ...changes } });
    return setSetting.userErrors;
  };
  const reader = (as: ViewerSpec, n: number): ViewerSpec => ({ ...as, account: `${as.account}-reader-${n}` });
  /** How one look at each child in turn ends. */
  const looks = async (as: ViewerSpec, ids: readonly string[]) => {
    const ended: string[] = [];
    for (const id of ids) {
      const { errors } = await world.ask(as, `{ child(id: "${id}") { name } }`);
      ended.push(errors?.[0]?.extensions.code ?? 'ok');
    }
    return ended;
  };

  it('refuses its own accounts the look after the last, and not those of another province', async () => {
    expect(await looks(reader(garden, 1), children)).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect(await set(province, 'BUDGET_UNMASKED_KINDERGARTEN', 3)).toEqual([]);
    shift = 31_000;
    expect(await looks(reader(garden, 2), children)).toEqual(['ok', 'ok', 'ok', 'RATE_LIMITED']);
    expect(await looks(reader(farGarden, 2), far)).toEqual(['ok', 'ok', 'ok', 'ok']);
    const again = await world.ask(reader(garden, 2), `{ child(id: "${children[3]}") { name } }`);
    expect(again.errors?.[0]?.message).toContain('at most 3 a day');
  });

  it('gives it back by setting it anew, and never more than is stated for everybody', async () => {
    expect(await set(province, 'BUDGET_UNMASKED_KINDERGARTEN', 2_001)).toMatchObject([
      { code: 'SETTING_OUT_OF_RANGE', field: ['value', 'number'] },
    ]);
    expect(await set(province, 'BUDGET_UNMASKED_KINDERGARTEN', 2_000)).toEqual([]);
    shift += 31_000;
    expect(await looks(reader(garden, 2), children)).toEqual(['ok', 'ok', 'ok', 'ok']);
  });

  it('is the same in every subgraph that spends: guesses at records, and break-glass at institutions', async () => {
    await set(province, 'BUDGET_LOOKED_UP_COUNTY', 2);
    await set(province, 'BUDGET_BREAK_GLASS_COUNTY', 0);
    shift += 31_000;
    const guess = async (as: ViewerSpec, n: number) => {
      const query = `{ recordByNumber(number: "G${inventedId('2022-10-15', 500 + n)}") { id } }`;
      return (await world.ask(as, query)).errors?.[0]?.extensions.code ?? 'ok';
    };
    const guesses = async (as: ViewerSpec) => [await guess(as, 1), await guess(as, 3), await guess(as, 5)];
    expect(await guesses(deciding)).toEqual(['ok', 'ok', 'RATE_LIMITED']);
    expect(await guesses(farCounty)).toEqual(['ok', 'ok', 'ok']);
    const glass = async (as: ViewerSpec) => {
      const input = { documentKind: 'RESIDENT_ID', documentNumber: inventedId('2022-10-15', 901) };
      const why = { ground: 'MEDICAL', reason: '送医', hours: 1, idempotencyKey: `open-${++calls}` };
      const query = `mutation($input: OpenBreakGlassInput!) { openBreakGlass(input: $input) { userErrors { code } } }`;
      const { data, errors } = await world.ask<{ openBreakGlass: { userErrors: { code: string }[] } }>(
        as,
        query,
        { input: { ...input, ...why } },
      );
      return errors?.[0]?.extensions.code ?? data!.openBreakGlass.userErrors[0]?.code;
    };
    expect([await glass(deciding), await glass(farCounty)]).toEqual(['RATE_LIMITED', 'NOT_FOUND']);
  });

  it('may be bound by the nation, whose figure holds wherever a province has set none', async () => {
    expect(await set(ministry, 'BUDGET_UNMASKED_KINDERGARTEN', 1, { province: NATION.code })).toEqual([]);
    shift += 31_000;
    expect(await looks(reader(farGarden, 3), far)).toEqual(['ok', 'RATE_LIMITED', 'RATE_LIMITED', 'RATE_LIMITED']);
    expect(await looks(reader(garden, 3), children)).toEqual(['ok', 'ok', 'ok', 'ok']);
  }); // prettier-ignore

  it('is kept while records does not answer', async () => {
    await world.down('records');
    shift += 31_000;
    expect(await looks(reader(farGarden, 4), far)).toEqual(['ok', 'RATE_LIMITED', 'RATE_LIMITED', 'RATE_LIMITED']);
    await world.up('records');
  }); // prettier-ignore
});

describe('What was set', () => {
  const set: DailyBudget[] = [{ kind: 'UNMASKED', role: 'COUNTY', most: 7 }];
  const area = { level: 'COUNTY', code: '190101' } as const;

  it('holds for its kind and role alone, and widens nothing', () => {
    expect(budgetOf('UNMASKED', 'COUNTY', set)).toBe(7);
    expect(budgetOf('UNMASKED', 'KINDERGARTEN', set)).toBe(2_000);
    expect(budgetOf('UNMASKED', 'COUNTY', [{ ...set[0]!, most: 9_999 }])).toBe(3_000);
    expect(budgetOf('UNMASKED', 'GUARDIAN', [{ ...set[0]!, role: 'GUARDIAN' }])).toBe(0);
  });

  it('is asked for once in half a minute and area, and refuses all where nobody has ever answered', async () => {
    let at = 0;
    let asked = 0;
    let answers = false;
    const kept = keptShortly(
      () => (asked++, answers ? Promise.resolve(set) : Promise.reject(new Error('dark'))),
      () => new Date(at),
    );
    await expect(kept(area)).rejects.toThrow('dark');
    answers = true;
    expect(await Promise.all([kept(area), kept(area), kept({ ...area, code: '190102' })])).toEqual([set, set, set]);
    expect(asked).toBe(3);
    answers = false;
    at = 29_999;
    await kept(area);
    expect(asked).toBe(3);
    at = 30_000;
    expect(await kept(area)).toEqual(set);
    expect(asked).toBe(4);
  }); // prettier-ignore
});
