import { compare } from '../../../../kernel/rules/plain-date.ts';
import { userError } from '../../../../kernel/rules/user-errors.ts';
import type { RecordStatus } from '../../model.ts';
import type { Facts } from '../facts.ts';
import type { NeedRow } from '../needs.ts';
import { ENROLMENT_NEEDS } from './enrolment.ts';

const STAYS: readonly (RecordStatus | null | undefined)[] = ['ENROLLED', 'DEFERRED'];

/** A record that will not be in a kindergarten again needs none. */
const whereItStays = ({ unmet }: NeedRow) => ({
  unmet: (facts: Facts) => (STAYS.includes(facts.restored) ? unmet(facts) : null),
});

/** What a reinstatement asks: practice 2.4. */
export const REINSTATEMENT_NEEDS = {
  RESUMABLE: {
    zh: '可以续接：结束之后没有其他在园，机构未变动',
    en: 'it can go on: no stay came later, and the institution is where it was',
    unmet: ({ resumable }) => (resumable === false ? userError('STAY_NOT_RESUMABLE') : null),
  },
  NOT_DECIDED_ABOVE: {
    zh: '不是教育部决定注销的重复学籍',
    en: 'not a duplicate whose G number the ministry decided about',
    unmet: ({ decidedAbove }) => (decidedAbove === true ? userError('G_NUMBER_BY_PROVINCE') : null),
  },
  STILL_LAWFUL: {
    zh: '恢复在园的，机构仍合法办园',
    en: 'where the stay goes on, the institution still operates lawfully',
    ...whereItStays(ENROLMENT_NEEDS.LAWFUL_INSTITUTION),
  },
  CLASS_STILL_THERE: {
    zh: '恢复在园的，班级仍在',
    en: 'where the stay goes on, the class is still there',
    ...whereItStays(ENROLMENT_NEEDS.CLASS_OF_INSTITUTION),
  },
  REINSTATED_IN_TIME: {
    zh: '在本省规定的月数之内',
    en: 'within the months the province gives',
    unmet: ({ reinstateUntil, today }) =>
      reinstateUntil !== undefined && compare(today, reinstateUntil) > 0
        ? userError('REINSTATEMENT_TOO_LATE', [], { until: reinstateUntil })
        : null,
  },
} satisfies Record<string, NeedRow>;
