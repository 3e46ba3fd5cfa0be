import { isAction } from '../../../kernel/rules/actions.ts';
import type { PlainDate } from '../../../kernel/rules/plain-date.ts';
import { userError, type UserError } from '../../../kernel/rules/user-errors.ts';
import { covers, type Viewer } from '../../../kernel/rules/viewer.ts';
import type { Application, Record } from '../model.ts';
import { factsOf, roleErrors } from './decide.ts';
import { LIFECYCLE_ACTIONS, PARTIES, rowOf, statusErrors, type LifecycleAction } from './lifecycle.ts';
import { unmet, type Need } from './needs.ts';

/** Whether an act is open to somebody now, and if not, why; dates, classes and reasons are still to be given. */
export interface Availability {
  readonly action: LifecycleAction;
  readonly open: boolean;
  readonly reasons: readonly UserError[];
}

/** Needs that the record itself answers. The others speak of what the act will say, or of a neighbour's facts. */
const KNOWN_BEFOREHAND: ReadonlySet<Need> = new Set([
  'OTHER_ACCOUNT',
  'HOLDER',
  'APPLICANT',
  'NOTHING_UNDECIDED',
  'OTHER_INSTITUTION',
  'NOT_RETURNED_BEFORE',
  'NUMBER_CONVERTIBLE',
  'NUMBER_IS_G',
  'RIGHT_APPLICANT',
]);

/** Acts that somebody may do, in the table's order; what only the system does is nobody's to be offered. */
const OFFERED = LIFECYCLE_ACTIONS.filter((action) => PARTIES[rowOf(action).by].roles.length > 0);

/** Every act of the table for one viewer and one record, in the table's order. `application`: the undecided one, if there is any. */
export function availableActions(
  viewer: Viewer,
  record: Record,
  application: Application | null,
  today: PlainDate,
): Availability[] {
  const { account, role, area } = viewer;
  const { institutionId: id, institutionCode: code } = record;
  const facts = {
    ...{ today, account, role, area, undecided: application !== null },
    ...(application ? factsOf(application) : {}),
    // Only a kindergarten receives; the others are told so by their role.
    ...(area.level === 'INSTITUTION' ? { institution: { id, code: area.code, status: 'OPEN' } } : {}),
    presentInstitutionCode: code,
    number: record.number,
    // What else a number may become, the neighbour that knows the papers tells.
    ...(record.number?.startsWith('G') ? { nextNumber: null } : {}),
    formalNumber: record.number?.startsWith('G') ?? false,
    // The one reason for which a kindergarten may always ask; that it gives another is told when it does.
    ...(role === 'KINDERGARTEN' ? { cancellationReason: 'DEATH' as const } : {}),
  };
  return OFFERED.map((action) => {
    const reasons = [
      ...roleErrors(action, role, application),
      ...rightErrors(action, viewer),
      ...areaErrors(viewer, record, application),
      ...statusErrors(action, record.status, application),
      ...unmet(toldBy(action, application), facts),
      // There is no input yet that a field could lead to.
    ].map((error) => ({ ...error, field: [] }));
    return { action, open: reasons.length === 0, reasons };
  });
}

const toldBy = (action: LifecycleAction, application: Application | null) =>
  rowOf(action, application).needs.filter((need) => KNOWN_BEFOREHAND.has(need));

/** What the graph would refuse the account, whatever it says. */
const rightErrors = (action: LifecycleAction, { rights }: Viewer): UserError[] =>
  isAction(action) && rights && !rights.includes(action)
    ? [userError('RIGHT_NOT_GIVEN', [], { action })]
    : [];

function areaErrors({ area }: Viewer, record: Record, application: Application | null): UserError[] {
  const own = covers(area, record) || (application !== null && covers(area, application));
  return own ? [] : [userError('OUTSIDE_YOUR_AREA', [], { area: area.code })];
}
