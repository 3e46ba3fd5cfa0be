import type { PlainDate } from '../../../kernel/rules/plain-date.ts';
import { userError, type UserError } from '../../../kernel/rules/user-errors.ts';
import { covers, type Viewer } from '../../../kernel/rules/viewer.ts';
import type { Application, Record } from '../model.ts';
import { roleErrors } from './decide.ts';
import { LIFECYCLE, statusErrors, type LifecycleAction, type Row } from './lifecycle.ts';
import { unmet, type Need } from './needs.ts';

/** Whether an act is open to somebody now, and if not, why; dates, classes and reasons are still to be given. */
export interface Availability {
  readonly action: LifecycleAction;
  readonly open: boolean;
  readonly reasons: readonly UserError[];
}

/** Needs that the record itself answers. The others speak of what the act will say, or of a neighbour's facts. */
const KNOWN_BEFOREHAND: ReadonlySet<Need> = new Set(['OTHER_ACCOUNT']);

/** Every act of the table for one viewer and one record, in the table's order. `application`: the undecided one, if there is any. */
export function availableActions(
  viewer: Viewer,
  record: Record,
  application: Application | null,
  today: PlainDate,
): Availability[] {
  const { account, role } = viewer;
  const facts = { today, account, role, ...(application ? { submittedBy: application.submittedBy } : {}) };
  return LIFECYCLE.map((row) => {
    const reasons = [
      ...roleErrors(row.action, role),
      ...areaErrors(viewer, record),
      ...statusErrors(row.action, record.status),
      ...unmet(toldBy(row), facts),
      // There is no input yet that a field could lead to.
    ].map((error) => ({ ...error, field: [] }));
    return { action: row.action, open: reasons.length === 0, reasons };
  });
}

const toldBy = ({ needs }: Row) => needs.filter((need) => KNOWN_BEFOREHAND.has(need));

function areaErrors({ area }: Viewer, record: Record): UserError[] {
  return covers(area, record) ? [] : [userError('OUTSIDE_YOUR_AREA', [], { area: area.code })];
}
