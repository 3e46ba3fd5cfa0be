import { Field, InputType, ObjectType } from 'type-graphql';
import { Access, CLERKS } from '../../../kernel/graph/access.ts';
import { d } from '../../../kernel/graph/describe.ts';
import type { Evidence, EvidenceKind } from '../model.ts';
import { EvidenceKindEnum } from './enums.ts';

const kind = d('佐证种类', 'What kind of paper it is');
const reference = d('文号或编号，不得填写姓名、证件号', 'Its file number; never a name or a document number');
const digest = d('文件的 SHA-256 摘要（十六进制）', 'The SHA-256 of the file, 64 hex digits');

@InputType('EvidenceInput', d('一份佐证：只记编号与摘要', 'A paper kept elsewhere, by reference and digest'))
export class EvidenceInput implements Evidence {
  @Field(() => EvidenceKindEnum, kind)
  kind!: EvidenceKind;

  @Field(() => String, reference)
  reference!: string;

  @Field(() => String, digest)
  digest!: string;
}

@Access(...CLERKS)
@ObjectType('Evidence', {
  simpleResolvers: true,
  ...d('一份佐证：只记编号与摘要', 'A paper kept elsewhere, by reference and digest'),
})
export class EvidenceType implements Evidence {
  @Field(() => EvidenceKindEnum, kind)
  kind!: EvidenceKind;

  @Field(() => String, reference)
  reference!: string;

  @Field(() => String, digest)
  digest!: string;
}
