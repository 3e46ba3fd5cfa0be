/** What a guardian may see: who looked at the child's data. And how an account becomes one. */
import { Arg, Ctx, Directive, Field, FieldResolver, ID, InputType, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql'; // prettier-ignore
import { Access, Act } from '../../../kernel/graph/access.ts';
import { childAccessPage, ChildAccessConnection } from '../../../kernel/graph/child-access.ts';
import { After, First } from '../../../kernel/graph/connection.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { enumOf } from '../../../kernel/graph/enums.ts';
import { DateTime } from '../../../kernel/graph/scalars.ts';
import { UserErrorType } from '../../../kernel/graph/shared-types.ts';
import { Sized } from '../../../kernel/graph/sizes.ts';
import { ACTIONS } from '../../../kernel/rules/actions.ts';
import { GUARDIAN_PROOF, type Child, type GuardianBinding, type GuardianProof } from '../model.ts';
import type { BindingDone, NewBinding } from '../service/bind-guardian.ts';
import type { Context } from './context.ts';
import { idempotencyKey } from './inputs.ts';
import { ChildType } from './types.ts';

const GuardianProofEnum = enumOf(
  'GuardianProof',
  '监护关系凭证',
  'By what somebody has shown to be a guardian',
  GUARDIAN_PROOF,
);
const BINDERS = ACTIONS.bindGuardian;

@Access('GUARDIAN', 'SERVICE')
@Directive('@key(fields: "id")')
@ObjectType('GuardedChild', {
  simpleResolvers: true,
  ...d('本人监护的儿童', 'A child the account is a guardian of'),
})
export class GuardedChildType {
  @Field(() => ID, d('儿童的内部标识', "The child's opaque id"))
  id!: string;
}

@Access(...BINDERS)
@ObjectType('GuardianAccount', {
  simpleResolvers: true,
  ...d('可查询查看记录的监护人账号', 'An account that may see who looked'),
})
class GuardianAccountType implements Pick<
  GuardianBinding,
  'id' | 'account' | 'proof' | 'boundBy' | 'boundAt'
> {
  @Field(() => ID, d('内部标识', 'Its opaque id'))
  id!: string;

  @Field(() => String, d('账号', 'The account'))
  account!: string;

  @Field(() => GuardianProofEnum, d('凭证', 'By what it was shown'))
  proof!: GuardianProof;

  @Field(() => String, d('办理账号', 'The account that bound it'))
  boundBy!: string;

  @Field(() => DateTime, d('办理时间', 'When'))
  boundAt!: Date;
}

@InputType('BindGuardianInput', d('确认监护人账号', 'Binding a guardian'))
class BindGuardianInput implements NewBinding {
  @Field(() => String, idempotencyKey)
  idempotencyKey!: string;

  @Field(() => ID, d('儿童', 'The child'))
  childId!: string;

  @Field(
    () => String,
    d('监护人的账号，不得为证件或电话号码', "The guardian's account; no number of a person or a phone"),
  )
  account!: string;

  @Field(() => GuardianProofEnum, d('所见凭证', 'The paper that was shown'))
  proof!: GuardianProof;
}

@InputType('UnbindGuardianInput', d('解除监护人账号', 'Taking a binding away'))
class UnbindGuardianInput {
  @Field(() => String, idempotencyKey)
  idempotencyKey!: string;

  @Field(() => ID, d('所解除的账号，见 guardianAccounts', 'Which, by its id in guardianAccounts'))
  bindingId!: string;
}

@Access(...BINDERS)
@ObjectType('BindGuardianPayload', {
  simpleResolvers: true,
  ...d('监护人账号的办理结果', 'What became of binding or unbinding'),
})
class BindGuardianPayload {
  @Field(() => ChildType, { nullable: true, ...d('儿童', 'The child') })
  child!: Child | null;

  @Field(() => [UserErrorType], d('不予办理的原因', 'Why it was refused'))
  userErrors!: UserErrorType[];
}

@Access(...BINDERS)
@ObjectType('UnbindGuardianPayload', {
  simpleResolvers: true,
  ...d('监护人账号的办理结果', 'What became of binding or unbinding'),
})
class UnbindGuardianPayload extends BindGuardianPayload {}

@Resolver()
export class GuardianResolvers {
  @Access('GUARDIAN')
  @Sized(4)
  @Query(() => [GuardedChildType], {
    nullable: true,
    ...d('本人监护的儿童', 'The children this account is bound to as a guardian'),
  })
  guardedChildren(@Ctx() { children, viewer }: Context) {
    return children.childrenOfGuardian(viewer.account);
  }

  @Act('bindGuardian')
  @Mutation(() => BindGuardianPayload, {
    nullable: true,
    ...d('凭证确认监护人账号', 'Let an account see who looked at a child, on proof'),
  })
  bindGuardian(
    @Arg('input', () => BindGuardianInput, d('输入', 'The input'))
    { idempotencyKey: key, ...wish }: BindGuardianInput,
    @Ctx() context: Context,
  ) {
    return payload(context, context.children.bindGuardian(context.viewer, key, wish));
  }

  @Act('bindGuardian')
  @Mutation(() => UnbindGuardianPayload, {
    nullable: true,
    ...d('解除监护人账号', 'Take it away again'),
  })
  unbindGuardian(
    @Arg('input', () => UnbindGuardianInput, d('输入', 'The input'))
    { idempotencyKey: key, bindingId }: UnbindGuardianInput,
    @Ctx() context: Context,
  ) {
    return payload(context, context.children.unbindGuardian(context.viewer, key, bindingId));
  }
}

@Resolver(() => ChildType)
export class ChildGuardianAccounts {
  @Access(...BINDERS)
  @Sized(4)
  @FieldResolver(
    () => [GuardianAccountType],
    d('可查询查看记录的监护人账号', 'The accounts that may see who looked at the child'),
  )
  guardianAccounts(@Root() { id }: Pick<Child, 'id'>, @Ctx() { loaders }: Context) {
    return loaders.bindingsOf.load(id);
  }
}

@Resolver(() => GuardedChildType)
export class GuardedChildFields {
  @Access('GUARDIAN')
  @FieldResolver(() => ChildAccessConnection, {
    nullable: true,
    ...d(
      '谁看过、改过儿童的身份信息：机关或机构，不含个人',
      'Who looked at or changed what the child is known by: the authority, never the person',
    ),
  })
  accesses(
    @Root() { id }: GuardedChildType,
    @First() first: number,
    @After() after: string | null,
    @Ctx() { children }: Context,
  ): Promise<ChildAccessConnection> {
    return childAccessPage(children.auditEntries, id, { first, after });
  }

  @Access('SERVICE')
  @Directive('@inaccessible')
  @Sized(4)
  @FieldResolver(() => [String], d('监护人账号（子图间）', 'The accounts of its guardians, for neighbours'))
  async boundAccounts(@Root() { id }: GuardedChildType, @Ctx() { loaders }: Context) {
    return (await loaders.bindingsOf.load(id)).map(({ account }) => account);
  }
}

async function payload({ loaders }: Context, answer: Promise<BindingDone>) {
  const { childId, userErrors } = await answer;
  return { child: childId === null ? null : await loaders.child.load(childId), userErrors };
}
