import { isId } from '../../../kernel/rules/ids.ts';
import { userError, type UserError } from '../../../kernel/rules/user-errors.ts';
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import { appendAudit } from '../../../kernel/store/audit/append.ts';
import { BATCH_MAX } from '../../../kernel/store/batch.ts';
import type { Child } from '../model.ts';
import { moveErrors, moving, type Move, type MoveFacts } from '../rules/moving.ts';
import type { Deps } from '../service.ts';
import { notMovedSince } from '../store/institutions-moved.ts';
import { writesTo } from '../store/writes.ts';
import { ofChild } from './audited.ts';
import { withSuccessors, type KnownInstitution } from './neighbours.ts';
import { performUnlessRefused } from './unless-refused.ts';

interface Facts extends MoveFacts {
  readonly institutions: ReadonlyMap<string, KnownInstitution>;
  readonly known: readonly Child[];
}

/** Makes the institutions children have moved to their holders and ends the holds they have left; all of them or, when one is refused, none. */
export function moveHolders(
  { store, queries, peers, now }: Deps,
  viewer: Viewer,
  idempotencyKey: string,
  moves: readonly Move[],
): Promise<{ readonly userErrors: readonly UserError[] }> {
  if (moves.length > BATCH_MAX) {
    const tooMany = userError('TOO_MANY_ITEMS', ['moves'], { max: BATCH_MAX, got: moves.length });
    return Promise.resolve({ userErrors: [tooMany] });
  }
  const ids = [...new Set(moves.map(({ childId }) => childId).filter(isId))];
  const refuse = (userErrors: readonly UserError[]) => ({ userErrors });
  return performUnlessRefused<Facts, { readonly userErrors: readonly UserError[] }>(store, {
    viewer,
    idempotencyKey,
    input: { act: 'moveHolders', moves },
    refuse,
    async gather() {
      const codes = moves
        .flatMap(({ toInstitutionCode, fromInstitutionCode }) => [toInstitutionCode, fromInstitutionCode])
        .filter((code) => code !== null);
      const [institutions, known, holders, guardians] = await Promise.all([
        withSuccessors(peers, codes),
        queries.childrenWhole(ids),
        queries.holdsByChild(ids),
        queries.guardiansByChild(ids),
      ]);
      return { institutions, known, holders, guardians, children: new Set(known.map(({ id }) => id)) };
    },
    faults: (facts) => moveErrors(moves, facts),
    async write(tx, facts) {
      await notMovedSince(store, tx, [...facts.institutions.values()]);
      const { holders, guardians } = moving(moves, facts, now());
      const touched = new Set(holders.map(({ childId }) => childId));
      const changes = facts.known
        .filter(({ id }) => touched.has(id))
        .map((child) => ({ before: child, after: child }));
      await tx.update(store.tables.child, changes);
      await writesTo(store, tx).replaceHolders(holders);
      await tx.insert(store.tables.guardian, guardians);
      await appendAudit(
        store,
        tx,
        holders.map(({ childId, countyCode }) => ofChild('moveHolders', childId, countyCode)),
      );
      return { userErrors: [] };
    },
  });
}
