/** Who reads what was said about an application, and by whom; who sees the application at all is in sees.ts. Pure. */
import { covers, type Viewer } from '../../../kernel/rules/viewer.ts';
import type { Application } from '../model.ts';
import { comesFrom, isHolder } from './sees.ts';

/** Whoever stands above the county reads nothing of a child's papers, so nothing somebody wrote either. */
const isAbove = ({ area: { level } }: Viewer) => level !== 'COUNTY' && level !== 'INSTITUTION';

export const hasApplied = ({ applicantLevel, applicantCode }: Application, { area }: Viewer): boolean =>
  applicantLevel === area.level && applicantCode === area.code;

/** It asked for a child that it did not get: the refusal is addressed to it, whoever has the child. */
const wasTurnedDown = (application: Application, viewer: Viewer) =>
  hasApplied(application, viewer) &&
  (application.kind === 'TRANSFER' || application.kind === 'ENROLMENT') &&
  application.state !== 'APPROVED';

/** A party reads everything until it is decided; afterwards whoever has the child, and the county that has decided. */
const isConcerned = (application: Application, viewer: Viewer, hasRecord: boolean) =>
  application.task !== null ||
  hasRecord ||
  (viewer.area.level === 'COUNTY' && covers(viewer.area, application)) ||
  wasTurnedDown(application, viewer);

/** Nobody decided it but the system; what the system says, it says to the applicant. */
const isSystems = ({ decidedBy }: Application) => decidedBy?.startsWith('system:') ?? false;

/** The reason of a decision. `hasRecord`: the record is in the viewer's area now. */
export function readsReason(application: Application, viewer: Viewer, hasRecord: boolean): boolean {
  const { area, account } = viewer;
  if (isHolder(area, application) || application.decidedBy === account) return true;
  if (isAbove(viewer)) return hasApplied(application, viewer);
  return isConcerned(application, viewer, hasRecord) || isSystems(application);
}

/** Papers, and the accounts of others. */
export const readsPapers = (application: Application, viewer: Viewer, hasRecord: boolean): boolean =>
  isAbove(viewer) || isConcerned(application, viewer, hasRecord) || application.decidedBy === viewer.account;

/** What the applicant says in its own words. */
export const readsStatement = (application: Application, viewer: Viewer, hasRecord: boolean): boolean =>
  hasApplied(application, viewer) || readsReason(application, viewer, hasRecord);

/** What the sending kindergarten remarks on its objection: its own, and for those who decide over it. */
export function readsRemark(application: Application, { area, account }: Viewer): boolean {
  if (isHolder(area, application) || application.decidedBy === account) return true;
  if (area.level === 'INSTITUTION') return application.fromInstitutionCode === area.code;
  return area.level === 'COUNTY' && (covers(area, application) || comesFrom(area, application));
}

/** A line of the history: above the county, nobody but whoever wrote it. */
export const readsEvent = ({ account }: { account: string | null }, viewer: Viewer): boolean =>
  !isAbove(viewer) || account === viewer.account;
