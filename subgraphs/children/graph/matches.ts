import { Arg, Ctx, Directive, Field, ID, InputType, ObjectType, Query, Resolver } from 'type-graphql';
import { Access } from '../../../kernel/graph/access.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { fault } from '../../../kernel/graph/faults.ts';
import { Sized, SizedBy } from '../../../kernel/graph/sizes.ts';
import type { DocumentKind } from '../../../kernel/rules/code-sets/document-kind.ts';
import type { Sex } from '../../../kernel/rules/code-sets/sex.ts';
import type { Match } from '../rules/matching.ts';
import type { MatchQuestion } from '../service/match-children.ts';
import type { Context } from './context.ts';
import { DocumentKindEnum, SexEnum } from './enums.ts';
import { optional } from './inputs.ts';

const MAX = 500;

/** For neighbours only: a name never leaves this subgraph to be compared elsewhere. */
@Directive('@inaccessible')
@InputType(
  'ChildMatchInput',
  d('待比对的儿童（子图间）', 'A child as it is written elsewhere, for neighbours'),
)
class ChildMatchInput implements MatchQuestion {
  @Field(() => ID, { ...optional, ...d('儿童，或以证件指明', 'The child; or its document') })
  childId?: string | null;

  @Field(() => DocumentKindEnum, { ...optional, ...d('证件类型', 'The kind of its document') })
  documentKind?: DocumentKind | null;

  @Field(() => String, { ...optional, ...d('证件号码', 'The whole number of the document') })
  documentNumber?: string | null;

  @Field(() => String, { ...optional, ...d('对方登记的姓名', 'The name as it is written there') })
  name?: string | null;

  @Field(() => SexEnum, { ...optional, ...d('对方登记的性别', 'The sex as it is written there') })
  sex?: Sex | null;

  @Field(() => String, { ...optional, ...d('对方登记的出生日期', 'The birth date as it is written there') })
  bornOn?: string | null;
}

@Access('SERVICE')
@Directive('@inaccessible')
@ObjectType('ChildMatch', {
  simpleResolvers: true,
  ...d('比对结果，不含所登记的值（子图间）', 'What fits, without saying what is known; for neighbours'),
})
class ChildMatch implements Match {
  @Field(() => ID, d('儿童', 'The child'))
  childId!: string;

  @Field(() => Boolean, {
    nullable: true,
    ...d('姓名是否相符', 'Whether the name fits; null where none came'),
  })
  nameFits!: boolean | null;

  @Field(() => Boolean, { nullable: true, ...d('性别是否相符', 'Whether the sex fits') })
  sexFits!: boolean | null;

  @Field(() => Boolean, { nullable: true, ...d('出生日期是否相符', 'Whether the birth date fits') })
  bornOnFits!: boolean | null;
}

@Resolver()
export class ChildMatches {
  @Access('SERVICE')
  @Directive('@inaccessible')
  @Sized(500)
  @SizedBy({ argument: 'items' })
  @Query(() => [ChildMatch], {
    nullable: 'itemsAndList',
    ...d(
      '比对儿童信息，与输入同序（子图间）',
      'Children held against what is written elsewhere, in order; for neighbours',
    ),
  })
  childMatches(
    @Arg('items', () => [ChildMatchInput], d('至多 500 项', 'At most 500 items')) items: ChildMatchInput[],
    @Ctx() { children }: Context,
  ): Promise<(Match | null)[]> {
    if (items.length > MAX)
      throw fault('BAD_USER_INPUT', `至多 ${MAX} 项。`, `At most ${MAX} items, ${items.length} came.`);
    return children.matchChildren(items);
  }
}
