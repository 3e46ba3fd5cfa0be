import { Field, Int, ObjectType } from 'type-graphql';
import { Access, CLERKS } from '../../../kernel/graph/access.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { enumOf } from '../../../kernel/graph/enums.ts';
import { DateTime, LocalDate } from '../../../kernel/graph/scalars.ts';
import { UserErrorType } from '../../../kernel/graph/shared-types.ts';
import { Sized } from '../../../kernel/graph/sizes.ts';
import { ACTIONS } from '../../../kernel/rules/actions.ts';
import { SETTING_BASIS, SETTINGS } from '../rules/setting-words.ts';
import type { GivenValue } from '../rules/setting-values.ts';
import type { ClosedWindow, DeadlineLength } from '../rules/settings.ts';
import type { ShownSetting } from '../rules/settings-shown.ts';

const none = (zh: string, en: string) => ({ code: null, zh, en });

export const SettingNameEnum = enumOf(
  'SettingName',
  '设置',
  'What may be set',
  Object.fromEntries(Object.entries(SETTINGS).map(([name, { zh, en }]) => [name, none(zh, en)])),
);
export const SettingBasisEnum = enumOf(
  'SettingBasis',
  '出处',
  'On what grounds a value holds',
  SETTING_BASIS,
);
export const WindowScopeEnum = enumOf('WindowScope', '时段范围', 'Which transfers a window closes', {
  ALL: none('全部转园', 'all of them'),
  CROSS_PROVINCE: none('跨省转园', 'those between two provinces'),
});
export const DeadlineUnitEnum = enumOf('DeadlineUnit', '期限单位', 'What a deadline counts', {
  WORKING_DAYS: none('工作日', 'working days'),
  CALENDAR_MONTHS: none('自然月', 'calendar months'),
});

/** How the parts of a value are described, in and out. */
export const words = {
  flag: d('是否', 'Yes or no'),
  number: d('数', 'A number'),
  windows: d('时段，至多 12 个，可为空', 'Windows, at most 12, or none'),
  deadline: d('期限', 'A length of time'),
  from: d('首日 MM-DD', 'The first day, MM-DD'),
  until: d('末日 MM-DD（含），早于首日则跨年', 'The last day, MM-DD; before the first: in the year after'),
  scope: d('适用范围', 'Which transfers'),
  length: d('长度', 'How many'),
  unit: d('单位', 'Of what'),
};

@Access(...CLERKS)
@ObjectType('ClosedWindow', {
  simpleResolvers: true,
  ...d('不受理的时段', 'Days of every year that are closed'),
})
export class ClosedWindowType implements ClosedWindow {
  @Field(() => String, words.from)
  from!: string;

  @Field(() => String, words.until)
  until!: string;

  @Field(() => WindowScopeEnum, words.scope)
  scope!: ClosedWindow['scope'];
}

@Access(...CLERKS)
@ObjectType('DeadlineLength', { simpleResolvers: true, ...d('期限', 'A length of time') })
export class DeadlineLengthType implements DeadlineLength {
  @Field(() => Int, words.length)
  length!: number;

  @Field(() => DeadlineUnitEnum, words.unit)
  unit!: DeadlineLength['unit'];
}

@Access(...CLERKS)
@ObjectType('SettingValue', { simpleResolvers: true, ...d('设置的值', 'The value of a setting') })
export class SettingValueType implements GivenValue {
  @Field(() => Boolean, { nullable: true, ...words.flag })
  flag!: boolean | null;

  @Field(() => Int, { nullable: true, ...words.number })
  number!: number | null;

  @Sized(12)
  @Field(() => [ClosedWindowType], { nullable: true, ...words.windows })
  windows!: readonly ClosedWindow[] | null;

  @Field(() => DeadlineLengthType, { nullable: true, ...words.deadline })
  deadline!: DeadlineLength | null;
}

@Access(...CLERKS)
@ObjectType('Setting', { simpleResolvers: true, ...d('一项设置的一个版本', 'One version of one setting') })
export class SettingType implements Omit<ShownSetting, 'kind' | 'value'> {
  @Field(() => SettingNameEnum, d('设置', 'What is set'))
  name!: ShownSetting['name'];

  @Field(() => SettingBasisEnum, d('出处：规定或暂定', 'On what grounds: law, practice or a working figure'))
  basis!: ShownSetting['basis'];

  @Field(() => String, {
    nullable: true,
    ...d('所属省级代码，空为全国', 'Its province; null for the nation'),
  })
  province!: string | null;

  @Field(() => Int, d('版本；缺省值为 0，期限从 1 起', 'Its version; 0 is the default, deadlines begin at 1'))
  version!: number;

  @Field(() => LocalDate, { nullable: true, ...d('生效日期', 'Its first day') })
  validFrom!: string | null;

  @Field(() => String, { nullable: true, ...d('设定账号', 'The account that set it') })
  setBy!: string | null;

  @Field(() => DateTime, { nullable: true, ...d('设定时间', 'When it was set') })
  setAt!: Date | null;

  @Field(() => String, { nullable: true, ...d('理由', 'Why') })
  reason!: string | null;

  @Field(() => Boolean, d('是否现行', 'Whether it is what holds today'))
  inForce!: boolean;
}

@Access(...ACTIONS.setSetting)
@ObjectType('SetSettingPayload', { simpleResolvers: true, ...d('办理结果', 'What came of it') })
export class SetSettingPayload {
  @Field(() => SettingType, { nullable: true, ...d('新增的版本', 'The version that was added') })
  setting!: ShownSetting | null;

  @Field(() => [UserErrorType], d('拒绝理由，空为成功', 'Why not; empty when it was done'))
  userErrors!: readonly UserErrorType[];
}
