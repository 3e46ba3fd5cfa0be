import { Field, InputType } from 'type-graphql';
import { d } from '../../../../kernel/graph/describe.ts';
import type { DocumentKind } from '../../../../kernel/rules/code-sets/document-kind.ts';
import type { AccountDuty, AccountRole } from '../../model.ts';
import type { Certificate } from '../../rules/accounts/acts.ts';
import type { NewAccount } from '../../rules/accounts/opening.ts';
import type { AccountChange, AccountWish } from '../../service/accounts/account-acts.ts';
import { AccountDocumentKindEnum, AccountDutyEnum, AccountRoleEnum } from './enums.ts';

const optional = { nullable: true, defaultValue: null };
const key = d('幂等键：重试时不变', 'The idempotency key: the same for every retry');

@InputType('OpenAccountInput', d('账号备案', 'Filing an account'))
export class OpenAccountInput implements NewAccount {
  @Field(() => String, key)
  idempotencyKey!: string;

  @Field(
    () => String,
    d('账号名，至多 80 字，不得为证件号码', 'Its name, at most 80 characters, no number of a document'),
  )
  name!: string;

  @Field(() => String, d('持有人姓名', "Its holder's name"))
  holderName!: string;

  @Field(() => AccountDocumentKindEnum, d('持有人证件类型', "The kind of its holder's document"))
  documentKind!: DocumentKind;

  @Field(
    () => String,
    d('证件号码，只用于辨认同一人，不保存', 'Its number: only to know the same person again, it is not kept'),
  )
  documentNumber!: string;

  @Field(() => AccountRoleEnum, d('角色', 'Its role'))
  role!: AccountRole;

  @Field(() => String, {
    ...optional,
    ...d('管辖代码：区划或机构；全国角色不填', "Its area: a region or an institution; none for the nation's"),
  })
  areaCode!: string | null;

  @Field(() => String, { ...optional, ...d('小学所属县级区划', 'Of a primary school, the county in charge') })
  region!: string | null;

  @Field(() => AccountDutyEnum, { ...optional, ...d('岗位，幼儿园必填', 'What it is for; of kindergartens') })
  duty!: AccountDuty | null;

  @Field(() => [String], {
    ...optional,
    ...d('权限，空为该角色可授予的全部', 'The acts it may do; left out, all that can be given'),
  })
  rights!: string[] | null;
}

@InputType()
abstract class AccountActInput implements AccountWish {
  @Field(() => String, key)
  idempotencyKey!: string;

  @Field(() => String, d('账号名', 'The account, by its name'))
  account!: string;

  @Field(() => String, { ...optional, ...d('理由，至多 200 字', 'Why, at most 200 characters') })
  reason!: string | null;
}

@InputType(
  'ActivateAccountInput',
  d('启用账号：先培训，后上岗', 'Activating an account: first the training, then the post'),
)
export class ActivateAccountInput extends AccountActInput implements Certificate {
  @Field(
    () => String,
    d('培训合格证编号，至多 40 字', 'The number of the certificate, at most 40 characters'),
  )
  certificateNumber!: string;

  @Field(
    () => String,
    d('培训合格日期 YYYY-MM-DD，不晚于今天', 'When the training ended, YYYY-MM-DD; not after today'),
  )
  certifiedOn!: string;
}

@InputType('ChangeAccountInput', d('变更权限', 'Changing what an account may do'))
export class ChangeAccountInput extends AccountActInput implements AccountChange {
  @Field(() => AccountDutyEnum, { ...optional, ...d('岗位，幼儿园必填', 'What it is for; of kindergartens') })
  duty!: AccountDuty | null;

  @Field(() => [String], d('变更后的全部权限', 'All it may do from now on'))
  rights!: string[];
}

@InputType('SealAccountInput', d('封存账号', 'Sealing an account'))
export class SealAccountInput extends AccountActInput {}
@InputType('ReopenAccountInput', d('解封账号', 'Opening an account again'))
export class ReopenAccountInput extends AccountActInput {}
@InputType('RevokeAccountInput', d('注销账号', 'Revoking an account for good'))
export class RevokeAccountInput extends AccountActInput {}
