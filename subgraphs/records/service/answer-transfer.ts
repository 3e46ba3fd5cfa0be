import type { ObjectionGround } from '../model.ts';
import { afterAnswer } from '../rules/turns.ts';
import type { ApplicationAct, Peculiar } from './act-on-applications.ts';

export interface Objection extends ApplicationAct {
  readonly ground: ObjectionGround;
  readonly remark?: string | null;
}

/** The sending kindergarten agrees; whoever decides comes next. */
export const agreement: Peculiar<null> = {
  gather: () => Promise.resolve(null),
  facts: () => ({}),
  effect: ({ application, record }) => ({
    application: { details: { ...application.details, answer: 'AGREED' } },
    turn: afterAnswer(application),
    about: { institutionId: record.institutionId },
  }),
};

/** It objects, on a listed ground; that stops nothing, but the decision must say why it is overruled. */
export const objection: Peculiar<null> = {
  gather: () => Promise.resolve(null),
  facts: ({ act }) => ({ remark: (act as Objection).remark ?? null }),
  effect({ act, application, record }) {
    const { ground, remark } = act as Objection;
    const said = { ground, remark: remark?.trim() || null };
    return {
      application: { details: { ...application.details, answer: 'OBJECTED', objection: said } },
      turn: afterAnswer(application),
      about: { institutionId: record.institutionId, reason: said.remark },
    };
  },
};
