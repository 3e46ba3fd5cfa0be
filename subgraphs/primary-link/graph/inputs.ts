import { Field, InputType } from 'type-graphql';
import { d } from '../../../kernel/graph/describe.ts';
import { LocalDate } from '../../../kernel/graph/scalars.ts';
import type { DocumentKind } from '../../../kernel/rules/code-sets/document-kind.ts';
import type { DocumentQuery, NumberQuery } from '../model.ts';
import { DocumentKindEnum } from './enums.ts';

@InputType('NumberQuery', d('学籍号与出生日期', 'A record number and the birth date that must fit it'))
export class NumberQueryInput implements NumberQuery {
  @Field(() => String, d('学籍号（19 位）', 'The record number, 19 characters'))
  number!: string;

  @Field(() => LocalDate, d('出生日期', 'The date of birth'))
  bornOn!: string;
}

@InputType(
  'DocumentQuery',
  d('身份证件与出生日期', 'An identity document and the birth date that must fit it'),
)
export class DocumentQueryInput implements DocumentQuery {
  @Field(() => DocumentKindEnum, d('证件类型', 'The kind of the document'))
  documentKind!: DocumentKind;

  @Field(() => String, d('证件号码', 'Its whole number'))
  documentNumber!: string;

  @Field(() => LocalDate, d('出生日期', 'The date of birth'))
  bornOn!: string;
}
