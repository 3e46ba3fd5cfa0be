import { BUDGET_KINDS, STATED_BUDGETS } from '../../../kernel/rules/budgets.ts';
import type { Role } from '../../../kernel/rules/viewer.ts';
import type { DeadlineRule } from '../model.ts';
import { DEADLINES, type Deadline } from './deadlines.ts';
import { budgetSetting, type PlainSetting, type SettingName } from './settings.ts';

/** What kind of value a setting has, and so which field of the input it comes in. */
export type SettingKind = 'flag' | 'number' | 'windows' | 'deadline';

/** What is law and what is a working figure: MEASURE, PRACTICE and ASSUMED of the code, the rest set by people. */
export const SETTING_BASIS = {
  MEASURE: { code: null, zh: '《办法》的规定', en: 'the text of the Measure says so' },
  PRACTICE: { code: null, zh: '沿用中小学做法', en: 'the K-12 rules did so' },
  ASSUMED: { code: null, zh: '暂定数，并无规定', en: 'a working figure; no rule says so' },
  MINISTRY: { code: null, zh: '全国设定', en: 'set for the nation, by the ministry' },
  PROVINCE: { code: null, zh: '本省设定', en: 'set for one province' },
} as const;
export type SettingBasis = keyof typeof SETTING_BASIS;

export interface SettingWords {
  readonly kind: SettingKind;
  readonly basis: SettingBasis;
  readonly zh: string;
  readonly en: string;
  /** For numbers; the lengths of deadlines have bounds of their own. */
  readonly least?: number;
  readonly most?: number;
}

const PLAIN: Readonly<Record<PlainSetting, SettingWords>> = {
  TRANSFER_BOTH_COUNTIES: {
    kind: 'flag', basis: 'ASSUMED', zh: '转园由转出、转入两县核准', en: 'both counties decide a transfer',
  },
  TRANSFER_CLOSED: {
    kind: 'windows', basis: 'ASSUMED', zh: '不受理转园的时段', en: 'windows in which no transfer begins',
  },
  GRADUATION_UNDO_DAYS: {
    kind: 'number', basis: 'ASSUMED', least: 0, most: 366,
    zh: '毕业后可撤销的天数', en: 'days after a graduation in which it may be undone',
  },
  REINSTATEMENT_MONTHS: {
    kind: 'number', basis: 'ASSUMED', least: 1, most: 120,
    zh: '终止后可恢复的月数', en: 'months after its end in which a record may be reinstated',
  },
  DEFERRAL_REMINDER_DAYS: {
    kind: 'number', basis: 'ASSUMED', least: 1, most: 180,
    zh: '缓学到期前提醒的天数', en: 'days before a deferral lapses in which somebody is reminded',
  },
  TERM_ENDS_DAYS_EARLY: {
    kind: 'number', basis: 'ASSUMED', least: 0, most: 92,
    zh: '学年最后一天早于 8 月 31 日的天数', en: 'days before 31 August on which the school year ends; graduation is from that day on',
  },
}; // prettier-ignore

const OF_RULES: Readonly<Record<DeadlineRule, { readonly zh: string; readonly en: string }>> = {
  ENROLMENT: { zh: '入园后建籍的期限', en: 'time to establish a record after entry' },
  ENROLMENT_DECISION: { zh: '县级核准建籍的期限', en: 'time for the county to decide an enrolment' },
  TRANSFER: { zh: '两园转接的期限', en: 'time for both kindergartens to hand over' },
  TRANSFER_DECISION: { zh: '核准转园的期限', en: 'time for a county to decide a transfer' },
  DEFERRAL_DECISION: { zh: '核办缓学的期限', en: 'time for the county to decide a deferral' },
  DEFERRAL: { zh: '缓学的期限', en: 'how long a deferral lasts' },
  CORRECTION_DECISION: { zh: '核准更正的期限', en: 'time for the county to decide a correction' },
  CANCELLATION_DECISION: { zh: '核准注销的期限', en: 'time to decide a cancellation' },
  REINSTATEMENT_DECISION: { zh: '核准恢复的期限', en: 'time for the county to decide a reinstatement' },
  NUMBER_DELETION_DECISION: {
    zh: '审批删除正式学籍号的期限',
    en: 'time to decide the deletion of a G number',
  },
  COMPLETION: { zh: '补正的期限', en: 'time for the applicant to complete what was returned' },
  PROBLEM_ANSWER: { zh: '幼儿园答复问题学籍的期限', en: 'time for a kindergarten to answer a problem case' },
  PROBLEM_ORDER: { zh: '执行裁定的期限', en: 'time to do what a ruling on a problem case ordered' },
  PROBLEM_ARBITRATION: { zh: '裁定问题学籍的期限', en: 'time for an authority to arbitrate a problem case' },
};

const ACCOUNTS: Readonly<Partial<Record<Role, { readonly zh: string; readonly en: string }>>> = {
  KINDERGARTEN: { zh: '幼儿园', en: 'a kindergarten' },
  COUNTY: { zh: '县级', en: 'a county' },
  CITY: { zh: '市级', en: 'a city' },
  PROVINCE: { zh: '省级', en: 'a province' },
  MINISTRY: { zh: '教育部', en: 'the ministry' },
};

/** Nobody may take more than the code states; a province may let its accounts take less, or nothing. */
const ofBudgets = STATED_BUDGETS.map(({ kind, role, most }) => {
  const what = BUDGET_KINDS[kind];
  const whose = ACCOUNTS[role]!;
  const zh = `${whose.zh}账号每日限额：${what.zh}`;
  const en = `${what.en} a day, for an account of ${whose.en}`;
  const words: SettingWords = { kind: 'number', basis: 'ASSUMED', least: 0, most, zh, en };
  return [budgetSetting({ kind, role }), words] as const;
});

/** The deadline of the code that a rule has where nobody has set one. */
export function ofCode(rule: string): Deadline | undefined {
  return DEADLINES.find((deadline) => deadline.rule === rule && deadline.province === null);
}

const ofDeadlines = Object.entries(OF_RULES).map(([rule, words]) => {
  const basis = ofCode(rule)?.basis ?? 'ASSUMED';
  return [`DEADLINE_${rule}`, { kind: 'deadline', basis, ...words } satisfies SettingWords] as const;
});

/** All settings there are, in the order in which they are shown. */
export const SETTINGS = {
  ...PLAIN,
  ...Object.fromEntries([...ofDeadlines, ...ofBudgets]),
} as Readonly<Record<SettingName, SettingWords>>;
export const SETTING_NAMES = Object.keys(SETTINGS) as readonly SettingName[];
