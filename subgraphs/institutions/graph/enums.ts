import { enumOf } from '../../../kernel/graph/enums.ts';
import { CLASS_LEVEL } from '../../../kernel/rules/code-sets/class-level.ts';
import { FOUNDER } from '../../../kernel/rules/code-sets/founder.ts';
import { INSTITUTION_KIND } from '../../../kernel/rules/code-sets/institution-kind.ts';
import { OWNERSHIP } from '../../../kernel/rules/code-sets/ownership.ts';
import { URBAN_RURAL } from '../../../kernel/rules/code-sets/urban-rural.ts';
import { INSTITUTION_ACT, INSTITUTION_STATUS } from '../model.ts';

export const RegionLevelEnum = enumOf('RegionLevel', '行政区划层级', 'The level of a region', {
  NATION: { code: null, zh: '全国', en: 'the nation' },
  PROVINCE: { code: null, zh: '省级（含新疆生产建设兵团）', en: 'a province; Bingtuan counts as one' },
  CITY: { code: null, zh: '地级', en: 'a prefecture or city' },
  COUNTY: { code: null, zh: '县级', en: 'a county or district' },
});
export const NewRegionLevelEnum = enumOf(
  'NewRegionLevel',
  '新设区划的层级',
  'The level of a region that is founded',
  {
    PROVINCE: { code: null, zh: '省级', en: 'a province' },
    CITY: { code: null, zh: '地级', en: 'a prefecture or city' },
    COUNTY: { code: null, zh: '县级', en: 'a county or district' },
  },
);
export const InstitutionKindEnum = enumOf(
  'InstitutionKind',
  '办学类型',
  'The kind of an institution',
  INSTITUTION_KIND,
);
export const FounderEnum = enumOf('Founder', '举办者', 'Who founded and keeps an institution', FOUNDER);
export const OwnershipEnum = enumOf(
  'Ownership',
  '办园性质',
  'Public or private, as statistics split it',
  OWNERSHIP,
);
export const UrbanRuralEnum = enumOf('UrbanRural', '城乡类型', 'Urban, town or rural', URBAN_RURAL);
export const ClassLevelEnum = enumOf('ClassLevel', '班级类型', 'The level of a class', CLASS_LEVEL);
export const InstitutionStatusEnum = enumOf(
  'InstitutionStatus',
  '办园状态',
  'Whether an institution operates',
  INSTITUTION_STATUS,
);
export const InstitutionActEnum = enumOf(
  'InstitutionAct',
  '机构变更',
  'What was done to an institution',
  INSTITUTION_ACT,
);
