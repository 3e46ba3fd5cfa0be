import { DOCUMENT_KINDS, ETHNICITIES, RELATIONS, SEXES, type Choices } from './choices.ts';

export interface Column {
  /** The Chinese header of the template, and the name a fault gives the column. */
  readonly header: string;
  /** Other headers taken for the same column; compared without spaces, stars and bracketed remarks. */
  readonly aliases: readonly string[];
  /** EVERY_ROW: the cell must be filled. AS_COLUMN: the column must be there, a cell may be empty. */
  readonly required: 'EVERY_ROW' | 'AS_COLUMN' | 'NO';
  /** number-as-text: digits that are a name, not a quantity; the template gives such cells text format. */
  readonly kind: 'text' | 'date' | 'enum' | 'number-as-text';
  readonly choices?: Choices;
  /** A number this long loses its last digits in a numeric cell. */
  readonly refusesNumbers?: boolean;
  readonly example: string;
  readonly note: string;
}

const DATE_NOTE = '日期，如 2022-09-01';

/** The roster, column by column, in the order of the template. Reader, checker and template read this. */
export const COLUMNS = {
  name: {
    header: '姓名',
    aliases: ['幼儿姓名', '儿童姓名', '学生姓名', 'name'],
    required: 'EVERY_ROW',
    kind: 'text',
    example: '示例甲',
    note: '与证件一致；可含间隔号（·）',
  },
  sex: {
    header: '性别',
    aliases: ['幼儿性别', 'sex'],
    required: 'EVERY_ROW',
    kind: 'enum',
    choices: SEXES,
    example: '女',
    note: '男、女',
  },
  bornOn: {
    header: '出生日期',
    aliases: ['出生年月日', '生日', 'born on'],
    required: 'EVERY_ROW',
    kind: 'date',
    example: '2022-09-01',
    note: DATE_NOTE,
  },
  documentKind: {
    header: '证件类型',
    aliases: ['身份证件类型', '身份证件种类', '证件种类', 'document kind'],
    required: 'EVERY_ROW',
    kind: 'enum',
    choices: DOCUMENT_KINDS,
    example: '居民身份证',
    note: '没有证件的填“暂无证件”',
  },
  documentNumber: {
    header: '证件号码',
    aliases: ['身份证件号', '身份证件号码', '身份证号', '身份证号码', '证件号', 'document number'],
    required: 'AS_COLUMN',
    kind: 'number-as-text',
    refusesNumbers: true,
    example: '190101202209010021',
    note: '文本格式；“暂无证件”时留空',
  },
  nationality: {
    header: '国籍或地区',
    aliases: ['国籍/地区', '国籍', '国籍地区', 'nationality'],
    required: 'NO',
    kind: 'text',
    example: 'CHN',
    note: '三位字母代码，空白视为 CHN',
  },
  ethnicity: {
    header: '民族',
    aliases: ['ethnicity'],
    required: 'NO',
    kind: 'enum',
    choices: ETHNICITIES,
    example: '汉族',
    note: '中国籍儿童填写',
  },
  householdRegion: {
    header: '户籍区划代码',
    aliases: ['户籍行政区划代码', '户口所在地区划代码', '户籍地区划代码', 'household region'],
    required: 'NO',
    kind: 'number-as-text',
    example: '330110',
    note: '六位行政区划代码；已撤销的代码只提示，不拒绝',
  },
  institutionCode: {
    header: '机构标识码',
    aliases: ['学校标识码', '学校(机构)标识码', '学校机构标识码', '幼儿园标识码', 'institution code'],
    required: 'NO',
    kind: 'number-as-text',
    example: '',
    note: '十位；空白时用导入命令给出的机构',
  },
  className: {
    header: '班级',
    aliases: ['班级名称', '所在班级', 'class'],
    required: 'EVERY_ROW',
    kind: 'text',
    example: '小一班',
    note: '与系统中的班级名称一致',
  },
  enteredOn: {
    header: '入园日期',
    aliases: ['入园时间', '入学日期', 'entered on'],
    required: 'EVERY_ROW',
    kind: 'date',
    example: '2025-09-01',
    note: DATE_NOTE,
  },
  guardianName: {
    header: '监护人姓名',
    aliases: ['家长姓名', 'guardian name'],
    required: 'NO',
    kind: 'text',
    example: '示例乙',
    note: '“暂无证件”的儿童必填',
  },
  guardianRelation: {
    header: '监护人关系',
    aliases: ['与幼儿关系', '监护人与幼儿关系', '关系', 'guardian relation'],
    required: 'NO',
    kind: 'enum',
    choices: RELATIONS,
    example: '母亲',
    note: '填写监护人姓名时必填',
  },
  guardianPhone: {
    header: '监护人电话',
    aliases: ['联系电话', '监护人联系电话', '家长电话', 'guardian phone'],
    required: 'NO',
    kind: 'number-as-text',
    example: '',
    note: '6 至 20 位数字，可含 + - 和空格',
  },
  remark: {
    header: '备注',
    aliases: ['remark'],
    required: 'NO',
    kind: 'text',
    example: '',
    note: '不上传',
  },
} as const satisfies Record<string, Column>;

export type ColumnKey = keyof typeof COLUMNS;

/** The columns of one kind of file: in order, by key, and by what a header cell says. */
export interface ColumnSet<Key extends string> {
  readonly keys: readonly Key[];
  of(key: Key): Column;
  /** The column a header cell names, or null. `＊出生日期（YYYY-MM-DD）` names the birth date. */
  named(header: string): Key | null;
}

export function columnSet<Key extends string>(columns: Readonly<Record<Key, Column>>): ColumnSet<Key> {
  const keys = Object.keys(columns) as Key[];
  const byHeader = new Map(
    keys.flatMap((key) =>
      [columns[key].header, ...columns[key].aliases].map((text) => [headerForm(text), key] as const),
    ),
  );
  return {
    keys,
    of: (key) => columns[key],
    named(header) {
      const whole = headerForm(header);
      return byHeader.get(whole) ?? byHeader.get(whole.replace(/\([^)]*\)$/, '')) ?? null;
    },
  };
}

function headerForm(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s*:]/g, '')
    .toLowerCase();
}

/** The roster of a kindergarten. */
export const KINDERGARTEN = columnSet<ColumnKey>(COLUMNS);
export const COLUMN_KEYS = KINDERGARTEN.keys;
export const columnOf = (key: ColumnKey): Column => KINDERGARTEN.of(key);
