import { compare, today } from '../../../kernel/rules/plain-date.ts';
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import type { Placement } from '../model.ts';
import type { Reckoning } from '../rules/clock.ts';
import { resubmittedTurn } from '../rules/turns.ts';
import type { Case, Peculiar } from './act-on-applications.ts';
import type { Deps } from './deps.ts';
import { deferralFacts } from './request-deferral.ts';
import { resubmitted } from './resubmit-enrolment.ts';
import { reckoningsFor } from './settings.ts';
import { openStays } from './stays.ts';

/** Approval of a deferral: the stay goes on, and so does the child's place in the counts. */
export const deferralApproval = ({ now }: Deps): Peculiar<null> => ({
  gather: () => Promise.resolve(null),
  facts: ({ application }) => ({ until: application.details!.until! }),
  effect({ application: { details, enteredOn } }) {
    // A renewal may begin later; until then the deferral before it holds, which is the same status.
    const day = today(now());
    const effectiveOn = compare(enteredOn, day) < 0 ? enteredOn : day;
    return { record: { deferredUntil: details!.until! }, about: { effectiveOn } };
  },
});

interface More {
  readonly stays: ReadonlyMap<string, Placement>;
  readonly reckonings: ReadonlyMap<string, Reckoning>;
}

/** Resubmission of a deferral: both days and the papers may be completed. */
export function deferralResubmission({ queries, now }: Deps, { account }: Viewer): Peculiar<More> {
  const asked = ({ act, application }: Case) => ({
    on: act.enteredOn ?? application.enteredOn,
    until: act.until ?? application.details!.until!,
  });
  const evidenceOf = ({ act, application }: Case) => act.evidence ?? application.evidence;
  return {
    async gather(cases) {
      const records = cases.map(({ record }) => record);
      const [stays, reckonings] = await Promise.all([
        openStays(
          { queries },
          records.map(({ id }) => id),
        ),
        reckoningsFor(queries, [...new Set(records.map(({ provinceCode }) => provinceCode))]),
      ]);
      return { stays, reckonings };
    },
    facts(one, { stays, reckonings }) {
      const { record } = one;
      const stay = stays.get(record.id);
      return {
        ...deferralFacts(record, asked(one), reckonings.get(record.provinceCode)!),
        evidence: evidenceOf(one),
        ...(stay ? { stayFrom: stay.fromOn } : {}),
      };
    },
    effect(one) {
      const { on, until } = asked(one);
      const { application } = one;
      return {
        application: {
          enteredOn: on,
          details: { ...application.details, until },
          evidence: evidenceOf(one),
          ...resubmitted(now(), account),
        },
        turn: resubmittedTurn(application),
      };
    },
  };
}
