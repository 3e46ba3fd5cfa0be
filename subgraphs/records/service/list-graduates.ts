import type { UserError } from '../../../kernel/rules/user-errors.ts';
import { today } from '../../../kernel/rules/plain-date.ts';
import type { Area, Viewer } from '../../../kernel/rules/viewer.ts';
import type { Placement, Record } from '../model.ts';
import { listingErrors } from '../rules/graduation.ts';
import type { Deps } from './deps.ts';
import { neighbours } from './neighbours.ts';

/** One child of a kindergarten at the end of a school year: it would graduate where no reason speaks against it. */
export interface Candidate {
  /** The open placement's id. */
  readonly id: string;
  readonly placement: Placement;
  readonly record: Record;
  readonly reasons: readonly UserError[];
}

/** Judges the children of these open placements, in their order. */
export async function candidatesOf(
  { queries, peers, now }: Deps,
  viewer: Viewer,
  placements: readonly Placement[],
  schoolYear: number,
): Promise<Candidate[]> {
  const ids = placements.map(({ recordId }) => recordId);
  const [records, undecided, classes] = await Promise.all([
    queries.recordsById(ids),
    queries.undecidedAmong(ids),
    neighbours.classes(
      peers,
      placements.map(({ classId }) => classId),
    ),
  ]);
  const byId = new Map(records.map((record) => [record.id, record]));
  const common = { today: today(now()), account: viewer.account, role: viewer.role };
  return placements.flatMap((placement) => {
    const record = byId.get(placement.recordId);
    if (!record) return [];
    const { classLevel, classId } = placement;
    const classYear = classes.get(classId)?.schoolYear ?? null;
    const { bornOn, status } = record;
    const deferred = status === 'DEFERRED';
    const province = placement.provinceCode;
    const yearEnd = { schoolYear, classLevel, classYear, bornOn, province, deferred };
    const reasons = listingErrors(status, { ...common, undecided: undecided.has(record.id), yearEnd });
    return [{ id: placement.id, placement, record, reasons }];
  });
}

const AT_ONCE = 500;

/** Every child of a kindergarten, judged. */
export async function allCandidates(
  deps: Deps,
  viewer: Viewer,
  area: Area,
  schoolYear: number,
): Promise<Candidate[]> {
  const all: Candidate[] = [];
  let after: string | null = null;
  for (;;) {
    const page: Placement[] = await deps.queries.openPlacements(area, AT_ONCE, after);
    all.push(...(await candidatesOf(deps, viewer, page, schoolYear)));
    if (page.length < AT_ONCE) return all;
    after = page.at(-1)!.id;
  }
}
