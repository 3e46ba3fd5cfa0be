import type { Role, Viewer } from './viewer.ts';

/** Each for its own area. */
const AUTHORITIES = ['COUNTY', 'CITY', 'PROVINCE', 'MINISTRY'] as const;

/** Who files accounts, each one of the level below it; the administrators those of the nation. */
const FILERS = [...AUTHORITIES, 'SYSTEM_ADMIN'] as const;
/** Who gives an account its force and takes it away. */
const GRANTERS = [...AUTHORITIES, 'SECURITY_ADMIN'] as const;

/**
 * Which roles may perform which act (design sections 4 and 6). The access rules of the mutations and
 * `viewer.actions` are read from here; whose area it must be is decided by the act itself.
 */
export const ACTIONS = {
  openInstitution: AUTHORITIES,
  renameInstitution: AUTHORITIES,
  moveInstitution: AUTHORITIES,
  mergeInstitutions: AUTHORITIES,
  beginClosing: AUTHORITIES,
  cancelClosing: AUTHORITIES,
  closeInstitution: AUTHORITIES,
  reorganiseRegions: ['MINISTRY'],
  offerTransfer: ['COUNTY'],
  openClass: ['KINDERGARTEN', 'COUNTY'],
  registerChild: ['KINDERGARTEN'],
  updateChild: ['KINDERGARTEN'],
  childChanges: ['COUNTY'],
  bindGuardian: ['KINDERGARTEN', 'COUNTY'],
  submitEnrolment: ['KINDERGARTEN'],
  // A province asks where a G number is to go, kindergartens for everything else.
  resubmitApplication: ['KINDERGARTEN', 'PROVINCE'],
  withdrawApplication: ['KINDERGARTEN', 'PROVINCE'],
  moveClass: ['KINDERGARTEN'],
  leave: ['KINDERGARTEN'],
  requestTransfer: ['KINDERGARTEN'],
  agreeToTransfer: ['KINDERGARTEN'],
  objectToTransfer: ['KINDERGARTEN'],
  requestCorrection: ['KINDERGARTEN'],
  requestDeferral: ['KINDERGARTEN'],
  freezeGraduation: ['KINDERGARTEN'],
  graduate: ['KINDERGARTEN'],
  undoGraduation: ['COUNTY'],
  promoteClasses: ['KINDERGARTEN'],
  undoPromotion: ['COUNTY'],
  convertNumber: ['COUNTY'],
  requestNumberDeletion: ['PROVINCE'],
  // A province only where a G number is to go.
  requestCancellation: ['KINDERGARTEN', 'PROVINCE'],
  requestReinstatement: ['KINDERGARTEN'],
  // Work that a county lets lie climbs to those above it.
  approveApplication: ['COUNTY', 'CITY', 'PROVINCE', 'MINISTRY'],
  returnApplication: ['COUNTY', 'CITY', 'PROVINCE', 'MINISTRY'],
  refuseApplication: ['COUNTY', 'CITY', 'PROVINCE', 'MINISTRY'],
  openProblemCase: AUTHORITIES,
  answerProblemCase: ['KINDERGARTEN'],
  arbitrateProblemCase: AUTHORITIES,
  setSetting: ['MINISTRY', 'PROVINCE'],
  delays: ['MINISTRY', 'PROVINCE', 'CITY', 'COUNTY'],
  resolveNumber: ['PRIMARY_SCHOOL'],
  requestDataExport: AUTHORITIES,
  approveDataExport: AUTHORITIES,
  refuseDataExport: AUTHORITIES,
  revokeDataExport: AUTHORITIES,
  downloadDataExport: AUTHORITIES,
  openAccount: FILERS,
  activateAccount: GRANTERS,
  changeAccount: GRANTERS,
  sealAccount: GRANTERS,
  reopenAccount: GRANTERS,
  revokeAccount: GRANTERS,
  sealChild: AUTHORITIES,
  unsealChild: AUTHORITIES,
  // No act: the right of named persons to see children under a protection order (ON_REQUEST).
  seeSealedChildren: [...AUTHORITIES, 'KINDERGARTEN', 'PRIMARY_SCHOOL', 'MINISTRY_ANALYST'],
  openBreakGlass: ['COUNTY', 'CITY', 'PROVINCE'],
  reviewBreakGlass: ['CITY', 'PROVINCE', 'MINISTRY'],
  openPrimarySchool: AUTHORITIES,
  offerTakeOver: ['PRIMARY_SCHOOL', 'KINDERGARTEN', 'COUNTY'],
  acceptTakeOver: ['PRIMARY_SCHOOL'],
  acknowledgeTakeOver: ['PRIMARY_SCHOOL'],
  cancelTakeOver: ['PRIMARY_SCHOOL', 'KINDERGARTEN', 'COUNTY'],
  releaseTakeOver: ['PRIMARY_SCHOOL', 'COUNTY'],
  linkLateRecord: ['PRIMARY_SCHOOL'],
  compareRoster: ['PRIMARY_SCHOOL', 'COUNTY'],
  setClientQuota: ['COUNTY', 'PROVINCE'],
  clientUse: ['PRIMARY_SCHOOL', 'COUNTY', 'CITY', 'PROVINCE', 'MINISTRY'],
  recordChanges: ['PRIMARY_SCHOOL', 'COUNTY', 'CITY', 'PROVINCE'],
  enrolmentCounts: ['MINISTRY_ANALYST', 'MINISTRY', 'PROVINCE', 'CITY', 'COUNTY', 'KINDERGARTEN'],
} as const satisfies Record<string, readonly Role[]>;

export type Action = keyof typeof ACTIONS;

/** Rights no account has because of its role: they are given by name, to those whose work needs them. */
export const ON_REQUEST: readonly Action[] = ['seeSealedChildren'];

export function actionsOf(role: Role): Action[] {
  return (Object.keys(ACTIONS) as Action[]).filter((action) =>
    (ACTIONS[action] as readonly Role[]).includes(role),
  );
}

/** May this viewer do it: does its role, and did its account receive the right? */
export const mayAct = ({ role, rights }: Viewer, action: Action): boolean =>
  (ACTIONS[action] as readonly Role[]).includes(role) && (rights?.includes(action) ?? true);

export const isAction = (text: string): text is Action => Object.hasOwn(ACTIONS, text);
