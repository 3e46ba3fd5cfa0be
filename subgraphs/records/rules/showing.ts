import { maskDocumentNumber, maskWholly } from '../../../kernel/rules/masking.ts';
import { covers, type Role, type Viewer } from '../../../kernel/rules/viewer.ts';
import type { Application, KeyChanges } from '../model.ts';
import { isHolder } from './sees.ts';

/** Those who compare the end of a number with the paper; whoever stands above them reads no character of it. */
const COMPARES: readonly Role[] = ['KINDERGARTEN', 'COUNTY'];

/**
 * What a correction asks for, as far as the viewer may read it: the kindergarten that applied, its county, and
 * whoever has to decide it while they have. Null for everybody else, and where nothing is corrected.
 */
export function shownChanges(application: Application, { role, area }: Viewer): KeyChanges | null {
  const changes = application.details?.changes;
  const inCharge = (area.level === 'INSTITUTION' || area.level === 'COUNTY') && covers(area, application);
  if (!changes || !(inCharge || isHolder(area, application))) return null;
  const { documentNumber } = changes;
  const mask = COMPARES.includes(role) ? maskDocumentNumber : maskWholly;
  return { ...changes, documentNumber: documentNumber === null ? null : mask(documentNumber) };
}
