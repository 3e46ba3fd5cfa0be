import type { PlainDate } from '../../../kernel/rules/plain-date.ts';
import type { Area, Place } from '../../../kernel/rules/viewer.ts';
import type { RecordStatus } from '../model.ts';

const none = <Zh extends string, En extends string>(zh: Zh, en: En) => ({ code: null, zh, en });

/** Where a request stands; APPROVED until its file is whole. */
export const EXPORT_STATE = {
  REQUESTED: none('待批准', 'waiting for somebody to decide'),
  APPROVED: none('已批准，正在生成', 'approved; its file is being made'),
  READY: none('可下载', 'its file can be downloaded'),
  REFUSED: none('不予批准', 'refused'),
  REVOKED: none('已撤销', 'taken back; its file is gone'),
  EXPIRED: none('已到期', 'past its last day; its file is gone'),
  FAILED: none('未能生成', 'could not be made'),
} as const;
export type ExportState = keyof typeof EXPORT_STATE;

/** How much of a child is left in the file. */
export const EXPORT_PROFILE = {
  STATISTICS: none('统计：只有计数', 'counts of combinations only, small ones left out'),
  PSEUDONYMOUS: none('去标识：以假名代替号码', 'one line a child, pseudonyms instead of numbers'),
  IDENTIFIED: none('可识别：仅限法律明确规定', 'one line a child by name, where a law says so'),
} as const;
export type ExportProfile = keyof typeof EXPORT_PROFILE;

/** Article 18 of the Measure knows two grounds, and no third. */
export const EXPORT_GROUND = {
  LAW: none('法律明确规定', 'a law that says so expressly'),
  GOVERNMENT_APPROVAL: none(
    '县级以上人民政府批准',
    "the approval of a people's government at county level or above",
  ),
} as const;
export type ExportGround = keyof typeof EXPORT_GROUND;

export const EXPORT_FIELD = {
  RECORD_NUMBER: none('学籍号', 'record number'),
  CHILD_NAME: none('姓名', 'name'),
  DOCUMENT: none('证件', 'kind and number of the identity document'),
  SEX: none('性别', 'sex'),
  BIRTH_DATE: none('出生日期', 'birth date'),
  STATUS: none('学籍状态', 'status of the record'),
  ENTERED_ON: none('入园日期', 'first day in the kindergarten'),
  COUNTY: none('县级区划', 'county'),
  INSTITUTION: none('机构标识码', 'institution code'),
  NATIONALITY: none('国籍或地区', 'nationality'),
  ETHNICITY: none('民族', 'ethnic group'),
  HOUSEHOLD_REGION: none('户籍区划', 'region of the household'),
  GUARDIAN_NAME: none('监护人姓名', 'name of the first guardian'),
  GUARDIAN_PHONE: none('监护人电话', 'phone of the first guardian'),
} as const;
export type ExportField = keyof typeof EXPORT_FIELD;
export const EXPORT_FIELDS = Object.keys(EXPORT_FIELD) as ExportField[];

/** Which records: an area and, where it is said, one status of those now in it. */
export interface ExportRows {
  readonly area: Area;
  readonly status: RecordStatus | null;
}

/** Data that somebody outside is to be given: asked for, decided by another, made, and gone again after its term. */
export interface DataExport extends Omit<Place, 'institutionCode'> {
  readonly id: string;
  readonly state: ExportState;
  readonly profile: ExportProfile;
  readonly ground: ExportGround;
  /** The article of the law, or the document of the government. */
  readonly groundReference: string;
  readonly purpose: string;
  readonly recipient: string;
  readonly fields: readonly ExportField[];
  /** Those the approver has let through; null until then. */
  readonly approvedFields: readonly ExportField[] | null;
  readonly areaLevel: Area['level'];
  readonly areaCode: string;
  readonly rowStatus: RecordStatus | null;
  readonly institutionCode: string | null;
  /** The last day of its term. */
  readonly untilOn: PlainDate;
  readonly requestedBy: string;
  readonly requestedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedLevel: Area['level'] | null;
  readonly decidedCode: string | null;
  readonly decidedAt: Date | null;
  /** Why it was refused or taken back. */
  readonly reason: string | null;
  /** What its marks and pseudonyms are made with; kept after its file is gone, so that a leak can be traced. */
  readonly secret: string | null;
  /** The record the file has come to; what is made goes on after it. */
  readonly reachedId: string | null;
  readonly lineCount: number;
  readonly parts: number;
  /** Until when somebody is making it. */
  readonly leaseUntil: Date | null;
  readonly version: number;
}

/** A piece of the file, in order. */
export interface DataExportPart {
  readonly exportId: string;
  readonly part: number;
  readonly body: string;
}

/** The right to fetch the parts for a while, for the account that asked. */
export interface DataExportDownload {
  readonly id: string;
  readonly exportId: string;
  readonly account: string;
  readonly at: Date;
  readonly validUntil: Date;
}
