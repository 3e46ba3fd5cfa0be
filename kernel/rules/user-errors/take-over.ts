/** Refusals about primary schools and about records they take over. */
export const TAKE_OVER_ERRORS = {
  SCHOOL_CODE_FORM: {
    zh: '应为 10 位小学标识码，首两位为 21（特殊教育学校 51）。',
    en: 'A 10-digit primary-school code was expected, beginning with 21 (or 51 for a special school).',
  },
  SCHOOL_CODE_TAKEN: { zh: '该标识码已登记。', en: 'This code is registered already.' },
  SCHOOL_UNKNOWN: {
    zh: '没有登记标识码为 {code} 的小学。',
    en: 'No primary school is registered under {code}.',
  },
  SCHOOL_CLOSED: {
    zh: '该小学已于 {on} 撤销。',
    en: 'This primary school was closed on {on}.',
  },
  SCHOOL_CLOSED_BEFORE_OPENING: {
    zh: '撤销日期应在 {from} 至 {until} 之间。',
    en: 'A day of closing from {from} to {until} was expected.',
  },
  SCHOOL_HAS_TAKE_OVERS: {
    zh: '该小学尚有 {n} 项未办结的接续，应先办结或撤销。',
    en: 'The school has {n} take-overs that are not settled; acknowledge or cancel them first.',
  },
  NO_PRESCHOOL_RECORD: {
    zh: '没有学前学籍，不影响入学；由小学按中小学生学籍管理办法建立学籍。',
    en: 'There is no preschool record. This does not affect admission: the primary school creates the record.',
  },
  SCHOOL_NUMBER_FORM: {
    zh: '应为小学所编的 19 位学籍号（G、J 或 L 开头）。',
    en: 'The 19-character number the school has given was expected, beginning with G, J or L.',
  },
  SCHOOL_NUMBER_IS_PRESCHOOL: {
    zh: '该号为学前学籍号，无需补接，可直接查询或申领。',
    en: 'This is the number of a preschool record; it needs no link and can be resolved or claimed as it is.',
  },
  SCHOOL_NUMBER_LINKED: {
    zh: '该号已与另一份学前学籍补接。',
    en: 'This number is linked to another preschool record already.',
  },
  ROSTER_ROW_KEY: {
    zh: '每行应以学籍号、证件或接续之一指明学生。',
    en: 'A row was expected to name its pupil by number, by document or by take-over.',
  },
  TAKE_OVER_BEFORE_SCHOOL_AGE: {
    zh: '{year} 学年入学应满 {expected} 周岁，实际 {age} 周岁，且未从幼儿园毕业。',
    en: 'Admission in the school year {year} asks for {expected} full years; the child has {age} and has not graduated.',
  },
  TAKE_OVER_DAY: {
    zh: '入学日期应在 {from} 至 {until} 之间。',
    en: 'A day of admission from {from} to {until} was expected.',
  },
  TAKE_OVER_ELSEWHERE: {
    zh: '该学籍已由另一所小学接收。',
    en: 'Another primary school has accepted this record.',
  },
  TAKE_OVER_OFFERED: {
    zh: '该学籍已提供给另一所小学，尚未接收；如需改变，请先撤销。',
    en: 'The record is offered to another primary school; cancel that offer first.',
  },
  TAKE_OVER_CONFLICT: {
    zh: '另一所小学已接收该学籍；双方主张均已登记，由主管部门裁定。',
    en: 'Another primary school has accepted this record; both claims are kept for the authority to decide.',
  },
  TAKE_OVER_NOT_OPEN: {
    zh: '{state} 状态的接续不能办理 {action}；可办理：{open}。',
    en: '{action} is not possible while a take-over is {state}; open now: {open}.',
  },
  TAKE_OVER_UNDER_WAY: {
    zh: '该接续正在办理中，请稍候。',
    en: 'This take-over is under way; wait until it is settled.',
  },
  TAKE_OVER_CANCEL_TOO_LATE: {
    zh: '确认后的撤销期限为 {until}，已过；请申请退回。',
    en: 'An acknowledged take-over could be cancelled until {until}; it is to be released now.',
  },
  TAKE_OVER_RECORD_CHANGED: {
    zh: '学籍已由另一项接续升学。',
    en: 'The record has been promoted by another take-over.',
  },
  TAKE_OVER_GIVEN_BACK: {
    zh: '该接续已退回，不能再确认。',
    en: 'This take-over was given back and cannot be acknowledged any more.',
  },
  JOB_UNKNOWN_YEAR: {
    zh: '应为 {from} 至 {until} 之间的毕业年份，实际 {got}。',
    en: 'A year of graduation from {from} to {until} was expected, {got} came.',
  },
} as const;
