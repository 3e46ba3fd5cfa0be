import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Access, Act, CLERKS } from '../../../kernel/graph/access.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { outsideArea } from '../../../kernel/graph/faults.ts';
import { Sized, SizedBy } from '../../../kernel/graph/sizes.ts';
import { under } from '../../../kernel/rules/user-errors.ts';
import type { ClosedWindow, DeadlineLength } from '../rules/settings.ts';
import type { ShownSetting } from '../rules/settings-shown.ts';
import type { Context } from './context.ts';
import { SetSettingInput } from './setting-inputs.ts';
import { SetSettingPayload, SettingType, SettingValueType } from './setting-types.ts';

@Resolver()
export class SettingQueries {
  @Access(...CLERKS)
  @Sized(30)
  @SizedBy({ argument: 'history', is: 'true', size: 450 })
  @Query(() => [SettingType], {
    nullable: true,
    ...d(
      '各省可自行设定的事项：现行值、出处及设定人',
      'What provinces may arrange for themselves: the values in force, on what grounds, set by whom',
    ),
  })
  async settings(
    @Arg('province', () => String, {
      nullable: true,
      ...d(
        '省级行政区划代码，000000 为全国；空为本省',
        "A province, 000000 for the nation; null for one's own",
      ),
    })
    province: string | null,
    @Arg('history', () => Boolean, {
      defaultValue: false,
      ...d('是否列出全部版本，含已失效与未生效', 'Whether to list every version, past and yet to come'),
    })
    history: boolean,
    @Ctx() { records, viewer }: Context,
  ): Promise<ShownSetting[]> {
    const shown = await records.settings(viewer, { province: province ?? null, history });
    if (!shown) throw outsideArea(viewer.area);
    return shown;
  }
}

@Resolver()
export class SettingMutations {
  @Act('setSetting')
  @Mutation(() => SetSettingPayload, {
    nullable: true,
    ...d('设定一项；只增版本，不改旧版', 'Set one setting; versions are added, never changed'),
  })
  async setSetting(
    @Arg('input', () => SetSettingInput, d('输入', 'The input'))
    { idempotencyKey, ...wish }: SetSettingInput,
    @Ctx() { records, viewer }: Context,
  ): Promise<SetSettingPayload> {
    const { results, userErrors } = await records.setSetting(viewer, idempotencyKey, wish);
    const [done] = results;
    if (!done) return { setting: null, userErrors };
    return {
      setting: await records.setting(done.name, done.version),
      userErrors: under([], done.userErrors),
    };
  }
}

@Resolver(() => SettingType)
export class SettingFields {
  @FieldResolver(
    () => SettingValueType,
    d('值，只有与其种类相应的一项', 'Its value: the one field of its kind'),
  )
  value(@Root() { kind, value }: ShownSetting): SettingValueType {
    return {
      flag: kind === 'flag' ? (value as boolean) : null,
      number: kind === 'number' ? (value as number) : null,
      windows: kind === 'windows' ? (value as ClosedWindow[]) : null,
      deadline: kind === 'deadline' ? (value as DeadlineLength) : null,
    };
  }
}
