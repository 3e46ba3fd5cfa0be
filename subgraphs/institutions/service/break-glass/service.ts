import { today } from '../../../../kernel/rules/plain-date.ts';
import type { Viewer } from '../../../../kernel/rules/viewer.ts';
import { spendOf, type Spent } from '../../../../kernel/store/budget.ts';
import type { BudgetsOf } from '../../../../kernel/store/budgets-set.ts';
import type { BreakGlass } from '../../model.ts';
import { isOpen, isOverdue, reviewedRoles, type Review } from '../../rules/break-glass.ts';
import type { Deps } from '../../service.ts';
import type { BreakGlassFilter } from '../../store/break-glass.ts';
import { looksUnder } from './looks.ts';
import { openBreakGlass, type BreakGlassWish } from './open.ts';
import { reviewBreakGlass } from './review.ts';

/** Everything about break-glass: its reads as they are, its two acts. */
export function breakGlassService(deps: Deps, budgetsOf: BudgetsOf) {
  const { store, glasses, now } = deps;
  return {
    ...glasses,
    isOpen: (one: BreakGlass) => isOpen(one, now()),
    isOverdue: (one: BreakGlass) => isOverdue(one, today(now())),
    /** One attempt of the day, where one is left. */
    spendBreakGlass: (viewer: Viewer): Promise<Spent> =>
      spendOf(store, viewer, { kind: 'BREAK_GLASS', amount: 1 }, now(), budgetsOf),
    breakGlassFilterOf(viewer: Viewer, unreviewed: boolean, overdue: boolean): BreakGlassFilter {
      const above = { roles: reviewedRoles(viewer), area: viewer.area };
      return {
        account: viewer.account,
        above: viewer.role === 'AUDITOR' ? 'EVERYBODY' : above,
        unreviewed,
        dueBefore: overdue ? today(now()) : null,
      };
    },
    looksUnder: (viewer: Viewer, breakGlassId: string, after: string | null, limit: number) =>
      looksUnder(deps, viewer, breakGlassId, after, limit),
    openBreakGlass: (viewer: Viewer, key: string, wish: BreakGlassWish) =>
      openBreakGlass(deps, viewer, key, wish),
    reviewBreakGlass: (viewer: Viewer, key: string, review: Review) =>
      reviewBreakGlass(deps, viewer, key, review),
  };
}
