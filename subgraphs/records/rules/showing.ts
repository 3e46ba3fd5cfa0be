import { maskDocumentNumber, maskWholly } from '../../../kernel/rules/masking.ts';
import { maskNumber } from '../../../kernel/rules/record-number.ts';
import { covers, type Role, type Viewer } from '../../../kernel/rules/viewer.ts';
import type { Application, KeyChanges } from '../model.ts';
import { isHolder } from './sees.ts';

/** Those who work with the child and its papers; whoever stands above them reads no character of a number. */
const WORK_WITH_IT: readonly Role[] = ['KINDERGARTEN', 'COUNTY'];

/**
 * What a correction asks for, as far as the viewer may read it: the kindergarten that applied, its county, and
 * whoever has to decide it while they have. Null for everybody else, and where nothing is corrected.
 */
export function shownChanges(application: Application, { role, area }: Viewer): KeyChanges | null {
  const changes = application.details?.changes;
  const inCharge = (area.level === 'INSTITUTION' || area.level === 'COUNTY') && covers(area, application);
  if (!changes || !(inCharge || isHolder(area, application))) return null;
  const { documentNumber } = changes;
  const mask = WORK_WITH_IT.includes(role) ? maskDocumentNumber : maskWholly;
  return { ...changes, documentNumber: documentNumber === null ? null : mask(documentNumber) };
}

/** A record number as the role may read it. */
export const shownNumber = (number: string, role: Role): string =>
  WORK_WITH_IT.includes(role) ? number : maskNumber(number);
