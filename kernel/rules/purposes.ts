/**
 * What personal data is looked at for. Everything that names a child or its family is masked until a purpose is stated
 * (`x-xueji-purpose`), and stays masked for a role that has no work with it. Who may state what, and what it opens, is
 * this table; the law asks for the least that the work needs (最小授权).
 */
import type { Call, Role, Viewer } from './viewer.ts';

export const PURPOSE_HEADER = 'x-xueji-purpose';

/** What tells who somebody is. Sex, birth date and region do not by themselves. */
export const PERSONAL_FIELDS = {
  CHILD_NAME: { zh: '儿童姓名', en: "a child's name" },
  DOCUMENT_NUMBER: { zh: '证件号码', en: 'the number of an identity document' },
  RECORD_NUMBER: { zh: '学籍号', en: 'a record number' },
  GUARDIAN_NAME: { zh: '监护人姓名', en: "a guardian's name" },
  GUARDIAN_PHONE: { zh: '监护人电话', en: "a guardian's phone number" },
} as const;
export type PersonalField = keyof typeof PERSONAL_FIELDS;

/** How a field looks to those it is closed to, and how to those a purpose opens it. */
export interface Look {
  readonly masked: (plain: string) => string;
  readonly open: (plain: string) => string;
}

interface PurposeRule {
  readonly zh: string;
  readonly en: string;
  /** Who may state it. */
  readonly roles: readonly Role[];
  readonly opens: readonly PersonalField[];
  /** Only children that are opened by break-glass, and these for nothing else: so each look at them is logged under it. */
  readonly byBreakGlass?: true;
}

/** Those who work with the child itself; whoever stands above them supervises the work and needs no name for it. */
const CLERKS_AT_WORK = ['KINDERGARTEN', 'COUNTY'] as const;
const WHO_IT_IS = ['CHILD_NAME', 'DOCUMENT_NUMBER', 'RECORD_NUMBER'] as const;
const FAMILY = [...WHO_IT_IS, 'GUARDIAN_NAME'] as const;

export const PURPOSES = {
  ENROLMENT: { zh: '建籍', en: 'enrolment', roles: CLERKS_AT_WORK, opens: FAMILY },
  TRANSFER: { zh: '转园', en: 'transfer', roles: CLERKS_AT_WORK, opens: FAMILY },
  CORRECTION: { zh: '信息更正与变更', en: 'correcting what is stated', roles: CLERKS_AT_WORK, opens: FAMILY },
  VERIFICATION: { zh: '定期核验', en: 'periodic verification', roles: CLERKS_AT_WORK, opens: WHO_IT_IS },
  YEAR_END: { zh: '毕业与升班', en: 'graduation and promotion', roles: CLERKS_AT_WORK, opens: WHO_IT_IS },
  CASE_HANDLING: { zh: '问题学籍处理', en: 'handling a problem case', roles: CLERKS_AT_WORK, opens: FAMILY },
  GUARDIAN_SERVICE: {
    zh: '联系与服务监护人',
    en: 'reaching and serving guardians',
    roles: ['KINDERGARTEN'],
    opens: [...FAMILY, 'GUARDIAN_PHONE'],
  },
  ADMISSION: {
    zh: '小学招生入学',
    en: 'admission to primary school',
    roles: ['PRIMARY_SCHOOL'],
    opens: ['RECORD_NUMBER'],
  },
  EMERGENCY: {
    zh: '紧急情况（限破例查看的儿童）',
    en: 'an emergency; only children opened by break-glass',
    roles: ['COUNTY', 'CITY', 'PROVINCE'],
    opens: [...FAMILY, 'GUARDIAN_PHONE'],
    byBreakGlass: true,
  },
} as const satisfies Readonly<Record<string, PurposeRule>>;

export type Purpose = keyof typeof PURPOSES;
export const PURPOSE_NAMES = Object.keys(PURPOSES) as Purpose[];

const ruleOf = (purpose: Purpose): PurposeRule => PURPOSES[purpose];

export const isPurpose = (text: string): text is Purpose => Object.hasOwn(PURPOSES, text);

/** What the role may state, in the order of the table. */
export function purposesOf(role: Role): Purpose[] {
  return PURPOSE_NAMES.filter((purpose) => ruleOf(purpose).roles.includes(role));
}

/** What the role may state that opens the field of a child it has to do with; nothing that is by break-glass only. */
export function purposesOpening(role: Role, field: PersonalField): Purpose[] {
  return purposesOf(role).filter((purpose) => {
    const { opens: fields, byBreakGlass = false } = ruleOf(purpose);
    return !byBreakGlass && fields.includes(field);
  });
}

/** Does the call open the field of this child? Whether the child is the viewer's to see has been decided before. */
export function opens(
  { viewer, purpose }: Pick<Call, 'viewer' | 'purpose'>,
  field: PersonalField,
  childId: string,
): boolean {
  if (purpose === undefined) return false;
  const { roles, opens: fields, byBreakGlass = false } = ruleOf(purpose);
  if (byBreakGlass !== (breakGlassOver(viewer, childId) !== null)) return false;
  return roles.includes(viewer.role) && fields.includes(field);
}

/** The break-glass that opens a child to the viewer; null where none does. */
export const breakGlassOver = ({ opened = [] }: Viewer, childId: string): string | null =>
  opened.find((one) => one.childId === childId)?.id ?? null;
