import { Arg, Ctx, Directive, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Access } from '../../../kernel/graph/access.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { InstitutionChangeInput } from '../../../kernel/graph/institution-changes.ts';
import { UserErrorType } from '../../../kernel/graph/shared-types.ts';
import type { Context } from './context.ts';
import { idempotencyKey } from './inputs.ts';

@Directive('@inaccessible')
@InputType(
  'ApplyInstitutionChangesToHoldersInput',
  d('机构变更及于儿童（子图间）', 'Changes of institutions that hold children, for neighbours'),
)
class ApplyInstitutionChangesToHoldersInput {
  @Field(() => String, idempotencyKey)
  idempotencyKey!: string;

  @Field(() => [InstitutionChangeInput], d('依次办理，至多 20 项', 'In order, at most 20'))
  changes!: InstitutionChangeInput[];
}

@Access('SERVICE')
@Directive('@inaccessible')
@ObjectType('ApplyInstitutionChangesToHoldersPayload', {
  simpleResolvers: true,
  ...d('办理结果（子图间）', 'What was done, for neighbours'),
})
class ApplyInstitutionChangesToHoldersPayload {
  @Field(() => [ID], d('已办完的变更', 'The changes that are done'))
  applied!: readonly string[];

  @Field(() => [UserErrorType], d('拒绝理由', 'Why not'))
  userErrors!: readonly UserErrorType[];
}

@Resolver()
export class InstitutionChangeMutations {
  @Access('SERVICE')
  @Directive('@inaccessible')
  @Mutation(() => ApplyInstitutionChangesToHoldersPayload, {
    nullable: true,
    ...d(
      '机构变更及于儿童，可重复（子图间）',
      'Let changes of institutions reach the children they hold; repeatable, for neighbours',
    ),
  })
  async applyInstitutionChangesToHolders(
    @Arg('input', () => ApplyInstitutionChangesToHoldersInput, d('输入', 'The input'))
    { changes }: ApplyInstitutionChangesToHoldersInput,
    @Ctx() { children, viewer }: Context,
  ): Promise<ApplyInstitutionChangesToHoldersPayload> {
    return { applied: await children.applyInstitutionChanges(viewer, changes), userErrors: [] };
  }
}
