import { maskDocumentNumber, maskName, maskWholly } from '../../../kernel/rules/masking.ts';
import type { Look, PersonalField } from '../../../kernel/rules/purposes.ts';
import { maskNumber } from '../../../kernel/rules/record-number.ts';
import { covers, type Viewer } from '../../../kernel/rules/viewer.ts';
import type { Application, KeyChanges } from '../model.ts';
import { isHolder } from './sees.ts';

const whole = (plain: string) => plain;

/** How the personal fields of this subgraph look; a document shows even opened no more than its last four characters. */
export const LOOKS = {
  CHILD_NAME: { masked: maskName, open: whole },
  DOCUMENT_NUMBER: { masked: maskWholly, open: maskDocumentNumber },
  RECORD_NUMBER: { masked: maskNumber, open: whole },
} as const satisfies Partial<Record<PersonalField, Look>>;

/**
 * What a correction asks for, for whom it is to be read at all: the kindergarten that applied, its county, and
 * whoever has to decide it while they have. Null for everybody else, and where nothing is corrected.
 */
export function shownChanges(application: Application, { area }: Viewer): KeyChanges | null {
  const changes = application.details?.changes;
  const inCharge = (area.level === 'INSTITUTION' || area.level === 'COUNTY') && covers(area, application);
  return changes && (inCharge || isHolder(area, application)) ? changes : null;
}
