import { choicesOf, DOCUMENT_KINDS, SEXES } from '../roster/choices.ts';
import { columnSet } from '../roster/columns.ts';

/** How a pupil stands, as K-12 systems write it. */
const STATUSES = choicesOf({
  ACTIVE: { zh: '在读', en: 'active', more: ['在校', '在籍', '正常'] },
  TRANSFERRED: { zh: '转出', en: 'transferred', more: ['转学', '已转出'] },
  INACTIVE: { zh: '不在读', en: 'inactive', more: ['未报到', '退学', '离校', '注销'] },
});

const text = { kind: 'text', example: '', note: '' } as const;
const digits = { ...text, kind: 'number-as-text', refusesNumbers: true } as const;

/** A K-12 roster, as far as it is compared. A pupil is named by the number or by the document. */
export const PUPILS = columnSet({
  number: {
    ...{ ...digits, header: '学籍号', required: 'NO' },
    aliases: ['全国学籍号', '学籍编号', 'number', 'record number'],
  },
  documentKind: {
    ...{ ...text, header: '证件类型', required: 'NO', kind: 'enum', choices: DOCUMENT_KINDS },
    aliases: ['身份证件类型', '身份证件种类', 'document kind'],
  },
  documentNumber: {
    ...{ ...digits, header: '证件号码', required: 'NO' },
    aliases: ['身份证件号', '身份证件号码', '身份证号', '身份证号码', 'document number'],
  },
  name: { ...text, header: '姓名', aliases: ['学生姓名', 'name'], required: 'EVERY_ROW' },
  sex: { ...text, header: '性别', aliases: ['sex'], required: 'NO', kind: 'enum', choices: SEXES },
  bornOn: {
    ...{ ...text, header: '出生日期', required: 'EVERY_ROW', kind: 'date' },
    aliases: ['出生年月日', '生日', 'born on'],
  },
  status: {
    ...{ ...text, header: '学生状态', required: 'EVERY_ROW', kind: 'enum', choices: STATUSES },
    aliases: ['在校状态', '学籍状态', '状态', 'status'],
  },
  school: {
    ...{ ...text, header: '学校标识码', required: 'NO', kind: 'number-as-text' },
    aliases: ['学校(机构)标识码', '机构标识码', 'school code'],
  },
});
export type PupilKey = (typeof PUPILS.keys)[number];
