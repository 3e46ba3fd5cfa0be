import type { StepOutcome } from '../model.ts';
import type { LifecycleAction, Row } from '../rules/lifecycle.ts';

const OUTCOMES: Readonly<Partial<{ [A in LifecycleAction]: StepOutcome }>> = {
  agreeToTransfer: 'AGREED',
  objectToTransfer: 'OBJECTED',
  returnApplication: 'RETURNED',
  resubmitApplication: 'RESUBMITTED',
  withdrawApplication: 'WITHDRAWN',
  refuseApplication: 'REFUSED',
  approveApplication: 'APPROVED',
};

/** How an act ends the step it is done in. */
export const outcomeOf = ({ action, task }: Row): StepOutcome =>
  action === 'approveApplication' && task === 'RELEASE' ? 'RELEASED' : OUTCOMES[action]!;
