import { Field, InputType } from 'type-graphql';
import { d } from '../../../kernel/graph/describe.ts';
import type { Merger } from '../rules/merging.ts';
import type { InstitutionWish } from '../service/change-institution.ts';
import type { Moving, Renaming } from '../service/institution-acts.ts';

/** What every change of institutions says. */
@InputType()
abstract class ChangeInput {
  @Field(() => String, d('幂等键：重试时不变', 'The idempotency key: the same for every retry'))
  idempotencyKey!: string;

  @Field(
    () => String,
    d(
      '生效日期 YYYY-MM-DD，不晚于今天，不早于上次变更',
      'From which day on, YYYY-MM-DD; not after today, not before the last change',
    ),
  )
  on!: string;

  @Field(() => String, {
    nullable: true,
    defaultValue: null,
    ...d('理由，至多 200 字', 'Why, at most 200 characters'),
  })
  reason!: string | null;
}

@InputType()
abstract class OneInput extends ChangeInput implements InstitutionWish {
  @Field(() => String, d('机构标识码', 'The institution, by its code'))
  institutionCode!: string;
}

@InputType('RenameInstitutionInput', d('机构更名', 'Renaming an institution'))
export class RenameInstitutionInput extends OneInput implements Renaming {
  @Field(() => String, d('新名称，至多 100 字', 'Its new name, at most 100 characters'))
  name!: string;
}

@InputType('MoveInstitutionInput', d('机构改隶', 'Putting an institution under another county authority'))
export class MoveInstitutionInput extends OneInput implements Moving {
  @Field(() => String, d('新主管县级区划代码', 'The county in charge from then on, 6 digits'))
  region!: string;
}

@InputType('BeginClosingInput', d('开始撤销机构', 'Beginning to close an institution'))
export class BeginClosingInput extends OneInput {}

@InputType('CancelClosingInput', d('取消撤销机构', 'Not closing an institution after all'))
export class CancelClosingInput extends OneInput {}

@InputType('CloseInstitutionInput', d('撤销机构', 'Closing an institution'))
export class CloseInstitutionInput extends OneInput {}

@InputType('MergeInstitutionsInput', d('机构合并', 'Merging institutions'))
export class MergeInstitutionsInput extends ChangeInput implements Merger {
  @Field(() => [String], d('并入的机构标识码，至多 20 所', 'Those that go, by their codes, at most 20'))
  institutionCodes!: string[];

  @Field(() => String, d('保留的机构标识码', 'The one that remains and keeps its code'))
  into!: string;
}
