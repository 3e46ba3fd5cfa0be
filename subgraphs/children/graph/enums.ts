import { enumOf } from '../../../kernel/graph/enums.ts';
import { DOCUMENT_KIND } from '../../../kernel/rules/code-sets/document-kind.ts';
import { GUARDIAN_RELATION } from '../../../kernel/rules/code-sets/guardian-relation.ts';
import { SEX } from '../../../kernel/rules/code-sets/sex.ts';
import { DETAIL_FIELDS, KEY_FIELDS } from '../../../kernel/rules/key-fields.ts';
import { SEAL_GROUND } from '../model.ts';

export const SexEnum = enumOf('Sex', '性别', 'Sex', SEX);
export const DocumentKindEnum = enumOf(
  'DocumentKind',
  '身份证件类型',
  'The kind of an identity document',
  DOCUMENT_KIND,
);
export const GuardianRelationEnum = enumOf(
  'GuardianRelation',
  '监护人与儿童的关系',
  'What a guardian is to the child',
  GUARDIAN_RELATION,
);
export const KeyFieldEnum = enumOf(
  'KeyField',
  '关键信息，只能经审批更正',
  'Key information, which changes by a decided correction only',
  KEY_FIELDS,
);
export const DetailFieldEnum = enumOf(
  'DetailField',
  '一般信息，由机构直接变更',
  'Other information, which an institution changes itself',
  DETAIL_FIELDS,
);
export const SealGroundEnum = enumOf(
  'SealGround',
  '封存依据',
  'On what legal ground a child is out of sight',
  SEAL_GROUND,
);
