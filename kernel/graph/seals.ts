/** How the children subgraph tells its neighbours which children are sealed: one form for all of them. */
import { Arg, Ctx, Directive, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Access, type ViewerContext } from './access.ts';
import { d } from './describe.ts';
import { UserErrorType } from './shared-types.ts';

@Directive('@inaccessible')
@InputType('ChildSealInput', d('儿童封存状态（子图间）', 'Whether a child is sealed, for neighbours'))
export class ChildSealInput {
  @Field(() => ID, d('儿童', 'The child'))
  childId!: string;

  @Field(() => Boolean, d('是否封存', 'Whether it is sealed from now on'))
  sealed!: boolean;

  @Field(() => Int, d('该儿童封存、解封的先后', 'Its place among the acts on this child'))
  seq!: number;
}

/** The mutation by which a subgraph hears of it, with an input and a payload of its own name. */
export function sealsMutation<Context extends ViewerContext>(
  name: string,
  apply: (context: Context, seals: readonly ChildSealInput[]) => Promise<void>,
) {
  const pascal = `${name[0]!.toUpperCase()}${name.slice(1)}`;

  @Directive('@inaccessible')
  @InputType(`${pascal}Input`, d('封存及于本子图（子图间）', 'Which children are sealed, for neighbours'))
  class ApplySealsInput {
    @Field(() => String, d('本次投递的标识', 'The key of this delivery; applying may be repeated under any'))
    idempotencyKey!: string;

    @Field(() => [ChildSealInput], d('至多 200 项', 'At most 200'))
    seals!: ChildSealInput[];
  }

  @Access('SERVICE')
  @Directive('@inaccessible')
  @ObjectType(`${pascal}Payload`, {
    simpleResolvers: true,
    ...d('办理结果（子图间）', 'What was done, for neighbours'),
  })
  class ApplySealsPayload {
    @Field(() => Int, d('已办项数', 'How many were taken in'))
    applied!: number;

    @Field(() => [UserErrorType], d('拒绝理由', 'Why not'))
    userErrors!: readonly UserErrorType[];
  }

  @Resolver()
  class Seals {
    @Access('SERVICE')
    @Directive('@inaccessible')
    @Mutation(() => ApplySealsPayload, {
      name,
      nullable: true,
      ...d('封存及于本子图，可重复（子图间）', 'Let seals take effect here; repeatable, for neighbours'),
    })
    async applySeals(
      @Arg('input', () => ApplySealsInput, d('输入', 'The input')) { seals }: ApplySealsInput,
      @Ctx() context: ViewerContext,
    ): Promise<ApplySealsPayload> {
      await apply(context as Context, seals);
      return { applied: seals.length, userErrors: [] };
    }
  }
  return Seals;
}
