import { Arg, Ctx, Field, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Access, Act, EVERYBODY } from '../../../kernel/graph/access.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { UserErrorType } from '../../../kernel/graph/shared-types.ts';
import type { Institution } from '../model.ts';
import type { ActAnswer } from '../service.ts';
import {
  BeginClosingInput,
  CancelClosingInput,
  CloseInstitutionInput,
  MergeInstitutionsInput,
  MoveInstitutionInput,
  RenameInstitutionInput,
} from './change-inputs.ts';
import type { Context } from './context.ts';
import { InstitutionType } from './types.ts';

@Access(...EVERYBODY)
@ObjectType()
abstract class ChangePayload {
  @Field(() => InstitutionType, {
    nullable: true,
    ...d('机构，办理后的情况', 'The institution as it is now; the one that remains, of a merger'),
  })
  institution!: Institution | null;

  @Field(() => [UserErrorType], d('拒绝理由，空为成功', 'Why not; empty when it was done'))
  userErrors!: readonly UserErrorType[];
}

const payload = (name: string) =>
  ObjectType(name, { simpleResolvers: true, ...d('办理结果', 'What came of it') });

@Access(...EVERYBODY)
@payload('RenameInstitutionPayload')
class RenameInstitutionPayload extends ChangePayload {}
@Access(...EVERYBODY)
@payload('MoveInstitutionPayload')
class MoveInstitutionPayload extends ChangePayload {}
@Access(...EVERYBODY)
@payload('MergeInstitutionsPayload')
class MergeInstitutionsPayload extends ChangePayload {}
@Access(...EVERYBODY)
@payload('BeginClosingPayload')
class BeginClosingPayload extends ChangePayload {}
@Access(...EVERYBODY)
@payload('CancelClosingPayload')
class CancelClosingPayload extends ChangePayload {}
@Access(...EVERYBODY)
@payload('CloseInstitutionPayload')
class CloseInstitutionPayload extends ChangePayload {}

/** Loaded after the act, and anew: an earlier act of the same request may have loaded it as it was then. */
async function answered({ loaders }: Context, { results, userErrors }: ActAnswer): Promise<ChangePayload> {
  const [one] = results;
  if (!one?.id) return { institution: null, userErrors: one?.userErrors ?? userErrors };
  loaders.institution.clearAll();
  loaders.institutionByCode.clearAll();
  loaders.versionsOf.clearAll();
  loaders.classesOf.clearAll();
  return { institution: await loaders.institution.load(one.id), userErrors: one.userErrors };
}

const input = d('输入', 'The input');

@Resolver()
export class InstitutionChanges {
  @Act('renameInstitution')
  @Mutation(() => RenameInstitutionPayload, {
    nullable: true,
    ...d('机构更名，标识码不变', 'Rename an institution; its code stays'),
  })
  async renameInstitution(
    @Arg('input', () => RenameInstitutionInput, input) { idempotencyKey, ...wish }: RenameInstitutionInput,
    @Ctx() context: Context,
  ): Promise<RenameInstitutionPayload> {
    return answered(
      context,
      await context.institutions.renameInstitution(context.viewer, idempotencyKey, wish),
    );
  }

  @Act('moveInstitution')
  @Mutation(() => MoveInstitutionPayload, {
    nullable: true,
    ...d('机构改隶另一县', 'Put an institution under another county authority'),
  })
  async moveInstitution(
    @Arg('input', () => MoveInstitutionInput, input) { idempotencyKey, ...wish }: MoveInstitutionInput,
    @Ctx() context: Context,
  ): Promise<MoveInstitutionPayload> {
    return answered(
      context,
      await context.institutions.moveInstitution(context.viewer, idempotencyKey, wish),
    );
  }

  @Act('mergeInstitutions')
  @Mutation(() => MergeInstitutionsPayload, {
    nullable: true,
    ...d(
      '机构合并：保留者沿用标识码，其余作废',
      'Merge institutions: the one that remains keeps its code, the others are void',
    ),
  })
  async mergeInstitutions(
    @Arg('input', () => MergeInstitutionsInput, input) { idempotencyKey, ...merger }: MergeInstitutionsInput,
    @Ctx() context: Context,
  ): Promise<MergeInstitutionsPayload> {
    const answer = await context.institutions.mergeInstitutions(context.viewer, idempotencyKey, merger);
    return answered(context, answer);
  }

  @Act('beginClosing')
  @Mutation(() => BeginClosingPayload, {
    nullable: true,
    ...d('开始撤销：不再接收儿童', 'Begin to close an institution: it takes nobody in any more'),
  })
  async beginClosing(
    @Arg('input', () => BeginClosingInput, input) { idempotencyKey, ...wish }: BeginClosingInput,
    @Ctx() context: Context,
  ): Promise<BeginClosingPayload> {
    return answered(context, await context.institutions.beginClosing(context.viewer, idempotencyKey, wish));
  }

  @Act('cancelClosing')
  @Mutation(() => CancelClosingPayload, {
    nullable: true,
    ...d('取消撤销，恢复原状态', 'Do not close it after all: it is again what it was'),
  })
  async cancelClosing(
    @Arg('input', () => CancelClosingInput, input) { idempotencyKey, ...wish }: CancelClosingInput,
    @Ctx() context: Context,
  ): Promise<CancelClosingPayload> {
    return answered(context, await context.institutions.cancelClosing(context.viewer, idempotencyKey, wish));
  }

  @Act('closeInstitution')
  @Mutation(() => CloseInstitutionPayload, {
    nullable: true,
    ...d(
      '撤销机构：尚有在园儿童或未办结申请的不予撤销',
      'Close an institution; refused while children or undecided applications remain in it',
    ),
  })
  async closeInstitution(
    @Arg('input', () => CloseInstitutionInput, input) { idempotencyKey, ...wish }: CloseInstitutionInput,
    @Ctx() context: Context,
  ): Promise<CloseInstitutionPayload> {
    return answered(
      context,
      await context.institutions.closeInstitution(context.viewer, idempotencyKey, wish),
    );
  }
}
