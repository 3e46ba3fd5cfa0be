import { NATION } from '../../../kernel/rules/viewer.ts';
import type { Audited } from '../../../kernel/store/audit/entry.ts';
import type { Institution } from '../model.ts';

/** An act on an institution or one of its classes, in the chain of its county. */
export const ofInstitution = (action: string, { id, countyCode }: Institution): Audited => ({
  ...{ action, authority: countyCode, subjectType: 'INSTITUTION', subjectId: id },
});

export const ofClass = (action: string, id: string, { countyCode }: Institution): Audited => ({
  ...{ action, authority: countyCode, subjectType: 'CLASS', subjectId: id },
});

/** The tree of regions is the nation's. */
export const ofRegionChange = (seq: number): Audited => ({
  ...{
    action: 'reorganiseRegions',
    authority: NATION.code,
    subjectType: 'REGION_CHANGE',
    subjectId: String(seq),
  },
});
