/** Refusals about records, placements and applications. */
export const ENROLMENT_ERRORS = {
  CHILD_UNKNOWN: { zh: '儿童不存在，或不在您的管辖范围内。', en: 'There is no such child within your area.' },
  INSTITUTION_NOT_LAWFUL: {
    zh: '机构未处于合法办园状态（{status}），不能建立学籍。',
    en: 'Only a lawfully operating institution may create records; this one is {status}.',
  },
  TOO_YOUNG: {
    zh: '入园时应满 3 周岁（托班 2 周岁），实际 {age} 周岁。',
    en: 'At entry a child must be 3 (2 in a nursery class); this one is {age}.',
  },
  SCHOOL_AGE: {
    zh: '儿童已达入学年龄（仅提示）。',
    en: 'The child has reached school age (a warning only).',
  },
  ENTRY_DATE_FUTURE: { zh: '入园日期不能晚于今天。', en: 'The entry date cannot lie in the future.' },
  ENTRY_TOO_LATE: {
    zh: '入园已超过 2 个月，逾期建籍（仅提示）。',
    en: 'Entry was more than two months ago; the record is late (a warning only).',
  },
  ALREADY_ENROLLED: {
    zh: '该儿童已有学籍在册（{status}），请办理转园，不得重复建籍。',
    en: 'The child already has an open record ({status}); ask for a transfer, a second record is forbidden.',
  },
  RECORD_ENDED: {
    zh: '该学籍已结束（{status}），不能重新入园。',
    en: 'The record has ended ({status}); the child cannot enrol again.',
  },
  ENTRY_BEFORE_LEAVING: {
    zh: '入园日期不能早于上次离园日期 {leftOn}。',
    en: 'The child left on {leftOn}; a new stay cannot begin before that day.',
  },
  ENTRY_BEFORE_OPENING: {
    zh: '机构于 {openedOn} 设立，入园日期 {enteredOn} 不能早于该日。',
    en: 'The institution opened on {openedOn}; the entry cannot be before that day, and {enteredOn} is.',
  },
  CLASS_FULL: {
    zh: '班级已满：限额 {limit}，现有 {count}（仅提示）。',
    en: 'The class is full: its limit is {limit}, it has {count} (a warning only).',
  },
  CLASS_NOT_OF_INSTITUTION: {
    zh: '班级不属于该机构。',
    en: 'The class does not belong to this institution.',
  },
  CLASS_OF_OTHER_YEAR: {
    zh: '班级应属 {from} 至 {until} 学年，实际 {got}。',
    en: 'A class of the school years {from} to {until} was expected, this one is of {got}.',
  },
  CLASS_SAME: { zh: '儿童已在该班级。', en: 'The child is already in that class.' },
  ACTION_NOT_OPEN: {
    zh: '当前状态（{status}）不能{action}；现在可以：{open}。',
    en: '{action} is not possible while {status}; open now: {open}.',
  },
  NOT_YOUR_ACT: {
    zh: '{action}由{by}办理，您的角色是 {role}。',
    en: '{action} is an act of {by}; your role is {role}.',
  },
  RIGHT_NOT_GIVEN: {
    zh: '本账号未获授予“{action}”权限，由上一级授予。',
    en: 'This account was not given the right to {action}; the level above gives it.',
  },
  DATE_OUTSIDE_STAY: {
    zh: '日期应在 {from} 至 {until} 之间。',
    en: 'A date from {from} to {until} was expected.',
  },
  SAME_ACCOUNT: {
    zh: '提交人不能审批自己的申请。',
    en: 'The account that submitted cannot decide; another account must.',
  },
  ALREADY_DECIDED: {
    zh: '该申请已由他人办结（{state}）。',
    en: 'Somebody else has already decided this application ({state}).',
  },
  REMARK_REQUIRED: {
    zh: '原因为“其他”时须说明。',
    en: 'The reason OTHER needs a remark.',
  },
  REASON_REQUIRED: { zh: '须填写理由。', en: 'A reason is required.' },
  NUMBER_TAKEN: {
    zh: '该学籍号已属于另一学籍，请按问题学籍处理。',
    en: 'This record number belongs to another record; treat it as a problem case.',
  },
} as const;
