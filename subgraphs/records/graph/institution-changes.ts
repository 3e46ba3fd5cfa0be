import {
  Arg,
  Ctx,
  Directive,
  Field,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
} from 'type-graphql';
import { Access } from '../../../kernel/graph/access.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { fault } from '../../../kernel/graph/faults.ts';
import { InstitutionChangeInput } from '../../../kernel/graph/institution-changes.ts';
import { UserErrorType } from '../../../kernel/graph/shared-types.ts';
import { Sized, SizedBy } from '../../../kernel/graph/sizes.ts';
import type { Context } from './context.ts';

const MAX = 200;

@Directive('@inaccessible')
@InputType(
  'ApplyInstitutionChangesInput',
  d('机构变更及于学籍（子图间）', 'Changes of institutions that have records, for neighbours'),
)
class ApplyInstitutionChangesInput {
  @Field(() => String, d('本次投递的标识', 'The key of this delivery; applying may be repeated under any'))
  idempotencyKey!: string;

  @Field(() => [InstitutionChangeInput], d('依次办理，至多 20 项', 'In order, at most 20'))
  changes!: InstitutionChangeInput[];
}

@Access('SERVICE')
@Directive('@inaccessible')
@ObjectType('ApplyInstitutionChangesPayload', {
  simpleResolvers: true,
  ...d('办理结果（子图间）', 'What was done, for neighbours'),
})
class ApplyInstitutionChangesPayload {
  @Field(() => [ID], d('已办完的变更', 'The changes that are done'))
  applied!: readonly string[];

  @Field(() => [UserErrorType], d('拒绝理由', 'Why not'))
  userErrors!: readonly UserErrorType[];
}

@Access('SERVICE')
@Directive('@inaccessible')
@ObjectType('InstitutionLoad', {
  simpleResolvers: true,
  ...d('机构尚有的学籍业务（子图间）', 'What is left in an institution, for neighbours'),
})
class InstitutionLoad {
  @Field(() => String, d('机构标识码', 'The institution, by its code'))
  code!: string;

  @Field(() => Int, d('在园儿童数', 'Children who are there'))
  children!: number;

  @Field(() => Int, d('未办结申请数', 'Applications nobody has decided that go there or come from there'))
  undecided!: number;

  @Field(() => String, {
    nullable: true,
    ...d('最后一名儿童离园之日，从无儿童为空', 'The day its last stay ended; null where none has'),
  })
  stayedUntil!: string | null;
}

@Resolver()
export class InstitutionChangeResolvers {
  @Access('SERVICE')
  @Directive('@inaccessible')
  @Sized(200)
  @SizedBy({ argument: 'codes' })
  @Query(() => [InstitutionLoad], {
    nullable: true,
    ...d('机构尚有的儿童和申请（子图间）', 'What is left in institutions, in order, for neighbours'),
  })
  institutionLoad(
    @Arg('codes', () => [String], d('机构标识码，至多 200 个', 'Their codes, at most 200')) codes: string[],
    @Ctx() { records }: Context,
  ) {
    if (codes.length > MAX)
      throw fault('BAD_USER_INPUT', `至多 ${MAX} 项。`, `At most ${MAX} codes, ${codes.length} came.`);
    return records.institutionLoads(codes);
  }

  @Access('SERVICE')
  @Directive('@inaccessible')
  @Mutation(() => ApplyInstitutionChangesPayload, {
    nullable: true,
    ...d(
      '机构变更及于学籍，可重复（子图间）',
      'Let changes of institutions reach their records; repeatable, for neighbours',
    ),
  })
  async applyInstitutionChanges(
    @Arg('input', () => ApplyInstitutionChangesInput, d('输入', 'The input'))
    { changes }: ApplyInstitutionChangesInput,
    @Ctx() { records }: Context,
  ): Promise<ApplyInstitutionChangesPayload> {
    return { applied: await records.applyInstitutionChanges(changes), userErrors: [] };
  }
}
