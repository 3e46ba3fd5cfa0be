import type { Role } from '../../../kernel/rules/viewer.ts';

/** Whose act it may be. */
export const PARTIES = {
  KINDERGARTEN: { zh: '幼儿园', en: 'the kindergarten', roles: ['KINDERGARTEN'] },
  REPORTER: {
    zh: '幼儿园；持 G 号的由省级教育行政部门',
    en: 'the kindergarten, or for a G number the provincial education authority',
    roles: ['KINDERGARTEN', 'PROVINCE'],
  },
  COUNTY: { zh: '县级教育行政部门', en: 'the county education authority', roles: ['COUNTY'] },
  PROVINCE: { zh: '省级教育行政部门', en: 'the provincial education authority', roles: ['PROVINCE'] },
  HOLDER: {
    zh: '正在办理的教育行政部门',
    en: 'the authority whose turn it is',
    roles: ['COUNTY', 'CITY', 'PROVINCE', 'MINISTRY'],
  },
  CLOCK: { zh: '系统（到期）', en: 'the system, when the day has come', roles: [] },
  CHILDREN: {
    zh: '系统（更正执行结果）',
    en: 'the system, when a decided correction reaches the child',
    roles: [],
  },
  PRIMARY_LINK: { zh: '系统（小学接续）', en: 'the system, when a primary school takes over', roles: [] },
  INSTITUTIONS: { zh: '系统（机构变动）', en: 'the system, when an institution changed', roles: [] },
} as const satisfies Record<string, { zh: string; en: string; roles: readonly Role[] }>;
export type Party = keyof typeof PARTIES;
