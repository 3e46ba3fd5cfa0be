import type { UserError } from '../../../kernel/rules/user-errors.ts';
import { userError } from '../../../kernel/rules/user-errors.ts';
import type { Role } from '../../../kernel/rules/viewer.ts';
import { APPLICATION_STATE, holderOf, type Application, type RecordStatus } from '../model.ts';
import type { Facts } from './facts.ts';
import { PARTIES, rowOf, statusErrors, type Asked, type LifecycleAction } from './lifecycle.ts';
import { unmet, type Need } from './needs.ts';

/** Is the act this role's? The graph refuses other roles before, this holds for every other way in. */
export function roleErrors(action: LifecycleAction, role: Role, asked: Asked | null = null): UserError[] {
  const { by, zh } = rowOf(action, asked);
  if ((PARTIES[by].roles as readonly Role[]).includes(role)) return [];
  return [userError('NOT_YOUR_ACT', [], { action: `${zh} ${action}`, by: `${PARTIES[by].zh} ${by}`, role })];
}

/** Why the act may not happen; empty when it may. Pure: no clock, no chance, no database. */
export function decide(
  action: LifecycleAction,
  status: RecordStatus | null,
  facts: Facts,
  asked: Asked | null = null,
): UserError[] {
  const foreign = roleErrors(action, facts.role, asked);
  if (foreign.length > 0) return foreign;
  const closed = statusErrors(action, status, asked);
  if (closed.length > 0) return closed;
  const { needs } = rowOf(action, asked);
  // Whose turn it is not is told so, and nothing else about an act that is not theirs.
  const waiting = unmet(
    needs.filter((need) => TURN.has(need)),
    facts,
  );
  return waiting.length > 0 ? waiting : unmet(needs, facts);
}

const TURN: ReadonlySet<Need> = new Set(['HOLDER', 'APPLICANT']);

const DECIDED = ['APPROVED', 'REFUSED', 'WITHDRAWN'];

/** The same for an act on an application: one that is decided stays decided, and says by what. */
export function decideApplication(
  action: LifecycleAction,
  application: Application,
  status: RecordStatus,
  facts: Facts,
): UserError[] {
  const foreign = roleErrors(action, facts.role, application);
  if (foreign.length > 0) return foreign;
  if (DECIDED.includes(application.state)) {
    return [
      userError('ALREADY_DECIDED', ['applicationId'], { state: APPLICATION_STATE[application.state].zh }),
    ];
  }
  return decide(action, status, { ...facts, ...factsOf(application) }, application);
}

/** What an application itself tells a decision. */
export function factsOf(application: Application) {
  const { submittedBy, applicantLevel, applicantCode, details } = application;
  return {
    submittedBy,
    submittedBefore: details?.submittedBefore ?? [],
    applicant: { level: applicantLevel, code: applicantCode },
    holder: holderOf(application),
    details,
  };
}
