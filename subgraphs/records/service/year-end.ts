import type { Area, Viewer } from '../../../kernel/rules/viewer.ts';
import type { Deps } from './deps.ts';
import { freezeGraduation, type NewGraduation } from './freeze-graduation.ts';
import { graduate, type Graduating } from './graduate.ts';
import { candidatesOf, type Candidate } from './list-graduates.ts';
import { promoteClasses, type Promotion } from './promote-classes.ts';
import { undoPromotions, type UndonePromotion } from './undo-promotion.ts';
import { undoGraduation, type UndoingGraduation } from './undo-graduation.ts';

/** What the end of a school year brings, as the service offers it. */
export const yearEndActs = (deps: Deps) => ({
  /** A page of the children of an institution, each judged. */
  async graduationCandidates(
    viewer: Viewer,
    area: Area,
    schoolYear: number,
    limit: number,
    from: string | null,
  ): Promise<Candidate[]> {
    const stays = await deps.queries.openPlacements(area, limit, from);
    return candidatesOf(deps, viewer, stays, schoolYear);
  },
  freezeGraduation: (viewer: Viewer, key: string, wish: NewGraduation) =>
    freezeGraduation(deps, viewer, key, wish),
  graduate: (viewer: Viewer, key: string, graduating: Graduating) => graduate(deps, viewer, key, graduating),
  undoGraduation: (viewer: Viewer, key: string, undoing: UndoingGraduation) =>
    undoGraduation(deps, viewer, key, undoing),
  promoteClasses: (viewer: Viewer, key: string, items: readonly Promotion[], on: string) =>
    promoteClasses(deps, viewer, key, items, on),
  undoPromotions: (viewer: Viewer, key: string, items: readonly UndonePromotion[], reason: string | null) =>
    undoPromotions(deps, viewer, key, items, reason),
});
