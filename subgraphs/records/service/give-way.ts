import type { Application, ApplicationKind } from '../model.ts';
import { ENDED } from '../rules/turns.ts';
import type { Changes } from './changes.ts';

/** What a kindergarten asks for on its own about a child it has; it holds no child back by asking (Measure 1.4). */
const GIVES_WAY: readonly ApplicationKind[] = ['CORRECTION', 'DEFERRAL', 'REINSTATEMENT'];

/** Who withdraws it, and what its applicant is told. */
export const GIVING_WAY = {
  account: 'system:gave-way',
  reason: '另一机构已申请接收该儿童，本业务自动撤回 / withdrawn: another institution has asked for the child',
} as const;

/** What is told where the county has undone the graduation that a kindergarten asked to be reinstated after. */
export const UNDONE_ANYWAY =
  '毕业已由县级撤销，本业务自动撤回 / withdrawn: the county has undone the graduation';

/** Whether an undecided application ends when another institution asks for the child. */
export const givesWay = (
  { task, kind, applicantLevel, applicantCode }: Application,
  institutionCode: string,
): boolean =>
  task !== null &&
  GIVES_WAY.includes(kind) &&
  applicantLevel === 'INSTITUTION' &&
  applicantCode !== institutionCode;

/** Withdraws them in the same transaction: a record has one undecided application. */
export function giveWay(
  changes: Changes,
  applications: readonly Application[],
  at: Date,
  reason: string = GIVING_WAY.reason,
): void {
  const decision = { decidedAt: at, decidedBy: GIVING_WAY.account, reason };
  for (const one of applications)
    changes.application(
      one,
      { ...one, state: 'WITHDRAWN', ...ENDED, ...decision },
      'WITHDRAWN',
      GIVING_WAY.account,
    );
}
