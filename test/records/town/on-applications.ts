/** What clerks of the town do with an application that is before them, or of their own. */
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import type { Application, Record } from '../../../subgraphs/records/model.ts';
import type { BatchAnswer, Done } from '../../../subgraphs/records/service/deps.ts';
import type { RecordService } from '../../../subgraphs/records/service.ts';
import { kindergarten, type Town } from './town.ts';

/** Of a graduation the run, of a promotion how many have moved; of everything else the record. */
export type Result = Pick<Done, 'userErrors'> & {
  readonly recordId?: string | null;
  readonly moved?: number;
};
type Answer = BatchAnswer<Result>;
type Call = (key: string) => Promise<Answer>;
export interface Wish {
  readonly action: string;
  readonly call: Call;
}

export interface Crowd {
  readonly town: Town;
  readonly on: RecordService;
  readonly day: () => string;
  readonly random: () => number;
}

export const ownOf = ({ town }: Pick<Crowd, 'town'>, { institutionCode }: Pick<Record, 'institutionCode'>) =>
  kindergarten(town.gardens.find(({ code }) => code === institutionCode)!);

type OnApplication = (crowd: Crowd, application: Application, record: Record) => Wish;

export const provinceOf = (code: string): Viewer => ({
  ...{ account: `province-${code}`, role: 'PROVINCE', area: { level: 'PROVINCE', code } },
});

const ROLES = { NATION: 'MINISTRY', PROVINCE: 'PROVINCE', CITY: 'CITY', COUNTY: 'COUNTY' } as const;

/** Whoever holds it; where that is a kindergarten, the county that will. */
function authorityOf({ holderLevel, holderCode, countyCode }: Application): Viewer {
  const level = holderLevel === null || holderLevel === 'INSTITUTION' ? 'COUNTY' : holderLevel;
  const code = level === holderLevel ? holderCode! : countyCode;
  return { account: `office-${code}`, role: ROLES[level], area: { level, code } };
}

/** A province where it asked, else the kindergarten. */
const applicantOf = (crowd: Crowd, { applicantLevel, applicantCode, institutionCode }: Application) =>
  applicantLevel === 'PROVINCE' ? provinceOf(applicantCode) : ownOf(crowd, { institutionCode });

const byHolder =
  (action: 'approveApplication' | 'returnApplication' | 'refuseApplication'): OnApplication =>
  ({ on }, application) => ({
    action,
    call: (key) =>
      on[`${action}s`](authorityOf(application), key, [{ applicationId: application.id, reason: '核' }]),
  });

const byApplicant =
  (action: 'withdrawApplication' | 'resubmitApplication'): OnApplication =>
  (crowd, application) => ({
    action,
    call: (key) =>
      crowd.on[`${action}s`](applicantOf(crowd, application), key, [{ applicationId: application.id }]),
  });

const bySender =
  (action: 'agreeToTransfer' | 'objectToTransfer'): OnApplication =>
  (crowd, { id: applicationId, institutionCode, fromInstitutionCode }) => ({
    action,
    call: (key) =>
      crowd.on[action](ownOf(crowd, { institutionCode: fromInstitutionCode ?? institutionCode }), key, {
        ...{ applicationId, ground: 'CUSTODY_DISPUTED' },
      }),
  });

/** Everything the authority has before it, up to five at once. */
const approveSome: OnApplication = ({ on }, application) => {
  const viewer = authorityOf(application);
  const { area } = viewer;
  let queue: Promise<Application[]> | null = null;
  return {
    action: 'approveApplication',
    async call(key) {
      const found = await (queue ??= on.applications({ area, heldBy: area }, 'ID', 5, null));
      const acts = found.map(({ id }) => ({ applicationId: id, reason: '核' }));
      return on.approveApplications(viewer, key, acts);
    },
  };
};

const approve = byHolder('approveApplication');
const giveUp = byApplicant('withdrawApplication');
export const ON_APPLICATIONS: { readonly [T in NonNullable<Application['task']>]: readonly OnApplication[] } =
  {
    ANSWER: [
      bySender('agreeToTransfer'),
      bySender('agreeToTransfer'),
      bySender('objectToTransfer'),
      approve,
      giveUp,
    ],
    RELEASE: [approve, approve, byHolder('returnApplication')],
    DECIDE: [
      ...[approve, approve, approve, approve, approve, approveSome],
      ...[byHolder('returnApplication'), byHolder('refuseApplication'), giveUp],
    ],
    COMPLETE: [
      byApplicant('resubmitApplication'),
      byApplicant('resubmitApplication'),
      giveUp,
      byHolder('refuseApplication'),
    ],
  };
