/** Refusals about the accounts of those who keep records. */
export const ACCOUNT_ERRORS = {
  ACCOUNT_NAME_FORM: {
    zh: '账号应为 1 至 {max} 个可见字符，首尾无空格，不得为证件号码。',
    en: 'An account name has 1 to {max} readable characters without outer spaces, and is no number of a document.',
  },
  ACCOUNT_NAME_TAKEN: {
    zh: '账号名已被使用，永不重用。',
    en: 'This account name is in use; names are never reused.',
  },
  ACCOUNT_ROLE_NOT_YOURS: {
    zh: '{role} 账号由 {expected} 备案，您是 {got}。',
    en: 'An account of {role} is filed by {expected}, you are {got}.',
  },
  ACCOUNT_AREA_FORM: {
    zh: '角色 {role} 的管辖代码应为 {level} 级。',
    en: 'The area of {role} is expected to be the code of one {level}.',
  },
  ACCOUNT_REGION_REQUIRED: {
    zh: '小学账号须写明主管县级区划。',
    en: 'Of a primary school, the county in charge is expected.',
  },
  ACCOUNT_DUTY_REQUIRED: {
    zh: '幼儿园账号须为录入（ENTRY）或审核（REVIEW）；其他角色不填。',
    en: 'A kindergarten account is for ENTRY or for REVIEW; other roles have neither.',
  },
  ACCOUNT_RIGHTS_BEYOND_ROLE: {
    zh: '超出该角色或岗位的权限：{rights}。',
    en: 'Beyond what this role or duty may do: {rights}.',
  },
  ACCOUNT_RIGHTS_BEYOND_YOURS: {
    zh: '只能授予自己也有的权限，您没有：{rights}。',
    en: 'One can hand out only what one has oneself; you do not have: {rights}.',
  },
  ACCOUNT_IS_YOURS: {
    zh: '不能办理自己的账号，由上一级办理。',
    en: 'This is your own account; the level above deals with it.',
  },
  ACCOUNT_ACT_NOT_OPEN: {
    zh: '账号状态为 {state}，不能 {action}；可办：{open}。',
    en: 'The account is {state}, so {action} is not open; open are: {open}.',
  },
  HOLDER_HAS_ACCOUNT: {
    zh: '此人在该处已有同一角色的账号，一人一号。',
    en: 'This person has an account in this role and area already; one person, one account.',
  },
  ADMIN_DUTIES_APART: {
    zh: '系统、安全、审计管理员须为三人，且不兼任其他账号。',
    en: 'System, security and audit administrator are three people, and none of them holds another account.',
  },
  ADMINS_THERE: {
    zh: '已有管理员账号，其余账号由管理员备案。',
    en: 'There are administrators already; they file every further account.',
  },
  CERTIFICATE_DATE_FUTURE: {
    zh: '培训合格日期不能晚于今天：先培训，后上岗。',
    en: 'The training cannot end after today: first the training, then the post.',
  },
} as const;
