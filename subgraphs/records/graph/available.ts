import { Ctx, Field, FieldResolver, ObjectType, Resolver, Root } from 'type-graphql';
import { Access, CLERKS } from '../../../kernel/graph/access.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { UserErrorType } from '../../../kernel/graph/shared-types.ts';
import { Sized } from '../../../kernel/graph/sizes.ts';
import type { Record } from '../model.ts';
import { dayOf, type Seen } from '../rules/as-of.ts';
import { availableActions, type Availability } from '../rules/available.ts';
import type { Context } from './context.ts';
import { LifecycleActionEnum, upperSnake } from './enums.ts';
import { RecordType } from './types.ts';

@Access(...CLERKS)
@ObjectType('AvailableAction', {
  simpleResolvers: true,
  ...d('一项业务现在能否由当前用户办理', 'Whether the viewer may perform an act on a record now'),
})
export class AvailableActionType implements Pick<Availability, 'open'> {
  @Field(() => LifecycleActionEnum, d('业务', 'The act'))
  action!: string;

  @Field(() => Boolean, d('现在可以办理', 'Whether it is open to the viewer now'))
  open!: boolean;

  @Field(() => [UserErrorType], d('不能办理的理由，空为可以', 'Why it is closed; empty while it is open'))
  reasons!: readonly UserErrorType[];
}

const UNDECIDED: readonly string[] = ['SUBMITTED', 'RETURNED'];

@Resolver(() => RecordType)
export class RecordAvailability {
  @Access(...CLERKS)
  @Sized(10)
  @FieldResolver(
    () => [AvailableActionType],
    d(
      '各项业务现在能否由当前用户办理，及理由；按日查询时为空，办理只在现在',
      'Every act, whether the viewer may perform it now, and why not; none as of a past day, since acts are of now',
    ),
  )
  async availableActions(
    @Root() record: Seen,
    @Ctx() { loaders, records, viewer }: Context,
  ): Promise<AvailableActionType[]> {
    if (dayOf(record) !== null) return [];
    const applications = await loaders.applicationsOf.load(record.id);
    const undecided = applications.find(({ state }) => UNDECIDED.includes(state)) ?? null;
    const all = availableActions(viewer, record as Record, undecided, records.today());
    return all.map(({ action, ...rest }) => ({ action: upperSnake(action), ...rest }));
  }
}
