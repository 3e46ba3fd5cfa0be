import type { ApplicationAct, Case, Peculiar } from './act-on-applications.ts';
import { clockOf } from '../rules/clock.ts';
import { enrolmentWarnings, type Facts } from '../rules/needs.ts';
import { today } from '../../../kernel/rules/plain-date.ts';
import type { Calendar } from '../../../kernel/rules/working-days.ts';
import { calendarFor } from './calendar.ts';
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import type { Placement } from '../model.ts';
import type { Deps } from './deps.ts';
import { neighbours, type ChildAnswer, type ClassAnswer, type InstitutionAnswer } from './neighbours.ts';
import { lastStays, leftOn } from './stays.ts';

interface More {
  readonly institutions: ReadonlyMap<string, InstitutionAnswer>;
  readonly classes: ReadonlyMap<string, ClassAnswer>;
  readonly children: ReadonlyMap<string, ChildAnswer>;
  readonly taken: ReadonlyMap<string, number>;
  readonly calendar: Calendar;
  readonly stays: ReadonlyMap<string, Placement>;
}

const classOf = (act: ApplicationAct, present: string) => act.classId ?? present;

/** Resubmission: the kindergarten may correct the class and the entry date before it asks again. */
export function resubmission(
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
      const [institutions, classes, children, stays, calendar] = await Promise.all([
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
        calendarFor(queries, 'ENROLMENT'),
      ]);
      return {
        institutions,
        classes,
        children,
        stays,
        taken: await queries.headcountsOfClasses([...classes.keys()]),
        calendar,
      };
    },
    facts,
    effect(one, more) {
      const classId = classOf(one.act, one.application.classId);
      const enteredOn = one.act.enteredOn ?? one.application.enteredOn;
      const { provinceCode } = one.application;
      const clock = clockOf('ENROLMENT', enteredOn, { provinceCode, calendar: more.calendar });
      const warnings = enrolmentWarnings(facts(one, more), clock.dueOn);
      return {
        application: {
          classId,
          enteredOn,
          ...clock,
          submittedAt: now(),
          submittedBy: account,
          decidedAt: null,
          decidedBy: null,
          warnings,
        },
        record: { classId, enteredOn },
      };
    },
  };
}
