import { enumOf } from '../../../kernel/graph/enums.ts';
import { CLASS_LEVEL } from '../../../kernel/rules/code-sets/class-level.ts';
import { FOUNDER } from '../../../kernel/rules/code-sets/founder.ts';
import { INSTITUTION_KIND } from '../../../kernel/rules/code-sets/institution-kind.ts';
import { OWNERSHIP } from '../../../kernel/rules/code-sets/ownership.ts';
import { URBAN_RURAL } from '../../../kernel/rules/code-sets/urban-rural.ts';

export const RegionLevelEnum = enumOf('RegionLevel', '行政区划层级', 'The level of a region', {
  NATION: { code: null, zh: '全国', en: 'the nation' },
  PROVINCE: { code: null, zh: '省级（含新疆生产建设兵团）', en: 'a province; Bingtuan counts as one' },
  CITY: { code: null, zh: '地级', en: 'a prefecture or city' },
  COUNTY: { code: null, zh: '县级', en: 'a county or district' },
});
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
  {
    PREPARING: { code: null, zh: '筹建', en: 'being prepared, not yet lawful' },
    OPEN: { code: null, zh: '在办', en: 'operating lawfully' },
    SUSPENDED: { code: null, zh: '停办整顿', en: 'suspended' },
    CLOSED: { code: null, zh: '撤销', en: 'closed; its code is never reused' },
  },
);
