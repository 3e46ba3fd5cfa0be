/** Opens one child to one account for a while; every service knows within seconds, by the feed of standings. */
import type { Peers } from '../../../../kernel/peers.ts';
import type { DocumentKind } from '../../../../kernel/rules/code-sets/document-kind.ts';
import { today } from '../../../../kernel/rules/plain-date.ts';
import type { Viewer } from '../../../../kernel/rules/viewer.ts';
import { appendAudit } from '../../../../kernel/store/audit/append.ts';
import { performBatch } from '../../../../kernel/store/batch.ts';
import { newId } from '../../../../kernel/store/ids.ts';
import { sql } from '../../../../kernel/store/sql.ts';
import type { Account, BreakGlass } from '../../model.ts';
import type { AccountPlace } from '../../rules/accounts/filing.ts';
import { mayOpenBreakGlass, reviewDue, untilOf, type NewBreakGlass } from '../../rules/break-glass.ts';
import type { Deps, Opened } from '../../service.ts';
import { placesOf } from '../accounts/places.ts';

/** Whom it is about is said by the child's paper: nobody knows the id of a child they cannot see. */
export interface BreakGlassWish extends NewBreakGlass {
  readonly documentKind: DocumentKind;
  readonly documentNumber: string;
}

export function openBreakGlass(deps: Deps, viewer: Viewer, idempotencyKey: string, wish: BreakGlassWish) {
  const { store, queries, accounts, glasses, peers } = deps;
  const at = deps.now();
  return performBatch(store, {
    viewer,
    idempotencyKey,
    act: 'openBreakGlass',
    items: [wish],
    async gather() {
      const childId = await childMeant(peers, wish);
      const [account] = await accounts.accountsByName([viewer.account]);
      const [place = null] = await placesOf(queries, account ? [account] : []);
      return { childId, account, place };
    },
    async write(tx, { childId, account, place }): Promise<Opened[]> {
      // First, since it waits for whoever else opens one for this account: then what is counted stays so.
      await tx.set(store.tables.account, { changedAt: at }, sql`name = ${viewer.account}`);
      const open = await glasses.openBreakGlassesIn(tx, viewer.account, at);
      const userErrors = mayOpenBreakGlass(wish, { childId, open: open.length });
      if (userErrors.length > 0) {
        await audit(deps, tx, 'REFUSE_BREAK_GLASS', viewer, null, null, wish.ground);
        return [{ id: null, userErrors }];
      }
      const glass = rowOf(wish, viewer, childId!, account!, place!, at);
      await tx.insert(store.tables.breakGlass, [glass]);
      await audit(deps, tx, 'OPEN_BREAK_GLASS', viewer, glass.id, childId, wish.ground);
      return [{ id: glass.id, userErrors }];
    },
  });
}

const MEANT = `query($kind: DocumentKind!, $number: String!) { childIdOfDocument(kind: $kind, number: $number) }`;

async function childMeant(peers: Peers, { documentKind: kind, documentNumber: number }: BreakGlassWish) {
  const { childIdOfDocument } = await peers.ask<{ childIdOfDocument: string | null }>('children', MEANT, {
    ...{ kind, number },
  });
  return childIdOfDocument;
}

function rowOf(
  { ground, reason, hours }: BreakGlassWish,
  viewer: Viewer,
  childId: string,
  { name: account, holder, role, areaLevel, areaCode }: Account,
  { provinceCode, cityCode, countyCode }: AccountPlace,
  at: Date,
): BreakGlass {
  return {
    ...{ id: newId(at.getTime()), account, holder, role, areaLevel, areaCode },
    ...{ provinceCode: provinceCode ?? '', cityCode, countyCode, childId, ground, reason: reason.trim() },
    ...{ openedAt: at, until: untilOf(at, hours), reviewDueOn: reviewDue(today(at)) },
    ...{ verdict: null, reviewedBy: null, reviewedAt: null, remark: null, version: 1 },
  };
}

/** Also what was refused: whoever tries is to be seen. */
function audit(
  { store }: Deps,
  tx: Parameters<typeof appendAudit>[1],
  action: string,
  { area, account }: Viewer,
  id: string | null,
  childId: string | null,
  reason: string,
) {
  const subject = { subjectType: 'BREAK_GLASS', subjectId: id ?? account, childId, caseId: id };
  return appendAudit(store, tx, [{ action, authority: area.code, ...subject, reason }]);
}
