/** Puts a child out of sight of all who have no right to it, here at once and in every neighbour as soon as it is told. */
import { always, type GoesOn } from '../../../kernel/rules/goes-on.ts';
import { isId } from '../../../kernel/rules/ids.ts';
import { sightOf } from '../../../kernel/rules/sight.ts';
import type { UserError } from '../../../kernel/rules/user-errors.ts';
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import { performBatch } from '../../../kernel/store/batch.ts';
import { newId } from '../../../kernel/store/ids.ts';
import { applySeals } from '../../../kernel/store/sealed-children.ts';
import type { ChildSeal } from '../model.ts';
import { maySeal, type Sealing } from '../rules/sealing.ts';
import type { Deps } from '../service.ts';
import { sealQueries } from '../store/seals.ts';

/** What it came to; `everywhere` once each neighbour has taken it in. */
export interface Sealed {
  readonly childId: string | null;
  readonly everywhere: boolean;
  readonly userErrors: readonly UserError[];
}

export function sealing(deps: Deps) {
  const seals = sealQueries(deps.store);
  const act = async (act: ChildSeal['act'], viewer: Viewer, key: string, wish: Sealing): Promise<Sealed> => {
    const { results, userErrors } = await sealOrUnseal(deps, act, viewer, key, wish);
    const [done] = results;
    if (!done?.childId)
      return { childId: null, everywhere: false, userErrors: done?.userErrors ?? userErrors };
    await tellSeals(deps).catch(() => undefined);
    const all = await seals.sealsOf([done.childId]);
    return { ...done, everywhere: all.every(({ toldAt }) => toldAt !== null) };
  };
  return {
    sealChild: (viewer: Viewer, key: string, wish: Sealing) => act('SEAL', viewer, key, wish),
    unsealChild: (viewer: Viewer, key: string, wish: Sealing) => act('UNSEAL', viewer, key, wish),
    sealsOf: seals.sealsOf,
    tellSeals: (goesOn?: GoesOn) => tellSeals(deps, goesOn),
  };
}

interface Done {
  readonly childId: string | null;
  readonly userErrors: readonly UserError[];
}

function sealOrUnseal(
  { store, queries, now }: Deps,
  act: ChildSeal['act'],
  viewer: Viewer,
  idempotencyKey: string,
  wish: Sealing,
) {
  const { childId, ground, reference } = wish;
  const { area, account } = viewer;
  return performBatch(store, {
    viewer,
    idempotencyKey,
    act: act === 'SEAL' ? 'sealChild' : 'unsealChild',
    items: [wish],
    async gather() {
      const ids = isId(childId) ? [childId] : [];
      const [child = null] = await queries.childrenById({ ...sightOf(viewer), opened: [] }, ids);
      const last = (await sealQueries(store).sealsOf(ids)).at(-1) ?? null;
      const [holder] = await queries.holdersByChild(ids);
      return { child, last, countyCode: holder?.countyCode ?? area.code };
    },
    async write(tx, { child, last, countyCode }): Promise<Done[]> {
      const userErrors = maySeal(act, wish, child, last, viewer);
      if (userErrors.length > 0) return [{ childId: null, userErrors }];
      const seq = (last?.seq ?? 0) + 1;
      const seal: ChildSeal = {
        ...{ id: newId(), childId, seq, act, ground, reference: reference.trim() },
        ...{ areaLevel: area.level, areaCode: area.code, account, at: now(), toldAt: null },
      };
      // Of two at once the key of child and seq lets one in; the other decides anew.
      await tx.insert(store.tables.childSeal, [seal]);
      const state = { childId, sealed: act === 'SEAL', seq };
      await applySeals(tx, store.tables, [state], new Map([[childId, countyCode]]));
      return [{ childId, userErrors }];
    },
  });
}

const TOLD = [
  { to: 'records', mutation: 'applySealsToRecords' },
  { to: 'primary-link', mutation: 'applySealsToTakeOvers' },
] as const;
const AT_ONCE = 200;

/** Tells the neighbours what they have not taken in; throws where one of them does not answer, and it stays untold. */
export async function tellSeals(
  { store, peers, now }: Pick<Deps, 'store' | 'peers' | 'now'>,
  goesOn: GoesOn = always,
): Promise<void> {
  const queries = sealQueries(store);
  do {
    const due = await queries.untold(AT_ONCE);
    if (due.length === 0) return;
    const seals = due.map(({ childId, act, seq }) => ({ childId, sealed: act === 'SEAL', seq }));
    for (const { to, mutation } of TOLD) {
      const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
      const query = `mutation($input: ${type}!) { told: ${mutation}(input: $input) { applied } }`;
      await peers.ask(to, query, { input: { idempotencyKey: due.at(-1)!.id, seals } });
    }
    await queries.told(
      due.map(({ id }) => id),
      now(),
    );
  } while (goesOn());
}
