import { Ctx, Field, FieldResolver, ID, Int, ObjectType, Resolver, Root } from 'type-graphql';
import { Access } from '../../../../kernel/graph/access.ts';
import { connectionOf } from '../../../../kernel/graph/connection.ts';
import { d } from '../../../../kernel/graph/describe.ts';
import { DateTime, LocalDate } from '../../../../kernel/graph/scalars.ts';
import { Sized } from '../../../../kernel/graph/sizes.ts';
import { maskName } from '../../../../kernel/rules/masking.ts';
import type { Role } from '../../../../kernel/rules/viewer.ts';
import type {
  Account,
  AccountAct,
  AccountDuty,
  AccountRole,
  AccountState,
  AccountVersion,
} from '../../model.ts';
import type { Context } from '../context.ts';
import { AccountActEnum, AccountDutyEnum, AccountRoleEnum, AccountStateEnum } from './enums.ts';

/** Who files accounts, gives them force, or looks on. */
export const ACCOUNT_READERS = [
  'COUNTY', 'CITY', 'PROVINCE', 'MINISTRY', 'AUDITOR', 'SYSTEM_ADMIN', 'SECURITY_ADMIN', 'AUDIT_ADMIN',
] as const satisfies readonly Role[]; // prettier-ignore

@Access(...ACCOUNT_READERS)
@ObjectType('Account', {
  simpleResolvers: true,
  ...d('学籍管理员账号', "One person's account: who may act, as what, where"),
})
export class AccountType implements Pick<
  Account,
  'id' | 'name' | 'role' | 'areaLevel' | 'areaCode' | 'duty' | 'certifiedOn' | 'state' | 'usedOn'
> {
  @Field(() => ID, d('内部标识', 'Its opaque id'))
  id!: string;

  @Field(() => String, d('账号名，永不重用', 'Its name, never reused; what a token calls it'))
  name!: string;

  @Field(() => AccountRoleEnum, d('角色', 'Its role'))
  role!: AccountRole;

  @Field(() => String, d('管辖层级', 'The level of its area'))
  areaLevel!: Account['areaLevel'];

  @Field(() => String, d('管辖代码：区划或机构', 'The code of its area: a region or an institution'))
  areaCode!: string;

  @Field(() => AccountDutyEnum, {
    nullable: true,
    ...d('岗位，仅幼儿园账号', 'What it is for, of kindergartens only'),
  })
  duty!: AccountDuty | null;

  @Field(() => [String], d('可办业务', 'The acts it was given'))
  rights!: string[];

  @Field(() => LocalDate, {
    nullable: true,
    ...d('培训合格日期，启用前必须有', 'When its holder finished the training; there before it is active'),
  })
  certifiedOn!: string | null;

  @Field(() => AccountStateEnum, d('状态', 'Whether its holder may act'))
  state!: AccountState;

  @Field(() => LocalDate, {
    nullable: true,
    ...d(
      '最近使用日期，超过 180 天未用即封存',
      'When it was last used; after 180 days without use it is sealed',
    ),
  })
  usedOn!: string | null;
}

@Access(...ACCOUNT_READERS)
@ObjectType('AccountVersion', {
  simpleResolvers: true,
  ...d('账号的一次变更', 'What was done to an account, and what it was from then on'),
})
export class AccountVersionType implements Omit<AccountVersion, 'accountId' | 'rights' | 'account'> {
  @Field(() => Int, d('序号', 'Its place in the history'))
  seq!: number;

  @Field(() => AccountActEnum, d('业务', 'What was done'))
  act!: AccountAct;

  @Field(() => AccountStateEnum, d('此后的状态', 'Its state from then on'))
  state!: AccountState;

  @Field(() => AccountDutyEnum, { nullable: true, ...d('此后的岗位', 'Its duty from then on') })
  duty!: AccountDuty | null;

  @Field(() => [String], d('此后的权限', 'Its rights from then on'))
  rights!: string[];

  @Field(() => LocalDate, { nullable: true, ...d('培训合格日期', 'The training it rests on') })
  certifiedOn!: string | null;

  @Field(
    () => String,
    d('办理账号，系统办理为空文本', 'Who did it; empty where the clock or the operator did'),
  )
  account!: string;

  @Field(() => DateTime, d('办理时间', 'When'))
  at!: Date;

  @Field(() => String, { nullable: true, ...d('理由', 'Why') })
  reason!: string | null;
}

@Resolver(() => AccountType)
export class AccountFields {
  @FieldResolver(() => String, d('持有人姓名，掩码', "Its holder's name, masked"))
  holderName(@Root() { holderName }: Account) {
    return maskName(holderName);
  }

  @Sized(10)
  @FieldResolver(() => [AccountVersionType], d('变更历史，最早在前', 'Its history, the first entry first'))
  history(@Root() { id }: Account, @Ctx() { loaders }: Context) {
    return loaders.accountVersionsOf.load(id);
  }
}

export const AccountConnection = connectionOf(AccountType, 'Account', ACCOUNT_READERS);
