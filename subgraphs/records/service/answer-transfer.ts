import type { ObjectionGround } from '../model.ts';
import { afterAnswer } from '../rules/turns.ts';
import { said } from '../rules/needs/text.ts';
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
  facts: ({ act }) => ({ remark: said((act as Objection).remark) }),
  effect({ act, application, record }) {
    const { ground, remark } = act as Objection;
    const objected = { ground, remark: said(remark) };
    return {
      application: { details: { ...application.details, answer: 'OBJECTED', objection: objected } },
      turn: afterAnswer(application),
      about: { institutionId: record.institutionId, reason: objected.remark },
    };
  },
};
