import { isId } from '../../../kernel/rules/ids.ts';
import { isPlainDate, today } from '../../../kernel/rules/plain-date.ts';
import type { UserError } from '../../../kernel/rules/user-errors.ts';
import { admissionFacts } from '../rules/admission.ts';
import { rowOf, statusErrors } from '../rules/lifecycle.ts';
import { isMeant } from '../rules/meant.ts';
import { unmet } from '../rules/needs.ts';
import type { Subject } from '../store/promotions.ts';
import type { Deps } from './deps.ts';
import { digestIn } from './look-up-numbers.ts';

/** Which record is meant: by its id, or by a number it has or had and the birth date that must fit. */
export interface SubjectQuestion {
  readonly recordId?: string | null;
  readonly number?: string | null;
  readonly bornOn?: string | null;
  /** The day of admission; today where left out. */
  readonly admittedOn?: string | null;
}

/** What primary-link must know of a record that a school shall take over. */
export interface SubjectAnswer {
  readonly recordId: string;
  readonly childId: string;
  readonly number: string;
  readonly status: string;
  readonly bornOn: string;
  readonly sex: string;
  readonly enteredOn: string;
  readonly institutionCode: string;
  readonly provinceCode: string;
  readonly cityCode: string | null;
  readonly countyCode: string;
  /** Why it could not be promoted now; empty when it could. */
  readonly userErrors: readonly UserError[];
}

/** The records asked for, in order, in one statement; null where there is none, or where the birth date is another's.
 * A duplicate's number leads to the record that goes on. */
export async function takeOverSubjects(
  { queries, now }: Deps,
  questions: readonly SubjectQuestion[],
): Promise<(SubjectAnswer | null)[]> {
  const digests = questions.map(({ number }) => digestIn(queries, number));
  const ids = questions.flatMap(({ recordId }) => (recordId != null && isId(recordId) ? recordId : []));
  const found = await queries.subjects({
    digests: [...new Set(digests.flatMap((one) => one ?? []))],
    recordIds: [...new Set(ids)],
    childIds: [],
  });
  const day = today(now());
  const byKey = new Map<string, Subject[]>();
  for (const one of found) {
    const key = one.number?.digest ?? one.origin.id;
    byKey.set(key, [...(byKey.get(key) ?? []), one]);
  }
  return questions.map(({ recordId, bornOn, admittedOn }, i) => {
    const subject =
      recordId == null
        ? byKey.get(digests[i] ?? '')?.find((one) => isMeant(one, bornOn ?? ''))
        : byKey.get(recordId)?.[0];
    return subject?.record.number == null ? null : answerOf(subject, day, admittedOn ?? day);
  });
}

function answerOf(subject: Subject, day: string, admittedOn: string): SubjectAnswer {
  const { id: recordId, childId, number, status, bornOn, sex, enteredOn } = subject.record;
  const { institutionCode, provinceCode, cityCode, countyCode } = subject.record;
  const place = { institutionCode, provinceCode, cityCode, countyCode };
  const userErrors = promotionErrors(subject, day, admittedOn);
  return { recordId, childId, number: number!, status, bornOn, sex, enteredOn, ...place, userErrors };
}

/** Why a record may not be promoted; empty when it may. Whose act it is, primary-link has decided. */
export function promotionErrors(
  { record, undecided, stayFrom }: Pick<Subject, 'record' | 'undecided' | 'stayFrom'>,
  day: string,
  on: string,
): UserError[] {
  const closed = statusErrors('promote', record.status);
  if (closed.length > 0) return closed;
  return unmet(rowOf('promote').needs, {
    ...{ today: day, account: '', role: 'SERVICE', undecided, on },
    ...(stayFrom === null ? {} : { stayFrom }),
    admission: admissionFacts(record, isPlainDate(on) ? on : day),
  });
}
