import type { Place, Viewer } from '../../../kernel/rules/viewer.ts';
import { compare, type PlainDate } from '../../../kernel/rules/plain-date.ts';
import { newId } from '../../../kernel/store/ids.ts';
import type { ChildHolder } from '../model.ts';
import type { Deps } from '../service.ts';
import { standingOf } from '../rules/moving.ts';
import { keepMoved } from '../store/institutions-moved.ts';
import { withSuccessors } from './neighbours.ts';
import { moveHolders } from './move-holders.ts';

/** What became of an institution, as far as it concerns whom it holds. */
export interface InstitutionChange {
  readonly id: string;
  readonly institutionCode: string;
  /** Its place among the changes of this institution. */
  readonly seq: number;
  readonly kind: string;
  readonly on: PlainDate;
  readonly to: { readonly institutionCode: string };
}

const HOLDS_PER_TURN = 200;
/** Whoever tells it waits for the answer; what is not done by then is told again and goes on where it stood. */
const TIME_MS = 10_000;

/**
 * Lets changes of institutions reach the children they hold, in order: a moved institution is shown at its new
 * place, a merged one gives its children to what stands in its place today. Answers the changes that are done.
 * What is done already is found done, so all of it may be repeated.
 */
export async function applyInstitutionChanges(
  deps: Deps,
  viewer: Viewer,
  changes: readonly InstitutionChange[],
): Promise<string[]> {
  const until = Date.now() + TIME_MS;
  const done: string[] = [];
  for (const change of changes) {
    const concerned = change.kind === 'MOVED' || change.kind === 'MERGED';
    if (concerned && !(await reach(deps, viewer, change, until))) return done;
    done.push(change.id);
  }
  return done;
}

async function reach(deps: Deps, viewer: Viewer, change: InstitutionChange, until: number): Promise<boolean> {
  const { institutionCode: from, kind, on } = change;
  // Before anything moves: whoever gives it a child from now on finds that it has changed.
  await keepMoved(deps.store, from, change.seq);
  const known = await withSuccessors(deps.peers, [kind === 'MERGED' ? change.to.institutionCode : from]);
  const to = kind === 'MERGED' ? standingOf(change.to.institutionCode, known) : from;
  const place = known.get(to);
  if (!place) return true;
  const away: Place | null = from === to ? place : null;
  for (let after: string | null = null; ;) {
    const holds: ChildHolder[] = await deps.queries.holdsElsewhere(from, away, HOLDS_PER_TURN, after);
    if (holds.length === 0) return true;
    if (Date.now() > until) return false;
    const moves = holds.map(({ childId, movedOn }) => ({
      ...{ childId, fromInstitutionCode: from, toInstitutionCode: to },
      // Who came later than the change goes on the day of coming.
      on: movedOn !== null && compare(movedOn, on) > 0 ? movedOn : on,
    }));
    const { userErrors } = await moveHolders(deps, viewer, newId(), moves);
    if (userErrors.length > 0) return false;
    after = holds.at(-1)!.childId;
  }
}
