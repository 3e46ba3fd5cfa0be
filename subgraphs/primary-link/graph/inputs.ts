import { Field, InputType } from 'type-graphql';
import { d } from '../../../kernel/graph/describe.ts';
import { LocalDate } from '../../../kernel/graph/scalars.ts';
import type { NumberQuery } from '../model.ts';

@InputType('NumberQuery', d('学籍号与出生日期', 'A record number and the birth date that must fit it'))
export class NumberQueryInput implements NumberQuery {
  @Field(() => String, d('学籍号（19 位）', 'The record number, 19 characters'))
  number!: string;

  @Field(() => LocalDate, d('出生日期', 'The date of birth'))
  bornOn!: string;
}
