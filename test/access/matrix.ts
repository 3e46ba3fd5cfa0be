/**
 * The second statement of who may do what, written by hand from the design and the Measure. It imports none of the rules it
 * is to be held against, so that a rule changed by mistake disagrees with it.
 */
import type { ViewerSpec } from '../../clients/cli/demo/viewer-spec.ts';
import { GARDENS, type Garden, type Planted, type Secret, type SecretKind } from './country.ts';
import {
  GUARDIANS,
  OPENER,
  type PlantedExport,
  type PlantedGlass,
  type Reach,
  type Registers,
} from './registers.ts';

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
  dataExportPart: ['COUNTY', 'CITY', 'PROVINCE', 'MINISTRY'],
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
  reviewBreakGlass: ['CITY', 'PROVINCE', 'MINISTRY'],
  bindGuardian: ['KINDERGARTEN', 'COUNTY'],
  approveDataExport: ['COUNTY', 'CITY', 'PROVINCE', 'MINISTRY'],
  refuseDataExport: ['COUNTY', 'CITY', 'PROVINCE', 'MINISTRY'],
  revokeDataExport: ['COUNTY', 'CITY', 'PROVINCE', 'MINISTRY'],
  downloadDataExport: ['COUNTY', 'CITY', 'PROVINCE', 'MINISTRY'],
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

/** In an emergency whoever has opened a child by break-glass reads all of it but the whole document. */
export const readsOpened = (viewer: ViewerSpec, { kind }: Secret): boolean =>
  viewer.purpose === 'EMERGENCY' && kind !== 'DOCUMENT';

/** Does the whole of it lie within the viewer's area? */
function liesWholly({ county, city, province }: Reach, { role, region }: ViewerSpec): boolean {
  switch (role) {
    case 'COUNTY':
      return county === region;
    case 'CITY':
      return city === region;
    case 'PROVINCE':
      return province === region;
    default:
      return role === 'MINISTRY';
  }
}

/** What leaves is for those in whose area all of it is, and for whoever reads logs. */
export const seesExport = (viewer: ViewerSpec, { reach }: PlantedExport): boolean =>
  viewer.role === 'AUDITOR' || liesWholly(reach, viewer);

/** The level above judges a break-glass and is shown what was looked at: of a county city and province, and so on upwards. */
export const judges = (viewer: ViewerSpec, { opener, reach }: PlantedGlass): boolean =>
  (
    ({ COUNTY: ['CITY', 'PROVINCE'], CITY: ['PROVINCE'], PROVINCE: ['MINISTRY'] }) as Record<
      string,
      readonly string[]
    >
  )[opener.role]!.includes(viewer.role) && liesWholly(reach, viewer);

export const seesGlass = (viewer: ViewerSpec, glass: PlantedGlass): boolean =>
  viewer.role === 'AUDITOR' || viewer.account === glass.opener.account || judges(viewer, glass);

export const hasOpened = ({ account }: ViewerSpec, childId: string, { glasses }: Registers): boolean =>
  glasses.some((glass) => glass.opener.account === account && glass.childId === childId);

export const guards = ({ account }: ViewerSpec, childId: string, { guardians }: Registers): boolean =>
  guardians.some((guardian) => guardian.account === account && guardian.childId === childId);

/** What the log says of a child is for its county, for its guardians and, of looks in an emergency, for whoever judges them. */
export const readsLogOf = (viewer: ViewerSpec, child: Planted, registers: Registers): boolean =>
  guards(viewer, child.childId, registers) ||
  (viewer.role === 'COUNTY' &&
    unveiled(viewer, child) &&
    (hasOpened(viewer, child.childId, registers) || child.holders.some((garden) => lies(garden, viewer))));

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
  ...GUARDIANS,
  OPENER,
  { account: 'SYSTEM', role: 'SYSTEM_ADMIN' },
  { account: 'SECURITY', role: 'SECURITY_ADMIN' },
  { account: 'AUDIT', role: 'AUDIT_ADMIN' },
];

/** The purposes a role states here; every second time it states none. */
export const STATES: Readonly<Record<string, readonly NonNullable<ViewerSpec['purpose']>[]>> = {
  KINDERGARTEN: ['ENROLMENT', 'TRANSFER', 'VERIFICATION', 'GUARDIAN_SERVICE'],
  COUNTY: ['ENROLMENT', 'TRANSFER', 'VERIFICATION', 'EMERGENCY'],
  PRIMARY_SCHOOL: ['ADMISSION'],
};
