/** Refusals about deferral, cancellation and reinstatement. */
export const LIFE_ERRORS = {
  NOT_OF_SCHOOL_AGE: {
    zh: '缓学应为 {year} 学年达入学年龄（{expected} 周岁）的儿童，实际 {age} 周岁。',
    en: 'A child of school age ({expected}) for the school year {year} was expected; this one is {age} then.',
  },
  DEFERRAL_UNTIL: {
    zh: '缓学截止日期应在 {from} 至 {until} 之间。',
    en: 'A last day of the deferral from {from} to {until} was expected.',
  },
  DEFERRAL_OVER: {
    zh: '所申请的缓学已于 {until} 届满，请退回补正或不予核准。',
    en: 'The deferral asked for was over on {until}; return or refuse it.',
  },
  DUPLICATE_NOT_NAMED: {
    zh: '证实重复的，须以学籍标识，或以学籍号加出生日期，指明保留的学籍。',
    en: 'A duplicate must name the record that goes on, either by its id or by its number and birth date.',
  },
  DUPLICATE_NOT_MEANT: {
    zh: '只有证实重复的才指明保留的学籍。',
    en: 'Only a proven duplicate names a record that goes on.',
  },
  DUPLICATE_UNKNOWN: {
    zh: '所指明的保留学籍不存在。',
    en: 'There is no such record that could go on.',
  },
  DUPLICATE_SAME: {
    zh: '保留的学籍应是另一份学籍。',
    en: 'The record that goes on must be another one.',
  },
  DUPLICATE_ENDED: {
    zh: '所指明的学籍本身未建成或已注销，不能作为保留的学籍。',
    en: 'The record named was never established or is cancelled itself; it cannot go on.',
  },
  G_NUMBER_BY_PROVINCE: {
    zh: '除死亡外，持 G 号的学籍的注销由省级申请、教育部决定。',
    en: 'But for a death, ending a record with a G number is for the province to ask and for the ministry to decide.',
  },
  PROVINCE_FOR_G_NUMBERS: {
    zh: '省级只申请注销持 G 号的重复学籍或裁定须注销的学籍，其他由幼儿园申请。',
    en: 'A province asks only for records with a G number, as duplicates or as a ruling orders; the rest is for the kindergarten.',
  },
  REINSTATEMENT_TOO_LATE: {
    zh: '恢复应在 {until} 前申请。',
    en: 'A reinstatement must be asked for by {until}.',
  },
  STAY_NOT_RESUMABLE: {
    zh: '原在园信息之后另有变动，不能续接，请重新建籍或转园。',
    en: 'Something came after the stay that ended, so it cannot go on; enrol the child or transfer it.',
  },
} as const;
