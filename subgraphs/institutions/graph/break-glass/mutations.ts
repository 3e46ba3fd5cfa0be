import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Access, Act } from '../../../../kernel/graph/access.ts';
import { d } from '../../../../kernel/graph/describe.ts';
import { overBudget } from '../../../../kernel/graph/personal.ts';
import { UserErrorType } from '../../../../kernel/graph/shared-types.ts';
import type { DocumentKind } from '../../../../kernel/rules/code-sets/document-kind.ts';
import type { BreakGlass, BreakGlassGround, BreakGlassVerdict } from '../../model.ts';
import type { Review } from '../../rules/break-glass.ts';
import type { ActAnswer } from '../../service.ts';
import type { BreakGlassWish } from '../../service/break-glass/open.ts';
import { AccountDocumentKindEnum } from '../accounts/enums.ts';
import type { Context } from '../context.ts';
import { BREAK_GLASS_READERS, BreakGlassGroundEnum, BreakGlassType, BreakGlassVerdictEnum } from './types.ts';

const key = d('幂等键：重试时不变', 'The idempotency key: the same for every retry');

@InputType('OpenBreakGlassInput', d('破例查看', 'Looking at a child beyond the area'))
class OpenBreakGlassInput implements BreakGlassWish {
  @Field(() => String, key)
  idempotencyKey!: string;

  @Field(() => AccountDocumentKindEnum, d('儿童证件类型', "The kind of the child's document"))
  documentKind!: DocumentKind;

  @Field(() => String, d('儿童证件号码', 'Its whole number'))
  documentNumber!: string;

  @Field(() => BreakGlassGroundEnum, d('事由', 'On what ground'))
  ground!: BreakGlassGround;

  @Field(() => String, d('说明，至多 200 字', 'Why, in words, at most 200 characters'))
  reason!: string;

  @Field(() => Int, d('时长，1 至 72 小时', 'For how long: 1 to 72 hours'))
  hours!: number;
}

@InputType('ReviewBreakGlassInput', d('破例查看复核', 'Judging a break-glass'))
class ReviewBreakGlassInput implements Review {
  @Field(() => String, key)
  idempotencyKey!: string;

  @Field(() => ID, d('破例查看', 'The break-glass, by its id'))
  id!: string;

  @Field(() => BreakGlassVerdictEnum, d('结论', 'Whether it was justified'))
  verdict!: BreakGlassVerdict;

  @Field(() => String, d('意见，至多 200 字', 'What is to be said, at most 200 characters'))
  remark!: string;
}

@Access(...BREAK_GLASS_READERS)
@ObjectType()
abstract class BreakGlassPayload {
  @Field(() => BreakGlassType, { nullable: true, ...d('破例查看，办理后的情况', 'It, as it is now') })
  breakGlass!: BreakGlass | null;

  @Field(() => [UserErrorType], d('拒绝理由，空为成功', 'Why not; empty when it was done'))
  userErrors!: readonly UserErrorType[];
}

const payload = (name: string) =>
  ObjectType(name, { simpleResolvers: true, ...d('办理结果', 'What came of it') });

@Access(...BREAK_GLASS_READERS)
@payload('OpenBreakGlassPayload')
class OpenBreakGlassPayload extends BreakGlassPayload {}
@Access(...BREAK_GLASS_READERS)
@payload('ReviewBreakGlassPayload')
class ReviewBreakGlassPayload extends BreakGlassPayload {}

async function answered(
  { institutions }: Context,
  { results, userErrors }: ActAnswer,
): Promise<BreakGlassPayload> {
  const [one] = results;
  if (!one?.id) return { breakGlass: null, userErrors: one?.userErrors ?? userErrors };
  return { breakGlass: await institutions.breakGlassById(one.id), userErrors: one.userErrors };
}

@Resolver()
export class BreakGlassMutations {
  @Act('openBreakGlass')
  @Mutation(() => OpenBreakGlassPayload, {
    nullable: true,
    ...d(
      '破例查看一名儿童：写明事由与时长，逐次留痕，由上级复核',
      'Look at one child beyond your area: with a ground and a term, logged look by look, judged by the level above',
    ),
  })
  async openBreakGlass(
    @Arg('input', () => OpenBreakGlassInput, d('输入', 'The input'))
    { idempotencyKey, ...wish }: OpenBreakGlassInput,
    @Ctx() context: Context,
  ): Promise<OpenBreakGlassPayload> {
    const { institutions, viewer } = context;
    // Each is a guess whether there is such a child, found or not.
    const { fits, most } = await institutions.spendBreakGlass(viewer);
    if (!fits) throw overBudget('BREAK_GLASS', most);
    return answered(context, await institutions.openBreakGlass(viewer, idempotencyKey, wish));
  }

  @Act('reviewBreakGlass')
  @Mutation(() => ReviewBreakGlassPayload, {
    nullable: true,
    ...d(
      '复核下一级的破例查看；不当的立即终止',
      'Judge a break-glass of the level below; one that was not justified ends at once',
    ),
  })
  async reviewBreakGlass(
    @Arg('input', () => ReviewBreakGlassInput, d('输入', 'The input'))
    { idempotencyKey, ...review }: ReviewBreakGlassInput,
    @Ctx() context: Context,
  ): Promise<ReviewBreakGlassPayload> {
    const { institutions, viewer } = context;
    return answered(context, await institutions.reviewBreakGlass(viewer, idempotencyKey, review));
  }
}
