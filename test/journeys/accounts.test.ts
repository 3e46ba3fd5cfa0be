import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { ViewerSpec } from '../../clients/cli/demo/viewer-spec.ts';
import { inventedPerson } from '../institutions/accounts/support.ts';
import { eachDatabase } from '../support/databases.ts';
import * as story from '../support/story.ts';
import { startWorld, type World } from '../support/world.ts';

const ministry: ViewerSpec = { account: 'ministry-of-the-story', role: 'MINISTRY' };
const province: ViewerSpec = { account: 'filed-province', role: 'PROVINCE', region: '330000' };
const city: ViewerSpec = { account: 'filed-city', role: 'CITY', region: '330100' };
const county: ViewerSpec = { account: 'filed-county', role: 'COUNTY', region: '330110' };
const garden: ViewerSpec = { account: 'filed-garden', role: 'KINDERGARTEN', institution: story.GARDEN };

/** Everybody is filed by the one before. */
const CHAIN = [ministry, province, city, county, garden] as const;

eachDatabase('Accounts are filed from the ministry down to the kindergarten', (databases) => {
  let world: World;
  let keys = 0;

  beforeAll(async () => {
    world = await startWorld({ databases, wiring: 'in one process' });
    await world.token(ministry);
    await story.openGardens(world);
  });
  afterAll(() => world.close());

  const act = async (as: ViewerSpec, name: string, input: object) => {
    const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
    const answer = await world.data<{
      act: { account: { state: string } | null; userErrors: { code: string }[] };
    }>(
      as,
      `mutation($input: ${type}!) { act: ${name}(input: $input) { account { state } userErrors { code } } }`,
      {
        input: { idempotencyKey: `a-${++keys}`, ...input },
      },
    );
    return { state: answer.act.account?.state, codes: answer.act.userErrors.map(({ code }) => code) };
  };
  const filing = ({ account: name, role, region, institution }: ViewerSpec, serial: number) => ({
    ...{
      name,
      role,
      holderName: '戊己',
      documentKind: 'RESIDENT_ID',
      documentNumber: inventedPerson(700 + serial),
    },
    ...{ areaCode: institution ?? region, duty: role === 'KINDERGARTEN' ? 'REVIEW' : null },
  });
  const status = async (as: ViewerSpec) => (await world.ask(as, '{ viewer { role areaCode } }')).status;
  const certificate = { certificateNumber: 'PX-2026-9', certifiedOn: '2026-10-01', reason: null };

  it('each by the level above, and none has force before the training is shown', async () => {
    for (const [i, filed] of CHAIN.entries()) {
      const above = CHAIN[i - 1];
      if (!above) continue;
      // Not by anybody two levels up; but a province files for counties it runs itself.
      const further = CHAIN[i - 2];
      if (further && filed !== county)
        expect((await act(further, 'openAccount', filing(filed, i))).codes).not.toEqual([]);
      expect(await act(above, 'openAccount', filing(filed, i))).toEqual({ state: 'FILED', codes: [] });
      expect(await status(filed)).toBe(401);
      const activated = await act(above, 'activateAccount', { account: filed.account, ...certificate });
      expect(activated).toEqual({ state: 'ACTIVE', codes: [] });
      await vi.waitFor(async () => expect(await status(filed)).toBe(200), { timeout: 5_000, interval: 250 });
    }
    const { viewer } = await world.data<{ viewer: object }>(garden, '{ viewer { role areaCode } }');
    expect(viewer).toEqual({ role: 'KINDERGARTEN', areaCode: story.GARDEN });
  });

  it('each seen by those above and by nobody beside; a list beyond the area is refused', async () => {
    const names = async (as: ViewerSpec, region: string | null) => {
      const answer = await world.ask<{ accounts: { nodes: { name: string }[] } | null }>(
        as,
        'query($region: String) { accounts(filter: { region: $region }, first: 100) { nodes { name } } }',
        { region },
      );
      const found = answer.data?.accounts?.nodes
        .map(({ name }) => name)
        .filter((name) => name.startsWith('filed-'));
      return found?.sort() ?? answer.errors?.map(({ extensions }) => extensions.code);
    };
    expect(await names(county, null)).toEqual(['filed-county', 'filed-garden']);
    expect(await names(province, '330110')).toEqual(['filed-county', 'filed-garden']);
    for (const region of ['330100', '330106', '330000', '440000'])
      expect([region, await names(county, region)]).toEqual([region, ['FORBIDDEN']]);
    expect(await names(province, '440000')).toEqual(['FORBIDDEN']);
    expect(await names(garden, null)).toEqual(['FORBIDDEN']);
    // One account beyond the area is like one that is not there.
    const one = 'query($name: String!) { account(name: $name) { name } }';
    expect(await world.data(story.otherCounty, one, { name: county.account })).toEqual({ account: null });
    expect(await world.data(city, one, { name: county.account })).toEqual({
      account: { name: county.account },
    });
  });

  it('and sealed by the level above it is out within five seconds, whoever it has filed', async () => {
    const beside = await act(story.otherCounty, 'sealAccount', { account: county.account, reason: '调岗' });
    expect([beside.state, beside.codes.length]).toEqual([undefined, 1]);
    expect(await act(city, 'sealAccount', { account: county.account, reason: '调岗' })).toEqual({
      state: 'SEALED',
      codes: [],
    });
    await vi.waitFor(async () => expect(await status(county)).toBe(401), { timeout: 5_000, interval: 250 });
    expect(await status(garden)).toBe(200);
  });
});
