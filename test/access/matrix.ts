/**
 * The second statement of who may do what, written by hand from the design and the Measure. It imports none of the rules it
 * is to be held against, so that a rule changed by mistake disagrees with it.
 */
import type { ViewerSpec } from '../../clients/cli/demo/viewer-spec.ts';
import { GARDENS, type Garden, type Secret, type SecretKind } from './country.ts';

const CLERKS = ['KINDERGARTEN', 'COUNTY', 'CITY', 'PROVINCE', 'MINISTRY'];

/** Root operations and nested ways in, by the roles that may ask them. */
export const MAY_ASK: Readonly<Record<string, readonly string[]>> = {
  child: CLERKS,
  childByDocument: ['KINDERGARTEN', 'COUNTY'],
  children: CLERKS,
  childChanges: ['COUNTY'],
  record: CLERKS,
  records: CLERKS,
  recordByNumber: ['KINDERGARTEN', 'COUNTY'],
  application: CLERKS,
  applications: CLERKS,
  applicationQueues: CLERKS,
  problemCase: CLERKS,
  problemCases: CLERKS,
  closingList: CLERKS,
  graduationPreview: ['KINDERGARTEN', 'COUNTY'],
  graduationRun: ['KINDERGARTEN', 'COUNTY'],
  graduationRuns: ['KINDERGARTEN', 'COUNTY'],
  delays: ['COUNTY', 'CITY', 'PROVINCE', 'MINISTRY'],
  settings: CLERKS,
  transferOffers: ['KINDERGARTEN'],
  takeOvers: [...CLERKS, 'PRIMARY_SCHOOL'],
  breakGlasses: ['COUNTY', 'CITY', 'PROVINCE', 'MINISTRY', 'AUDITOR'],
  // Counties break the glass, and are above nobody who does.
  breakGlassLooks: ['CITY', 'PROVINCE', 'MINISTRY'],
  dataExports: ['COUNTY', 'CITY', 'PROVINCE', 'MINISTRY', 'AUDITOR'],
  dataExport: ['COUNTY', 'CITY', 'PROVINCE', 'MINISTRY', 'AUDITOR'],
  guardedChildren: ['GUARDIAN'],
  accounts: [
    'COUNTY',
    'CITY',
    'PROVINCE',
    'MINISTRY',
    'AUDITOR',
    'SYSTEM_ADMIN',
    'SECURITY_ADMIN',
    'AUDIT_ADMIN',
  ],
  enrolmentCounts: [...CLERKS, 'MINISTRY_ANALYST'],
  resolveNumber: ['PRIMARY_SCHOOL'],
  resolveByDocument: ['PRIMARY_SCHOOL'],
};

/** Who may try which act; on whom is the property's matter. */
export const MAY_DO: Readonly<Record<string, readonly string[]>> = {
  updateChild: ['KINDERGARTEN'],
  submitEnrolment: ['KINDERGARTEN'],
  requestTransfer: ['KINDERGARTEN'],
  requestDeferral: ['KINDERGARTEN'],
  leave: ['KINDERGARTEN'],
  moveClass: ['KINDERGARTEN'],
  withdrawApplication: ['KINDERGARTEN', 'PROVINCE'],
  returnApplication: ['COUNTY', 'CITY', 'PROVINCE', 'MINISTRY'],
  refuseApplication: ['COUNTY', 'CITY', 'PROVINCE', 'MINISTRY'],
  approveApplication: ['COUNTY', 'CITY', 'PROVINCE', 'MINISTRY'],
  openProblemCase: ['COUNTY', 'CITY', 'PROVINCE', 'MINISTRY'],
  offerTakeOver: ['COUNTY', 'KINDERGARTEN', 'PRIMARY_SCHOOL'],
  sealChild: ['COUNTY', 'CITY', 'PROVINCE', 'MINISTRY'],
  unsealChild: ['COUNTY', 'CITY', 'PROVINCE', 'MINISTRY'],
  openBreakGlass: ['COUNTY', 'CITY', 'PROVINCE'],
};

/** What each purpose opens, and to whom; everything else is masked for everybody. */
const OPENS: Readonly<Record<string, Readonly<Record<string, readonly SecretKind[]>>>> = {
  ENROLMENT: both('CHILD_NAME', 'DOCUMENT_TAIL', 'RECORD_NUMBER', 'GUARDIAN_NAME'),
  TRANSFER: both('CHILD_NAME', 'DOCUMENT_TAIL', 'RECORD_NUMBER', 'GUARDIAN_NAME'),
  VERIFICATION: both('CHILD_NAME', 'DOCUMENT_TAIL', 'RECORD_NUMBER'),
  GUARDIAN_SERVICE: {
    KINDERGARTEN: ['CHILD_NAME', 'DOCUMENT_TAIL', 'RECORD_NUMBER', 'GUARDIAN_NAME', 'GUARDIAN_PHONE'],
  },
};

function both(...kinds: SecretKind[]): Record<string, readonly SecretKind[]> {
  return { KINDERGARTEN: kinds, COUNTY: kinds };
}

export function lies(garden: Garden, { role, region, institution }: ViewerSpec): boolean {
  switch (role) {
    case 'KINDERGARTEN':
      return garden.code === institution;
    case 'COUNTY':
      return garden.county === region;
    case 'CITY':
      return garden.city === region;
    case 'PROVINCE':
      return garden.province === region;
    case 'MINISTRY':
      return true;
    default:
      return false;
  }
}

/** Children under a protection order are there for those only whom somebody has given the right by name. */
export const unveiled = ({ named = [] }: ViewerSpec, { sealed }: { readonly sealed: boolean }): boolean =>
  !sealed || named.some((right) => right === 'seeSealedChildren');

export const reads = (viewer: ViewerSpec, { kind, gardens, sealed }: Secret): boolean =>
  unveiled(viewer, { sealed }) &&
  gardens.some((garden) => lies(garden, viewer)) &&
  (OPENS[viewer.purpose ?? '']?.[viewer.role] ?? []).includes(kind);

const at = (role: ViewerSpec['role'], region: string): ViewerSpec => ({
  account: `${role}-${region}`,
  role,
  region,
});

export const VIEWERS: readonly ViewerSpec[] = [
  ...GARDENS.map(({ code }): ViewerSpec => ({
    account: `reader-${code}`,
    role: 'KINDERGARTEN',
    institution: code,
  })),
  ...[...new Set(GARDENS.map(({ county }) => county))].map((code) => at('COUNTY', code)),
  // Two of those who see sealed children, of the garden that has one and of another county.
  {
    account: 'keeper-garden',
    role: 'KINDERGARTEN',
    institution: GARDENS[0]!.code,
    named: ['seeSealedChildren'],
  },
  { account: 'keeper-county', role: 'COUNTY', region: GARDENS[0]!.county, named: ['seeSealedChildren'] },
  { account: 'keeper-far', role: 'COUNTY', region: GARDENS[2]!.county, named: ['seeSealedChildren'] },
  // A county of the first city, and one of the second, in which nothing was planted.
  at('COUNTY', '330105'),
  at('COUNTY', '440304'),
  at('CITY', '330100'),
  at('CITY', '440300'),
  at('PROVINCE', '330000'),
  at('PROVINCE', '440000'),
  { account: 'MINISTRY', role: 'MINISTRY' },
  { account: 'ANALYST', role: 'MINISTRY_ANALYST' },
  { account: 'SCHOOL', role: 'PRIMARY_SCHOOL', institution: '2133000001' },
  { account: 'AUDITOR', role: 'AUDITOR' },
  { account: 'GUARDIAN', role: 'GUARDIAN' },
  { account: 'SYSTEM', role: 'SYSTEM_ADMIN' },
  { account: 'SECURITY', role: 'SECURITY_ADMIN' },
  { account: 'AUDIT', role: 'AUDIT_ADMIN' },
];

/** The purposes a role states here; every second time it states none. */
export const STATES: Readonly<Record<string, readonly NonNullable<ViewerSpec['purpose']>[]>> = {
  KINDERGARTEN: ['ENROLMENT', 'TRANSFER', 'VERIFICATION', 'GUARDIAN_SERVICE'],
  COUNTY: ['ENROLMENT', 'TRANSFER', 'VERIFICATION'],
  PRIMARY_SCHOOL: ['ADMISSION'],
};
