import { holderOf, type Application, type ApplicationStep } from '../model.ts';
import { placeOf } from './turns.ts';

/** The row of the turn an application has just begun. */
export function stepOf(application: Application, begunOn: string): ApplicationStep {
  const { id: applicationId, steps: seq, task, dueOn } = application;
  const holder = holderOf(application)!;
  return {
    ...{ applicationId, seq, task: task!, holderLevel: holder.level, holderCode: holder.code },
    ...placeOf(application, holder),
    ...{ begunOn, dueOn, endedAt: null, endedOn: null, outcome: null, account: null },
  };
}
