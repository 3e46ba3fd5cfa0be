import { Arg, Ctx, Directive, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Access } from '../../../kernel/graph/access.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { UserErrorType } from '../../../kernel/graph/shared-types.ts';
import type { Move } from '../rules/moving.ts';
import type { Context } from './context.ts';
import { idempotencyKey, optional } from './inputs.ts';

@Directive('@inaccessible')
@InputType('HolderMoveInput', d('儿童换园（子图间）', 'A child that goes elsewhere, for neighbours'))
class HolderMoveInput implements Move {
  @Field(() => ID, d('儿童', 'The child, by its opaque id'))
  childId!: string;

  @Field(() => String, {
    ...optional,
    ...d('原机构标识码；此前无在籍机构时为空', 'The institution it leaves; null where there is none'),
  })
  fromInstitutionCode!: string | null;

  @Field(
    () => String,
    d(
      '新机构标识码；机构本身迁址时与原码相同',
      'The institution it goes to; the same code where the institution itself has moved',
    ),
  )
  toInstitutionCode!: string;

  @Field(() => String, d('生效日期 YYYY-MM-DD', 'The day, YYYY-MM-DD'))
  on!: string;
}

@Directive('@inaccessible')
@InputType('MoveHoldersInput', d('批量换园（子图间）', 'Children that go elsewhere, for neighbours'))
class MoveHoldersInput {
  @Field(() => String, idempotencyKey)
  idempotencyKey!: string;

  @Field(() => [HolderMoveInput], d('至多 200 项', 'At most 200 moves'))
  moves!: HolderMoveInput[];
}

@Access('SERVICE')
@Directive('@inaccessible')
@ObjectType('MoveHoldersPayload', {
  simpleResolvers: true,
  ...d('换园结果（子图间）', 'What came of the moves, for neighbours'),
})
class MoveHoldersPayload {
  @Field(() => [UserErrorType], d('拒绝理由，空为全部成功', 'Why not; empty when all were done'))
  userErrors!: readonly UserErrorType[];
}

@Resolver()
export class Moves {
  @Access('SERVICE')
  @Directive('@inaccessible')
  @Mutation(() => MoveHoldersPayload, {
    nullable: true,
    ...d('儿童换园，全部成功或全部不变（子图间）', 'Change who holds children, all or none, for neighbours'),
  })
  moveHolders(
    @Arg('input', () => MoveHoldersInput, d('输入', 'The input')) input: MoveHoldersInput,
    @Ctx() { children, viewer }: Context,
  ): Promise<MoveHoldersPayload> {
    return children.moveHolders(viewer, input.idempotencyKey, input.moves);
  }
}
