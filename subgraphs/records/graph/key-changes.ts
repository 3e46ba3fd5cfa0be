import { Field, InputType } from 'type-graphql';
import { d } from '../../../kernel/graph/describe.ts';
import type { DocumentKind } from '../../../kernel/rules/code-sets/document-kind.ts';
import type { Sex } from '../../../kernel/rules/code-sets/sex.ts';
import type { KeyChanges } from '../model.ts';
import { DocumentKindEnum, SexEnum } from './enums.ts';

const optional = { nullable: true, defaultValue: null };

@InputType('KeyChangesInput', d('更正的关键信息，空为不变', 'Key information to correct; null is unchanged'))
export class KeyChangesInput implements KeyChanges {
  @Field(() => String, { ...optional, ...d('姓名', 'The name') })
  name!: string | null;

  @Field(() => SexEnum, { ...optional, ...d('性别', 'Sex') })
  sex!: Sex | null;

  @Field(() => String, { ...optional, ...d('出生日期 YYYY-MM-DD', 'Date of birth, YYYY-MM-DD') })
  bornOn!: string | null;

  @Field(() => DocumentKindEnum, {
    ...optional,
    ...d('证件类型，与号码一同替换证件', 'The kind; with the number it replaces the document'),
  })
  documentKind!: DocumentKind | null;

  @Field(() => String, { ...optional, ...d('证件号码', 'The number of the document') })
  documentNumber!: string | null;
}
