import { today } from '../../../kernel/rules/plain-date.ts';
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import type { Placement } from '../model.ts';
import type { Facts } from '../rules/facts.ts';
import { resubmittedTurn } from '../rules/turns.ts';
import { seatWarnings } from '../rules/warnings.ts';
import type { Case, Peculiar } from './act-on-applications.ts';
import type { Deps } from './deps.ts';
import { neighbours, type ChildAnswer, type ClassAnswer, type InstitutionAnswer } from './neighbours.ts';
import { resubmitted } from './resubmit-enrolment.ts';
import { openStays } from './stays.ts';

interface More {
  readonly institutions: ReadonlyMap<string, InstitutionAnswer>;
  readonly classes: ReadonlyMap<string, ClassAnswer>;
  readonly children: ReadonlyMap<string, ChildAnswer>;
  readonly stays: ReadonlyMap<string, Placement>;
  readonly taken: ReadonlyMap<string, number>;
}

/** Resubmission of a transfer: the class, the first day and the papers may be completed. */
export function transferResubmission({ peers, queries, now }: Deps, { account }: Viewer): Peculiar<More> {
  const facts = ({ act, application, record }: Case, more: More): Partial<Facts> => {
    const classId = act.classId ?? application.classId;
    const found = more.classes.get(classId);
    const child = more.children.get(record.childId);
    const stay = more.stays.get(record.id);
    return {
      institution: more.institutions.get(application.institutionCode) ?? null,
      class: found
        ? { ...found, institutionId: found.institution.id, taken: more.taken.get(classId) ?? 0 }
        : null,
      child: child?.holderCodes.includes(application.institutionCode) ? child : null,
      enteredOn: act.enteredOn ?? application.enteredOn,
      evidence: act.evidence ?? application.evidence,
      presentInstitutionCode: record.institutionCode,
      ...(stay ? { stayFrom: stay.fromOn } : {}),
    };
  };
  return {
    async gather(cases) {
      const classIds = cases.map(({ act, application }) => act.classId ?? application.classId);
      const records = cases.map(({ record }) => record);
      const [institutions, classes, children, stays] = await Promise.all([
        neighbours.institutions(
          peers,
          cases.map(({ application }) => application.institutionCode),
        ),
        neighbours.classes(peers, classIds),
        neighbours.children(
          peers,
          records.map(({ childId }) => childId),
        ),
        openStays(
          { queries },
          records.map(({ id }) => id),
        ),
      ]);
      const taken = await queries.headcountsOfClasses([...classes.keys()]);
      return { institutions, classes, children, stays, taken };
    },
    facts,
    effect(one, more) {
      const { act, application } = one;
      const warnings = seatWarnings({
        today: today(now()),
        account,
        role: 'KINDERGARTEN',
        ...facts(one, more),
      });
      return {
        application: {
          classId: act.classId ?? application.classId,
          enteredOn: act.enteredOn ?? application.enteredOn,
          evidence: act.evidence ?? application.evidence,
          warnings,
          ...resubmitted(now(), account),
        },
        turn: resubmittedTurn(application),
      };
    },
  };
}
