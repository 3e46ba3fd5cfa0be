import type { UserError } from '../../../kernel/rules/user-errors.ts';
import { userError } from '../../../kernel/rules/user-errors.ts';
import type { Role } from '../../../kernel/rules/viewer.ts';
import { APPLICATION_STATE, type Application, type RecordStatus } from '../model.ts';
import { PARTIES, rowOf, statusErrors, type LifecycleAction } from './lifecycle.ts';
import { unmet, type Facts } from './needs.ts';

/** Is the act this role's? The graph refuses other roles before, this holds for every other way in. */
export function roleErrors(action: LifecycleAction, role: Role): UserError[] {
  const { by, zh } = rowOf(action);
  if (role === by) return [];
  return [userError('NOT_YOUR_ACT', [], { action: `${zh} ${action}`, by: `${PARTIES[by].zh} ${by}`, role })];
}

/** Why the act may not happen; empty when it may. Pure: no clock, no chance, no database. */
export function decide(action: LifecycleAction, status: RecordStatus | null, facts: Facts): UserError[] {
  const foreign = roleErrors(action, facts.role);
  if (foreign.length > 0) return foreign;
  const closed = statusErrors(action, status);
  return closed.length > 0 ? closed : unmet(rowOf(action).needs, facts);
}

const DECIDED = ['APPROVED', 'REFUSED', 'WITHDRAWN'];

/** The same for an act on an application: one that is decided stays decided, and says by what. */
export function decideApplication(
  action: LifecycleAction,
  application: Application,
  status: RecordStatus,
  facts: Facts,
): UserError[] {
  const foreign = roleErrors(action, facts.role);
  if (foreign.length > 0) return foreign;
  if (DECIDED.includes(application.state)) {
    return [
      userError('ALREADY_DECIDED', ['applicationId'], { state: APPLICATION_STATE[application.state].zh }),
    ];
  }
  return decide(action, status, { ...facts, submittedBy: application.submittedBy });
}
