import { Arg, Ctx, Directive, Field, ID, InputType, ObjectType, Query, Resolver } from 'type-graphql';
import { Access } from '../../../kernel/graph/access.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { fault } from '../../../kernel/graph/faults.ts';
import { LocalDate } from '../../../kernel/graph/scalars.ts';
import { Sized, SizedBy } from '../../../kernel/graph/sizes.ts';
import type { NumberAnswer, NumberQuestion } from '../service/look-up-numbers.ts';
import type { Context } from './context.ts';

const MAX = 500;

/** For neighbours only: no client sees these names, the gateway's API schema leaves them out. */
@Directive('@inaccessible')
@InputType('NumberLookupInput', d('学籍号与出生日期（子图间）', 'A number and a birth date, for neighbours'))
class NumberLookupInput implements NumberQuestion {
  @Field(() => String, { nullable: true, ...d('学籍号', 'A number it has or had') })
  number?: string | null;

  @Field(() => ID, { nullable: true, ...d('儿童', 'Or its child') })
  childId?: string | null;

  @Field(() => ID, { nullable: true, ...d('学籍', 'Or the record itself') })
  recordId?: string | null;

  @Field(() => String, {
    nullable: true,
    ...d(
      '须相符的出生日期，空为由询问方比对',
      'The birth date that must fit; null where the asker compares it',
    ),
  })
  bornOn?: string | null;
}

@Access('SERVICE')
@Directive('@inaccessible')
@ObjectType('NumberLookup', {
  simpleResolvers: true,
  ...d('学籍号对应学籍（子图间）', 'The record behind a number, for neighbours'),
})
class NumberLookup implements NumberAnswer {
  @Field(() => ID, d('学籍', 'The record'))
  recordId!: string;

  @Field(() => ID, d('儿童', 'Its child'))
  childId!: string;

  @Field(() => String, d('现学籍号', 'Its current number'))
  currentNumber!: string;

  @Field(() => String, d('状态', 'Its status'))
  status!: string;

  @Field(() => LocalDate, d('出生日期', 'The birth date'))
  bornOn!: string;

  @Field(() => String, d('性别', 'The sex'))
  sex!: string;

  @Field(() => LocalDate, d('入园日期', 'When the child entered'))
  enteredOn!: string;

  @Field(() => LocalDate, { nullable: true, ...d('该号启用日期', 'When the number asked for was issued') })
  issuedOn!: string | null;

  @Field(() => LocalDate, { nullable: true, ...d('该号停用日期', 'When another number took its place') })
  changedOn!: string | null;

  @Field(() => String, { nullable: true, ...d('该号停用原因', 'Why another number took its place') })
  changeReason!: string | null;

  @Field(() => String, d('机构标识码', 'Its institution, by code'))
  institutionCode!: string;

  @Field(() => String, d('省级代码', 'Its province'))
  provinceCode!: string;

  @Field(() => String, { nullable: true, ...d('地级代码', 'Its city') })
  cityCode!: string | null;

  @Field(() => String, d('县级代码', 'Its county'))
  countyCode!: string;
}

@Resolver()
export class NumberQueries {
  @Access('SERVICE')
  @Directive('@inaccessible')
  @Sized(500)
  @SizedBy({ argument: 'items' })
  @Query(() => [NumberLookup], {
    nullable: 'itemsAndList',
    ...d('批量学籍号查询（子图间）', 'Records behind numbers, in order, for neighbours'),
  })
  numberLookups(
    @Arg('items', () => [NumberLookupInput], d('至多 500 项', 'At most 500 items'))
    items: NumberLookupInput[],
    @Ctx() { records }: Context,
  ): Promise<(NumberAnswer | null)[]> {
    if (items.length > MAX)
      throw fault('BAD_USER_INPUT', `至多 ${MAX} 项。`, `At most ${MAX} items, ${items.length} came.`);
    return records.lookUpNumbers(items);
  }
}
