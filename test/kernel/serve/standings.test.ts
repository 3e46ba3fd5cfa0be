import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DataSource } from '../../../kernel/serve/data-source.ts';
import { SubgraphUnavailable } from '../../../kernel/serve/data-source.ts';
import { createLog } from '../../../kernel/serve/log.ts';
import { GATEWAY, StandingsUnknown, watchStandings } from '../../../kernel/serve/standings.ts';

const clerk = {
  ...{ name: 'county-clerk-1', state: 'ACTIVE', role: 'COUNTY', areaLevel: 'COUNTY', areaCode: '330110' },
  ...{ rights: ['leave', 'an act of next year'], usedOn: null as string | null, opened: [] },
};

/** Institutions as a service hears it: it can go dark, and remembers what it was told. */
function institutions() {
  const told: (readonly string[])[] = [];
  const scene = { dark: false, told, rows: [clerk] };
  const source: DataSource = {
    name: 'institutions',
    ask: ({ query, variables }) => {
      if (scene.dark) return Promise.reject(new SubgraphUnavailable('dark'));
      if (query.startsWith('mutation')) {
        told.push((variables as { input: { names: string[] } }).input.names);
        return Promise.resolve({ data: { noteAccountUse: { noted: 1 } } });
      }
      const rows = query.includes('changedAccountStandings') ? [] : scene.rows;
      return Promise.resolve({ data: { standings: rows } });
    },
    close: () => Promise.resolve(),
  };
  return { scene, source };
}

describe('How accounts stand', () => {
  beforeEach(
    () =>
      void vi.useFakeTimers({
        toFake: ['setInterval', 'clearInterval', 'performance', 'Date'],
        now: new Date('2026-11-23T02:00:00Z'),
      }),
  );
  afterEach(() => void vi.useRealTimers());

  const watched = () => {
    const { scene, source } = institutions();
    return { scene, standings: watchStandings({ source, asker: GATEWAY, log: createLog('test') }) };
  };

  it('is believed for sixty seconds of darkness, and then nobody is let in until institutions is heard again', async () => {
    const { scene, standings } = watched();
    // An act this service has not heard of is no right.
    expect(await standings.of(clerk.name)).toMatchObject({ active: true, rights: ['leave'] });
    scene.dark = true;
    await vi.advanceTimersByTimeAsync(59_000);
    expect(await standings.of(clerk.name)).toMatchObject({ active: true });
    expect(await standings.lately(clerk.name)).toBeUndefined();
    await vi.advanceTimersByTimeAsync(2_000);
    await expect(standings.of(clerk.name)).rejects.toThrow(StandingsUnknown);
    await expect(standings.lately(clerk.name)).rejects.toThrow(StandingsUnknown);
    scene.dark = false;
    expect(await standings.of(clerk.name)).toMatchObject({ active: true });
    await standings.stop();
  });

  it('lets in nobody it has not heard of while institutions is dark', async () => {
    const { scene, standings } = watched();
    scene.dark = true;
    await expect(standings.of('somebody-else')).rejects.toThrow(StandingsUnknown);
    await standings.stop();
  });

  it('tells institutions once a day that an account was used, and again what could not be told', async () => {
    const { scene, standings } = watched();
    const used = async () => standings.used((await standings.of(clerk.name))!);
    await used();
    scene.dark = true;
    await vi.advanceTimersByTimeAsync(3_000);
    expect(scene.told).toEqual([]);
    scene.dark = false;
    await vi.advanceTimersByTimeAsync(1_500);
    expect(scene.told).toEqual([[clerk.name]]);
    await used();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(scene.told).toHaveLength(1);
    // The next day in Beijing.
    await vi.advanceTimersByTimeAsync(86_400_000);
    await used();
    await vi.advanceTimersByTimeAsync(1_500);
    expect(scene.told).toEqual([[clerk.name], [clerk.name]]);
    await standings.stop();
  });
});
