import { enumOf } from '../../../../kernel/graph/enums.ts';
import { DOCUMENT_KIND } from '../../../../kernel/rules/code-sets/document-kind.ts';
import { ACCOUNT_ACT, ACCOUNT_DUTY, ACCOUNT_STATE } from '../../model.ts';

export const AccountStateEnum = enumOf(
  'AccountState',
  '账号状态',
  'Whether the holder of an account may act',
  ACCOUNT_STATE,
);
export const AccountDutyEnum = enumOf(
  'AccountDuty',
  '幼儿园账号的岗位',
  'What a kindergarten account is for',
  ACCOUNT_DUTY,
);
export const AccountActEnum = enumOf('AccountAct', '账号业务', 'What was done to an account', ACCOUNT_ACT);
export const AccountRoleEnum = enumOf('AccountRole', '账号角色', 'The role of an account', {
  MINISTRY_ANALYST: { code: null, zh: '部级分析员', en: 'analyst of the ministry: counts only' },
  MINISTRY: { code: null, zh: '教育部', en: 'the ministry' },
  PROVINCE: { code: null, zh: '省级', en: 'a province' },
  CITY: { code: null, zh: '地级', en: 'a city' },
  COUNTY: { code: null, zh: '县级', en: 'a county' },
  KINDERGARTEN: { code: null, zh: '幼儿园', en: 'a kindergarten' },
  PRIMARY_SCHOOL: { code: null, zh: '小学系统', en: 'the system of a primary school' },
  AUDITOR: { code: null, zh: '审计员', en: 'auditor: logs only' },
  SYSTEM_ADMIN: { code: null, zh: '系统管理员', en: 'files the accounts of the nation' },
  SECURITY_ADMIN: { code: null, zh: '安全管理员', en: 'gives them force and takes it away' },
  AUDIT_ADMIN: { code: null, zh: '审计管理员', en: 'looks on' },
});
export const AccountDocumentKindEnum = enumOf(
  'AccountDocumentKind',
  '账号持有人的证件类型',
  'The kind of document the holder of an account shows',
  {
    RESIDENT_ID: DOCUMENT_KIND.RESIDENT_ID,
    RESIDENCE_PERMIT_HMT: DOCUMENT_KIND.RESIDENCE_PERMIT_HMT,
    FOREIGN_PERMANENT_RESIDENT_ID: DOCUMENT_KIND.FOREIGN_PERMANENT_RESIDENT_ID,
    MAINLAND_TRAVEL_PERMIT_HK_MACAU: DOCUMENT_KIND.MAINLAND_TRAVEL_PERMIT_HK_MACAU,
    MAINLAND_TRAVEL_PERMIT_TAIWAN: DOCUMENT_KIND.MAINLAND_TRAVEL_PERMIT_TAIWAN,
    PASSPORT: DOCUMENT_KIND.PASSPORT,
  },
);
