import type { ApplicationAct, Case, Peculiar } from './act-on-applications.ts';
import { dueOn, type Reckoning } from '../rules/clock.ts';
import type { Facts } from '../rules/facts.ts';
import { resubmittedTurn } from '../rules/turns.ts';
import { enrolmentWarnings } from '../rules/warnings.ts';
import { today } from '../../../kernel/rules/plain-date.ts';
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import type { Placement } from '../model.ts';
import type { Deps } from './deps.ts';
import { neighbours, type ChildAnswer, type ClassAnswer, type InstitutionAnswer } from './neighbours.ts';
import { reckoningsFor } from './settings.ts';
import { lastStays, leftOn } from './stays.ts';

interface More {
  readonly institutions: ReadonlyMap<string, InstitutionAnswer>;
  readonly classes: ReadonlyMap<string, ClassAnswer>;
  readonly children: ReadonlyMap<string, ChildAnswer>;
  readonly taken: ReadonlyMap<string, number>;
  readonly reckonings: ReadonlyMap<string, Reckoning>;
  readonly stays: ReadonlyMap<string, Placement>;
}

const classOf = (act: ApplicationAct, present: string) => act.classId ?? present;

/** Resubmission of an enrolment: the kindergarten may correct the class and the entry date before it asks again. */
export function enrolmentResubmission(
  { peers, queries, now }: Deps,
  { account, role }: Pick<Viewer, 'account' | 'role'>,
): Peculiar<More> {
  const facts = (
    { act, application, record }: Case,
    { institutions, classes, children, taken, stays }: More,
  ): Facts => {
    const classId = classOf(act, application.classId);
    const found = classes.get(classId);
    return {
      today: today(now()),
      account,
      role,
      institution: institutions.get(application.institutionCode) ?? null,
      class: found ? { ...found, institutionId: found.institution.id, taken: taken.get(classId) ?? 0 } : null,
      child: children.get(record.childId) ?? null,
      enteredOn: act.enteredOn ?? application.enteredOn,
      ...leftOn(stays, record),
    };
  };
  return {
    async gather(cases) {
      const classIds = cases.map(({ act, application }) => classOf(act, application.classId));
      const [institutions, classes, children, stays, reckonings] = await Promise.all([
        neighbours.institutions(
          peers,
          cases.map(({ application }) => application.institutionCode),
        ),
        neighbours.classes(peers, classIds),
        neighbours.children(
          peers,
          cases.map(({ record }) => record.childId),
        ),
        lastStays(
          { queries },
          cases.map(({ record }) => record),
        ),
        reckoningsFor(queries, [...new Set(cases.map(({ application }) => application.provinceCode))]),
      ]);
      return {
        institutions,
        classes,
        children,
        stays,
        taken: await queries.headcountsOfClasses([...classes.keys()]),
        reckonings,
      };
    },
    facts,
    effect(one, more) {
      const classId = classOf(one.act, one.application.classId);
      const enteredOn = one.act.enteredOn ?? one.application.enteredOn;
      const { provinceCode } = one.application;
      const due = dueOn('ENROLMENT', enteredOn, more.reckonings.get(provinceCode)!);
      const warnings = enrolmentWarnings(facts(one, more), due.dueOn);
      return {
        application: { classId, enteredOn, warnings, ...resubmitted(now(), account) },
        // A record that has been somewhere is still there.
        ...(one.record.number === null ? { record: { classId, enteredOn } } : {}),
        turn: resubmittedTurn(one.application),
      };
    },
  };
}

/** Submitted anew: nobody has decided it yet. */
export const resubmitted = (submittedAt: Date, submittedBy: string) =>
  ({ submittedAt, submittedBy, decidedAt: null, decidedBy: null }) as const;
