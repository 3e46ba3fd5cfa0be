import { compare, isPlainDate } from '../../../../kernel/rules/plain-date.ts';
import { userError, type UserError } from '../../../../kernel/rules/user-errors.ts';
import type { CancellationReason, EvidenceKind } from '../../model.ts';
import { proofMissing } from '../evidence.ts';
import type { Facts } from '../facts.ts';
import type { NeedRow } from '../needs.ts';

/** What proves each reason. */
const PROOFS: Readonly<Record<CancellationReason, readonly EvidenceKind[]>> = {
  DEATH: ['DEATH_CERTIFICATE'],
  PROVEN_DUPLICATE: ['DUPLICATE_PROOF'],
  // The proof is in the case.
  RULED: [],
};

/** What a cancellation asks: Measure 1.3, practice 2.1 and 2.4. */
export const CANCELLATION_NEEDS = {
  RIGHT_APPLICANT: {
    zh: '由幼儿园申请；除死亡外，持 G 号的由省级申请，教育部决定',
    en: 'asked by the kindergarten; with a G number, but for a death, by the province, and decided by the ministry',
    unmet: ({ role, cancellationReason: reason, formalNumber }) => {
      if (role === 'PROVINCE')
        return formalNumber === true && reason !== 'DEATH' ? null : userError('PROVINCE_FOR_G_NUMBERS');
      return formalNumber === true && reason !== 'DEATH'
        ? userError('G_NUMBER_BY_PROVINCE', ['reason'])
        : null;
    },
  },
  CANCELLATION_DAY: {
    zh: '日期不早于本段在园开始（已离园的为离园日期），且不晚于今天',
    en: 'a day not before the open stay began, or the last one ended, and not in the future',
    unmet: ({ on, stayFrom, leftOn, today }) => {
      if (on === undefined || !isPlainDate(on)) return userError('DATE_IMPOSSIBLE', ['on']);
      const from = stayFrom ?? leftOn;
      const fits = (from === undefined || compare(on, from) >= 0) && compare(on, today) <= 0;
      return fits ? null : userError('DATE_OUTSIDE_STAY', ['on'], { from: from ?? '–', until: today });
    },
  },
  SURVIVOR: {
    zh: '证实重复的，指明保留的另一份学籍，其未注销',
    en: 'of a duplicate, another record that goes on and is not cancelled itself',
    unmet: (facts) => {
      if (facts.cancellationReason !== 'PROVEN_DUPLICATE') return notMeant(facts);
      // Whoever has no proof to show is told nothing about another record.
      const unproven = facts.evidence !== undefined && proofMissing(facts.evidence, PROOFS.PROVEN_DUPLICATE);
      return unproven && facts.survivor !== undefined ? null : survivorError(facts);
    },
  },
  G_DUPLICATE_BY_MINISTRY: {
    zh: '除死亡外，学籍持 G 号的，由教育部决定',
    en: 'but for a death, a record with a G number is ended by the ministry, also where it got that number meanwhile',
    unmet: ({ role, cancellationReason: reason, formalNumber }) =>
      formalNumber === true && reason !== undefined && reason !== 'DEATH' && role !== 'MINISTRY'
        ? userError('G_NUMBER_BY_PROVINCE')
        : null,
  },
  RULED_SO: {
    zh: '以裁定为由的，须有尚未执行的注销裁定',
    en: 'where a ruling is the reason, one that orders it and was not done yet',
    unmet: ({ cancellationReason, ordered }) =>
      cancellationReason === 'RULED' && ordered === false
        ? userError('PROBLEM_NOT_ORDERED', ['reason'])
        : null,
  },
  CANCELLATION_PROVEN: {
    zh: '死亡证明，或重复学籍佐证；裁定须注销的不另需',
    en: 'a death certificate, or proof of the duplicate; a ruling needs none beside it',
    unmet: ({ cancellationReason: reason, evidence }) =>
      reason && PROOFS[reason].length > 0 ? proofMissing(evidence, PROOFS[reason]) : null,
  },
} satisfies Record<string, NeedRow>;

const refusal = (code: 'DUPLICATE_NOT_NAMED' | 'DUPLICATE_UNKNOWN' | 'DUPLICATE_SAME' | 'DUPLICATE_ENDED') =>
  userError(code, ['duplicateOf']);

function survivorError({ survivor, recordId }: Facts): UserError | null {
  if (survivor === undefined) return refusal('DUPLICATE_NOT_NAMED');
  if (survivor === null) return refusal('DUPLICATE_UNKNOWN');
  if (survivor.id === recordId) return refusal('DUPLICATE_SAME');
  return survivor.goesOn ? null : refusal('DUPLICATE_ENDED');
}

const notMeant = ({ survivor }: Facts) =>
  survivor === undefined ? null : userError('DUPLICATE_NOT_MEANT', ['duplicateOf']);
