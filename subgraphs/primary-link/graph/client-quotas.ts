import { Arg, Ctx, Field, InputType, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { Access, Act } from '../../../kernel/graph/access.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { fault, outsideArea } from '../../../kernel/graph/faults.ts';
import { DateTime } from '../../../kernel/graph/scalars.ts';
import { UserErrorType } from '../../../kernel/graph/shared-types.ts';
import { Sized } from '../../../kernel/graph/sizes.ts';
import { ACTIONS } from '../../../kernel/rules/actions.ts';
import { covers, type Viewer } from '../../../kernel/rules/viewer.ts';
import type { QuotaKind } from '../model.ts';
import type { QuotaSetting } from '../rules/quota.ts';
import type { ClientQuota } from '../service/client-quotas.ts';
import type { Context } from './context.ts';
import { QuotaKindEnum } from './enums.ts';

const SCHOOL = d('小学标识码', 'The school, by its code');
const ACCOUNT = d('账号；空为该校所有账号', 'One account of it; all of the school where left out');

@Access(...ACTIONS.clientUse)
@ObjectType('ClientQuota', {
  simpleResolvers: true,
  ...d('一个客户系统的每日限额', 'What a client system may ask a day, and has asked today'),
})
class ClientQuotaType implements ClientQuota {
  @Field(() => QuotaKindEnum, d('项目', 'What is rationed'))
  kind!: QuotaKind;

  @Field(() => Int, d('每日至多', 'At most so many items a day'))
  most!: number;

  @Field(() => Int, d('今日已用；未指明账号为 0', 'So many today; 0 where no account is named'))
  used!: number;

  @Field(() => DateTime, d('何时重新计算', 'When it is free again'))
  freesAt!: Date;
}

@InputType('SetClientQuotaInput', d('设置限额', 'Setting a quota'))
class SetClientQuotaInput implements QuotaSetting {
  @Field(() => String, d('幂等键：重试时不变', 'The idempotency key: the same for every retry'))
  idempotencyKey!: string;

  @Field(() => String, {
    nullable: true,
    ...d('小学标识码；省级留空为本省全部', 'The school, by its code; left out by a province for all of it'),
  })
  school?: string | null;

  @Field(() => String, { nullable: true, ...ACCOUNT })
  account?: string | null;

  @Field(() => QuotaKindEnum, d('项目', 'What is rationed'))
  kind!: QuotaKind;

  @Field(() => Int, {
    nullable: true,
    ...d('每日至多；空为恢复默认', 'At most so many a day; null for the default'),
  })
  most?: number | null;
}

@Access(...ACTIONS.setClientQuota)
@ObjectType('SetClientQuotaPayload', { simpleResolvers: true, ...d('设置结果', 'What came of it') })
class SetClientQuotaPayload {
  @Sized(4)
  @Field(() => [ClientQuotaType], {
    nullable: true,
    ...d('该校现行限额；为全省设置时为空', 'What counts there now; null where it was set for a province'),
  })
  quotas!: readonly ClientQuota[] | null;

  @Field(() => [UserErrorType], d('拒绝理由，空为成功', 'Why not; empty when it was set'))
  userErrors!: readonly UserErrorType[];
}

/** The client meant, as it would ask. */
const clientOf = (school: string, account: string | null | undefined): Viewer => ({
  ...{ account: account ?? '', role: 'PRIMARY_SCHOOL', area: { level: 'INSTITUTION', code: school } },
});

@Resolver()
export class ClientQuotas {
  @Act('clientUse')
  @Sized(4)
  @Query(() => [ClientQuotaType], {
    nullable: true,
    ...d(
      '客户系统的每日限额与今日已用：学校看自己，主管部门按学校查看',
      'Quotas of a client system and what it has used today: a school its own, an authority those of a school in its area',
    ),
  })
  async clientQuotas(
    @Arg('school', () => String, { nullable: true, ...SCHOOL }) school: string | null | undefined,
    @Arg('account', () => String, { nullable: true, ...ACCOUNT }) account: string | null | undefined,
    @Ctx() { primaryLink, viewer, loaders }: Context,
  ): Promise<ClientQuota[]> {
    if (viewer.role === 'PRIMARY_SCHOOL') {
      if ((school ?? viewer.area.code) !== viewer.area.code) throw outsideArea(viewer.area);
      return primaryLink.clientQuotas({ ...viewer, account: account ?? viewer.account });
    }
    if (!school) throw fault('BAD_USER_INPUT', '须指明学校。', 'A school was expected, none came.');
    const found = await loaders.school.load(school);
    if (!found || !covers(viewer.area, { ...found, institutionCode: found.code }))
      throw outsideArea(viewer.area);
    return primaryLink.clientQuotas(clientOf(school, account));
  }

  @Act('setClientQuota')
  @Mutation(() => SetClientQuotaPayload, {
    nullable: true,
    ...d(
      '设置客户系统的每日限额：县级为本县小学，省级为省内小学或全省',
      'Set what a client system may ask a day: a county for its schools, a province for one or for all of them',
    ),
  })
  async setClientQuota(
    @Arg('input', () => SetClientQuotaInput, d('输入', 'The input'))
    { idempotencyKey, ...item }: SetClientQuotaInput,
    @Ctx() { primaryLink, viewer }: Context,
  ): Promise<SetClientQuotaPayload> {
    const answer = await primaryLink.setClientQuota(viewer, idempotencyKey, item);
    const userErrors = [...answer.userErrors, ...answer.results.flatMap((one) => one.userErrors)];
    const { school = null, account = null } = item;
    const quotas =
      userErrors.length > 0 || school === null
        ? null
        : await primaryLink.clientQuotas(clientOf(school, account));
    return { quotas, userErrors };
  }
}
