import { Arg, Ctx, Field, FieldResolver, ID, InputType, Int, Mutation, ObjectType, Resolver, Root } from 'type-graphql'; // prettier-ignore
import { Access, Act } from '../../../kernel/graph/access.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { UserErrorType } from '../../../kernel/graph/shared-types.ts';
import { Sized } from '../../../kernel/graph/sizes.ts';
import { ACTIONS } from '../../../kernel/rules/actions.ts';
import type { Promoted, Promotion, Stayed } from '../service/promote-classes.ts';
import type { UndonePromotion } from '../service/undo-promotion.ts';
import type { Context } from './context.ts';
import { ClassRef } from './neighbours.ts';
import { RecordType } from './types.ts';

const PROMOTERS = [...ACTIONS.promoteClasses, ...ACTIONS.undoPromotion] as const;

@InputType('ClassPromotionInput', d('一个班级升班', 'One class and the class it goes on to'))
export class ClassPromotionInput implements Promotion {
  @Field(() => ID, d('原班级', 'The class whose children go on'))
  fromClassId!: string;

  @Field(() => ID, d('下一学年的班级', 'Their class of the next school year'))
  toClassId!: string;

  @Field(() => String, {
    nullable: true,
    ...d('留级理由，至多 200 字', 'Why the class stays at its level, at most 200 characters'),
  })
  reason?: string | null;
}

@InputType('PromoteClassesInput', d('整班升班', 'Taking classes into the next school year'))
export class PromoteClassesInput {
  @Field(() => String, d('幂等键：重试时不变', 'The idempotency key: the same for every retry'))
  idempotencyKey!: string;

  @Field(
    () => [ClassPromotionInput],
    d(
      '班级，至多 200 个，合计至多 1000 名儿童',
      'The classes, at most 200 with at most 1000 children among them',
    ),
  )
  items!: ClassPromotionInput[];

  @Field(() => String, d('到新班级的首日 YYYY-MM-DD', 'The first day in the new classes, YYYY-MM-DD'))
  on!: string;
}

@InputType('PromotionPairInput', d('一次升班', 'One promotion: the class left and the class gone on to'))
export class PromotionPairInput implements UndonePromotion {
  @Field(() => ID, d('原班级', 'The class the children came from'))
  fromClassId!: string;

  @Field(() => ID, d('升入的班级', 'The class they were promoted to'))
  toClassId!: string;
}

@InputType('UndoPromotionsInput', d('撤销升班', 'Taking promotions back'))
export class UndoPromotionsInput {
  @Field(() => String, d('幂等键：重试时不变', 'The idempotency key: the same for every retry'))
  idempotencyKey!: string;

  @Field(
    () => [PromotionPairInput],
    d(
      '升班，至多 200 项，合计至多 1000 名儿童',
      'The promotions, at most 200 with at most 1000 children among them',
    ),
  )
  items!: PromotionPairInput[];

  @Field(() => String, { nullable: true, ...d('理由，至多 200 字', 'Why, at most 200 characters') })
  reason?: string | null;
}

@Access(...PROMOTERS)
@ObjectType('PromotionStayed', {
  simpleResolvers: true,
  ...d('未随班升班的儿童', 'A child that did not go on with its class'),
})
export class PromotionStayedType implements Pick<Stayed, 'recordId'> {
  @Field(() => ID, d('学籍标识', 'The id of the record'))
  recordId!: string;

  @Field(() => [UserErrorType], d('理由', 'Why'))
  userErrors!: readonly UserErrorType[];
}

@Access(...PROMOTERS)
@ObjectType('ClassPromotion', {
  simpleResolvers: true,
  ...d('一个班级的升班结果', 'What came of one class'),
})
export class ClassPromotionType implements Pick<Promoted, 'moved'> {
  @Field(() => Int, d('升班人数', 'Children that went on'))
  moved!: number;

  @Sized(5)
  @Field(() => [PromotionStayedType], d('未升班的儿童', 'Children that did not'))
  stayed!: readonly PromotionStayedType[];

  @Field(() => [UserErrorType], d('提示', 'What was let through but should be looked at'))
  warnings!: readonly UserErrorType[];

  @Field(() => [UserErrorType], d('该班的拒绝理由', 'Why the class did not go on'))
  userErrors!: readonly UserErrorType[];
}

@Access(...PROMOTERS)
@ObjectType('PromoteClassesPayload', { simpleResolvers: true, ...d('升班结果', 'What came of each class') })
export class PromoteClassesPayload {
  @Field(() => [ClassPromotionType], d('逐班结果，与输入同序', 'One result for each class, in order'))
  results!: readonly Promoted[];

  @Field(() => [UserErrorType], d('整个请求的拒绝理由', 'Why the request as a whole was refused'))
  userErrors!: readonly UserErrorType[];
}

@Access(...PROMOTERS)
@ObjectType('UndoPromotionsPayload', { simpleResolvers: true, ...d('撤销结果', 'What came of each') })
export class UndoPromotionsPayload {
  @Field(() => [ClassPromotionType], d('逐项结果，与输入同序', 'One result for each promotion, in order'))
  results!: readonly Promoted[];

  @Field(() => [UserErrorType], d('整个请求的拒绝理由', 'Why the request as a whole was refused'))
  userErrors!: readonly UserErrorType[];
}

@Resolver(() => PromotionStayedType)
export class PromotionStayedFields {
  @FieldResolver(() => RecordType, { nullable: true, ...d('学籍', 'The record') })
  record(@Root() { recordId }: Stayed, @Ctx() { loaders }: Context) {
    return loaders.record.load(recordId);
  }
}

@Resolver(() => ClassPromotionType)
export class ClassPromotionFields {
  @FieldResolver(() => ClassRef, { nullable: true, ...d('原班级', 'The class they were in') })
  from(@Root() { fromClassId }: Promoted): ClassRef {
    return { id: fromClassId };
  }

  @FieldResolver(() => ClassRef, { nullable: true, ...d('新班级', 'The class they went on to') })
  to(@Root() { toClassId }: Promoted): ClassRef {
    return { id: toClassId };
  }
}

@Resolver()
export class PromotionMutations {
  @Act('promoteClasses')
  @Mutation(() => PromoteClassesPayload, {
    nullable: true,
    ...d('整班升入下一学年', 'Take whole classes into the next school year'),
  })
  async promoteClasses(
    @Arg('input', () => PromoteClassesInput, d('输入', 'The input'))
    { idempotencyKey, items, on }: PromoteClassesInput,
    @Ctx() { records, viewer, loaders }: Context,
  ): Promise<PromoteClassesPayload> {
    const answer = await records.promoteClasses(viewer, idempotencyKey, items, on);
    forget(loaders);
    return { results: [...answer.results], userErrors: answer.userErrors };
  }

  @Act('undoPromotion')
  @Mutation(() => UndoPromotionsPayload, {
    nullable: true,
    ...d(
      '县级撤销升班，限省规定的撤销期限内',
      'Take promotions back, as the county, within the province’s days',
    ),
  })
  async undoPromotions(
    @Arg('input', () => UndoPromotionsInput, d('输入', 'The input'))
    { idempotencyKey, items, reason = null }: UndoPromotionsInput,
    @Ctx() { records, viewer, loaders }: Context,
  ): Promise<UndoPromotionsPayload> {
    const answer = await records.undoPromotions(viewer, idempotencyKey, items, reason);
    forget(loaders);
    return { results: [...answer.results], userErrors: answer.userErrors };
  }
}

/** Whole classes have changed: nothing read before still holds. */
function forget({ record, placementsOf, eventsOf, headcountOfClass }: Context['loaders']): void {
  for (const loader of [record, placementsOf, eventsOf, headcountOfClass])
    (loader as { clearAll(): unknown }).clearAll();
}
