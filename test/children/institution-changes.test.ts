import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Peers } from '../../kernel/peers.ts';
import type { Viewer } from '../../kernel/rules/viewer.ts';
import { childService } from '../../subgraphs/children/service.ts';
import type { InstitutionChange } from '../../subgraphs/children/service/apply-institution-changes.ts';
import { openChildStore } from '../../subgraphs/children/store/store.ts';
import { eachDatabase } from '../support/databases.ts';
import { aChild, county, kindergarten, MOON, NOW, service, STAR, SUN } from './support.ts';
import { peersFrom } from '../support/peers.ts';

const at = (countyCode: string) => ({ provinceCode: '330000', cityCode: '330100', countyCode });

eachDatabase('An institution that changes, as far as it holds children', (databases) => {
  let store: Awaited<ReturnType<typeof openChildStore>>;
  let children: ReturnType<typeof childService>;
  let ids: string[];
  const known = new Map<string, object>();
  const peers: Peers = peersFrom({
    ask: () => Promise.reject(new Error('not asked')),
    entities: (_, type, keys) =>
      Promise.resolve(
        (keys as { code: string }[]).map(({ code }) =>
          type === 'Region' ? { code, validTo: null } : (known.get(code) ?? null),
        ) as never,
      ),
  });
  let seq = 1;
  const change = (kind: string, from: string, to: string, on = '2026-08-20'): InstitutionChange => ({
    ...{ seq: ++seq },
    ...{ id: `${kind} ${from}`, institutionCode: from, kind, on, to: { institutionCode: to } },
  });
  const apply = (...changes: InstitutionChange[]) => children.applyInstitutionChanges(service, changes);
  const seen = async ({ area }: Viewer) => (await children.childrenById(area, ids)).length;
  const registered = async (code: string, n: number) => {
    const items = [aChild({}, n)];
    const answer = await children.registerChildren(kindergarten(code), `r-${code}-${n}`, null, items);
    return answer.results[0]!.childId!;
  };

  beforeEach(async () => {
    store = await openChildStore(await databases.fresh('holders'));
    children = childService({ store, peers, now: () => NOW });
    for (const code of [SUN, MOON, STAR])
      known.set(code, { code, status: 'OPEN', ...at('330105'), successor: null });
    ids = [await registered(SUN, 1), await registered(SUN, 2), await registered(MOON, 3)];
  });
  afterEach(() => store.close());

  it('shows them to the county it has moved to, and to the former one no longer', async () => {
    known.set(SUN, { code: SUN, status: 'OPEN', ...at('330106') });
    expect(await apply(change('MOVED', SUN, SUN))).toEqual([`MOVED ${SUN}`]);
    expect([await seen(county('330106')), await seen(county('330105'))]).toEqual([2, 1]);
    const before = await children.childrenWhole(ids);
    await apply(change('MOVED', SUN, SUN));
    expect(await children.childrenWhole(ids)).toEqual(before);
  });

  it('gives them to the one it was merged into, with the guardians it has named', async () => {
    known.set(SUN, { code: SUN, status: 'CLOSED', ...at('330105'), successor: { code: STAR } });
    expect(await apply(change('MERGED', SUN, STAR))).toEqual([`MERGED ${SUN}`]);
    expect([
      await seen(kindergarten(SUN)),
      await seen(kindergarten(STAR)),
      await seen(kindergarten(MOON)),
    ]).toEqual([0, 2, 1]);
    expect((await children.guardiansWithin(kindergarten(STAR).area, ids)).length).toBe(2);
    const before = await children.childrenWhole(ids);
    expect(await apply(change('MERGED', SUN, STAR))).toEqual([`MERGED ${SUN}`]);
    expect(await children.childrenWhole(ids)).toEqual(before);
  });

  it('gives them to what stands today, whichever change is told first', async () => {
    known.set(SUN, { code: SUN, status: 'CLOSED', ...at('330105'), successor: { code: MOON } });
    known.set(MOON, { code: MOON, status: 'CLOSED', ...at('330105'), successor: { code: STAR } });
    await apply(change('MERGED', MOON, STAR));
    await apply(change('MERGED', SUN, MOON));
    expect([
      await seen(kindergarten(SUN)),
      await seen(kindergarten(MOON)),
      await seen(kindergarten(STAR)),
    ]).toEqual([0, 0, 3]);
  });

  it('gives over also a child that came after the day of the merger', async () => {
    await children.moveHolders(service, 'move', [
      { childId: ids[2]!, fromInstitutionCode: MOON, toInstitutionCode: SUN, on: '2026-08-25' },
    ]);
    known.set(SUN, { code: SUN, status: 'CLOSED', ...at('330105'), successor: { code: STAR } });
    await apply(change('MERGED', SUN, STAR));
    expect([await seen(kindergarten(SUN)), await seen(kindergarten(STAR))]).toEqual([0, 3]);
  });

  it('leaves them where they are when it is renamed or begins to close', async () => {
    expect(await apply(change('RENAMED', SUN, SUN), change('STATUS', MOON, MOON))).toEqual([
      `RENAMED ${SUN}`,
      `STATUS ${MOON}`,
    ]);
    expect([await seen(kindergarten(SUN)), await seen(kindergarten(MOON))]).toEqual([2, 1]);
  });
});
