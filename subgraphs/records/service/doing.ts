import type { Role } from '../../../kernel/rules/viewer.ts';
import type { RecordEvent } from '../model.ts';
import type { LifecycleAction } from '../rules/lifecycle.ts';

/** Who does what, when: the part of an event that is the same for a whole batch. */
export interface Doing {
  readonly action: LifecycleAction;
  readonly at: Date;
  readonly account: string;
  readonly role: Role;
}

/** The same where nobody acted but the system: its act is none of the table's. */
export type By = Omit<Doing, 'action' | 'role'> & { readonly action: string };

/** What else a line of history says, where there is more to say. */
export type About = Partial<
  Pick<RecordEvent, 'applicationId' | 'reason' | 'leaveReason' | 'institutionId' | 'effectiveOn' | 'type'>
>;
