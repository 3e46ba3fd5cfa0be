import { holderOf } from '../model.ts';
import { returnedTurn } from '../rules/turns.ts';
import type { Peculiar } from './act-on-applications.ts';

/** Back to the applicant; who returned it gets it again. */
export const returning: Peculiar<null> = {
  gather: () => Promise.resolve(null),
  facts: () => ({}),
  effect({ application }) {
    const { level, code } = holderOf(application)!;
    const returnedBy = { task: application.task!, level, code };
    return {
      application: { details: { ...application.details, returnedBy } },
      turn: returnedTurn(application),
    };
  },
};
