/** The level above judges a break-glass; one that was not justified ends at once, wherever it has been heard of. */
import type { Viewer } from '../../../../kernel/rules/viewer.ts';
import { appendAudit } from '../../../../kernel/store/audit/append.ts';
import { performBatch } from '../../../../kernel/store/batch.ts';
import { isId } from '../../../../kernel/rules/ids.ts';
import { sql } from '../../../../kernel/store/sql.ts';
import type { BreakGlass } from '../../model.ts';
import { mayReview, type Review } from '../../rules/break-glass.ts';
import type { Deps, Opened } from '../../service.ts';

export function reviewBreakGlass(deps: Deps, viewer: Viewer, idempotencyKey: string, review: Review) {
  const { store, accounts, glasses } = deps;
  const at = deps.now();
  return performBatch(store, {
    viewer,
    idempotencyKey,
    act: 'reviewBreakGlass',
    items: [review],
    async gather() {
      const glass = isId(review.id) ? await glasses.breakGlassById(review.id) : null;
      const [reviewer] = await accounts.accountsByName([viewer.account]);
      return { glass, reviewer: reviewer ?? { holder: '' } };
    },
    async write(tx, { glass, reviewer }): Promise<Opened[]> {
      const userErrors = mayReview(review, glass, reviewer, viewer);
      if (userErrors.length > 0) return [{ id: null, userErrors }];
      const before = glass!;
      const { verdict, remark } = review;
      const after: BreakGlass = {
        ...before,
        ...{ verdict, remark: remark.trim(), reviewedBy: viewer.account, reviewedAt: at },
        until: verdict === 'NOT_JUSTIFIED' && before.until > at ? at : before.until,
      };
      await tx.update(store.tables.breakGlass, [{ before, after }]);
      await tx.set(store.tables.account, { changedAt: at }, sql`name = ${before.account}`);
      await appendAudit(store, tx, [
        {
          ...{ action: 'REVIEW_BREAK_GLASS', authority: viewer.area.code, subjectType: 'BREAK_GLASS' },
          ...{ subjectId: before.id, childId: before.childId, caseId: before.id, reason: verdict },
        },
      ]);
      return [{ id: before.id, userErrors }];
    },
  });
}
