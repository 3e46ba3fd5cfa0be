import { Field, InputType, Int } from 'type-graphql';
import { d } from '../../../kernel/graph/describe.ts';
import type { GivenValue, NewSetting } from '../rules/setting-values.ts';
import type { ClosedWindow, DeadlineLength } from '../rules/settings.ts';
import { DeadlineUnitEnum, SettingNameEnum, WindowScopeEnum, words } from './setting-types.ts';

@InputType('ClosedWindowInput', d('不受理的时段', 'Days of every year that are closed'))
export class ClosedWindowInput implements ClosedWindow {
  @Field(() => String, words.from)
  from!: string;

  @Field(() => String, words.until)
  until!: string;

  @Field(() => WindowScopeEnum, words.scope)
  scope!: ClosedWindow['scope'];
}

@InputType('DeadlineLengthInput', d('期限', 'A length of time'))
export class DeadlineLengthInput implements DeadlineLength {
  @Field(() => Int, words.length)
  length!: number;

  @Field(() => DeadlineUnitEnum, words.unit)
  unit!: DeadlineLength['unit'];
}

@InputType(
  'SettingValueInput',
  d('值：只填与该设置相应的一项', 'The value: exactly the one field of its kind'),
)
export class SettingValueInput implements GivenValue {
  @Field(() => Boolean, { nullable: true, ...words.flag })
  flag?: boolean | null;

  @Field(() => Int, { nullable: true, ...words.number })
  number?: number | null;

  @Field(() => [ClosedWindowInput], { nullable: true, ...words.windows })
  windows?: ClosedWindowInput[] | null;

  @Field(() => DeadlineLengthInput, { nullable: true, ...words.deadline })
  deadline?: DeadlineLengthInput | null;
}

@InputType('SetSettingInput', d('设定一项', 'Setting one setting'))
export class SetSettingInput implements NewSetting {
  @Field(() => String, d('幂等键：重试时不变', 'The idempotency key: the same for every retry'))
  idempotencyKey!: string;

  @Field(() => SettingNameEnum, d('设置', 'What is set'))
  name!: NewSetting['name'];

  @Field(() => String, {
    nullable: true,
    ...d(
      '省级行政区划代码，000000 为全国；空为本级',
      'A province, or 000000; null for the area of the account',
    ),
  })
  province?: string | null;

  @Field(() => SettingValueInput, d('值', 'The value'))
  value!: SettingValueInput;

  @Field(
    () => String,
    d(
      '生效日期 YYYY-MM-DD，不早于今天；此前开始的环节不变',
      'Its first day, from today on; steps begun before keep theirs',
    ),
  )
  validFrom!: string;

  @Field(() => String, {
    nullable: true,
    ...d(
      '理由，至多 200 字；偏离《办法》期限时必填',
      'Why; needed where a deadline departs from the Measure',
    ),
  })
  reason?: string | null;
}
