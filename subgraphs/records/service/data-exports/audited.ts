import type { Audited } from '../../../../kernel/store/audit/entry.ts';
import type { DataExport } from '../../model.ts';

/** The region that answers for the area of an export. */
const authorityOf = ({ areaLevel, areaCode, countyCode }: DataExport): string =>
  areaLevel === 'INSTITUTION' ? countyCode : areaCode;

/** A step of an export, in the chain of the region whose data it is. */
export const ofExport = (action: string, dataExport: DataExport): Audited => ({
  ...{ action, authority: authorityOf(dataExport), subjectType: 'DATA_EXPORT', subjectId: dataExport.id },
  ...{ caseId: dataExport.id, fields: dataExport.approvedFields ?? dataExport.fields },
  reason: dataExport.profile,
});
