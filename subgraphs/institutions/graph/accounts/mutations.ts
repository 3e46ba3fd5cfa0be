import { Arg, Ctx, Field, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Access, Act } from '../../../../kernel/graph/access.ts';
import { d } from '../../../../kernel/graph/describe.ts';
import { UserErrorType } from '../../../../kernel/graph/shared-types.ts';
import type { Account } from '../../model.ts';
import type { ActAnswer } from '../../service.ts';
import type { Context } from '../context.ts';
import {
  ActivateAccountInput,
  ChangeAccountInput,
  OpenAccountInput,
  ReopenAccountInput,
  RevokeAccountInput,
  SealAccountInput,
} from './inputs.ts';
import { ACCOUNT_READERS, AccountType } from './types.ts';

@Access(...ACCOUNT_READERS)
@ObjectType()
abstract class AccountPayload {
  @Field(() => AccountType, { nullable: true, ...d('账号，办理后的情况', 'The account as it is now') })
  account!: Account | null;

  @Field(() => [UserErrorType], d('拒绝理由，空为成功', 'Why not; empty when it was done'))
  userErrors!: readonly UserErrorType[];
}

const payload = (name: string) =>
  ObjectType(name, { simpleResolvers: true, ...d('办理结果', 'What came of it') });

@Access(...ACCOUNT_READERS)
@payload('OpenAccountPayload')
class OpenAccountPayload extends AccountPayload {}
@Access(...ACCOUNT_READERS)
@payload('ActivateAccountPayload')
class ActivateAccountPayload extends AccountPayload {}
@Access(...ACCOUNT_READERS)
@payload('ChangeAccountPayload')
class ChangeAccountPayload extends AccountPayload {}
@Access(...ACCOUNT_READERS)
@payload('SealAccountPayload')
class SealAccountPayload extends AccountPayload {}
@Access(...ACCOUNT_READERS)
@payload('ReopenAccountPayload')
class ReopenAccountPayload extends AccountPayload {}
@Access(...ACCOUNT_READERS)
@payload('RevokeAccountPayload')
class RevokeAccountPayload extends AccountPayload {}

/** Loaded after the act, and anew: an earlier act of the same request may have loaded it as it was then. */
async function answered({ loaders }: Context, { results, userErrors }: ActAnswer): Promise<AccountPayload> {
  const [one] = results;
  if (!one?.id) return { account: null, userErrors: one?.userErrors ?? userErrors };
  loaders.account.clearAll();
  loaders.accountVersionsOf.clearAll();
  return { account: await loaders.account.load(one.id), userErrors: one.userErrors };
}

const input = d('输入', 'The input');

@Resolver()
export class AccountMutations {
  @Act('openAccount')
  @Mutation(() => OpenAccountPayload, {
    nullable: true,
    ...d('账号备案，由上一级办理', 'File an account; the level above does'),
  })
  async openAccount(
    @Arg('input', () => OpenAccountInput, input) { idempotencyKey, ...item }: OpenAccountInput,
    @Ctx() context: Context,
  ): Promise<OpenAccountPayload> {
    return answered(context, await context.institutions.openAccount(context.viewer, idempotencyKey, item));
  }

  @Act('activateAccount')
  @Mutation(() => ActivateAccountPayload, {
    nullable: true,
    ...d('启用账号，须有培训合格证', 'Activate an account; the certificate of the training is expected'),
  })
  async activateAccount(
    @Arg('input', () => ActivateAccountInput, input) { idempotencyKey, ...wish }: ActivateAccountInput,
    @Ctx() context: Context,
  ): Promise<ActivateAccountPayload> {
    return answered(
      context,
      await context.institutions.activateAccount(context.viewer, idempotencyKey, wish),
    );
  }

  @Act('changeAccount')
  @Mutation(() => ChangeAccountPayload, {
    nullable: true,
    ...d('变更账号的岗位和权限', 'Change the duty and the rights of an account'),
  })
  async changeAccount(
    @Arg('input', () => ChangeAccountInput, input) { idempotencyKey, ...wish }: ChangeAccountInput,
    @Ctx() context: Context,
  ): Promise<ChangeAccountPayload> {
    return answered(context, await context.institutions.changeAccount(context.viewer, idempotencyKey, wish));
  }

  @Act('sealAccount')
  @Mutation(() => SealAccountPayload, { nullable: true, ...d('封存账号', 'Seal an account') })
  async sealAccount(
    @Arg('input', () => SealAccountInput, input) { idempotencyKey, ...wish }: SealAccountInput,
    @Ctx() context: Context,
  ): Promise<SealAccountPayload> {
    return answered(context, await context.institutions.sealAccount(context.viewer, idempotencyKey, wish));
  }

  @Act('reopenAccount')
  @Mutation(() => ReopenAccountPayload, {
    nullable: true,
    ...d('解封账号，由上一级办理', 'Open a sealed account again; the level above does'),
  })
  async reopenAccount(
    @Arg('input', () => ReopenAccountInput, input) { idempotencyKey, ...wish }: ReopenAccountInput,
    @Ctx() context: Context,
  ): Promise<ReopenAccountPayload> {
    return answered(context, await context.institutions.reopenAccount(context.viewer, idempotencyKey, wish));
  }

  @Act('revokeAccount')
  @Mutation(() => RevokeAccountPayload, {
    nullable: true,
    ...d('注销账号，不可恢复', 'Revoke an account for good'),
  })
  async revokeAccount(
    @Arg('input', () => RevokeAccountInput, input) { idempotencyKey, ...wish }: RevokeAccountInput,
    @Ctx() context: Context,
  ): Promise<RevokeAccountPayload> {
    return answered(context, await context.institutions.revokeAccount(context.viewer, idempotencyKey, wish));
  }
}
