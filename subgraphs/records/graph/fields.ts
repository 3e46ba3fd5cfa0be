import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { d } from '../../../kernel/graph/describe.ts';
import { LocalDate } from '../../../kernel/graph/scalars.ts';
import { Sized } from '../../../kernel/graph/sizes.ts';
import type { Placement, Record, RecordEvent } from '../model.ts';
import { applicationsOn, dayOf, eventsOn, numberOn, staysOn, type Seen } from '../rules/as-of.ts';
import { LOOKS } from '../rules/showing.ts';
import { readsEvent } from '../rules/words.ts';
import type { SeenEvent } from '../service/events-for.ts';
import type { Context } from './context.ts';
import { LifecycleActionEnum, upperSnake } from './enums.ts';
import { ChildRef, ClassRef, InstitutionRef, RegionRef } from './neighbours.ts';
import { ApplicationType, PlacementType, RecordEventType, RecordType } from './types.ts';

@Resolver(() => RecordType)
export class RecordFields {
  @FieldResolver(() => LocalDate, {
    nullable: true,
    ...d(
      '所示为该日情形；空为现在。不同日期的同一学籍 id 相同，客户端缓存须区分',
      'The day it is shown as of; null for now. The id is the same on every day, so a cache must tell them apart',
    ),
  })
  asOf(@Root() record: Seen) {
    return dayOf(record);
  }

  @FieldResolver(() => String, {
    nullable: true,
    ...d(
      '学籍号，脱敏，说明用途后可见；核准前为空；按日查询时为当日所用的号',
      'Its number, masked until a purpose is stated; null before approval; as of a day, the number in use on it',
    ),
  })
  async number(@Root() record: Seen, @Ctx() { personal, loaders }: Context) {
    const day = dayOf(record);
    const number =
      day === null ? (record as Record).number : numberOn(await loaders.numbersOf.load(record.id), day);
    return number === null
      ? null
      : personal.show(record.childId, 'RECORD_NUMBER', number, LOOKS.RECORD_NUMBER);
  }

  @FieldResolver(() => ChildRef, { nullable: true, ...d('儿童', 'The child') })
  child(@Root() { childId }: Seen): ChildRef {
    return { id: childId };
  }

  @FieldResolver(() => InstitutionRef, {
    nullable: true,
    ...d('所在或最后所在机构', 'The institution it is at, or was at last'),
  })
  institution(@Root() { institutionCode }: Seen): InstitutionRef {
    return { code: institutionCode };
  }

  @FieldResolver(() => RegionRef, { nullable: true, ...d('主管县级区划', 'The county in charge') })
  county(@Root() { countyCode }: Seen): RegionRef {
    return { code: countyCode };
  }

  @FieldResolver(() => PlacementType, { nullable: true, ...d('现在园信息', 'The open placement') })
  async placement(@Root() record: Seen, @Ctx() { loaders }: Context) {
    const stays = staysOn(await loaders.placementsOf.load(record.id), dayOf(record));
    return stays.find(({ untilOn }) => untilOn === null) ?? null;
  }

  @Sized(10)
  @FieldResolver(() => [PlacementType], d('全部在园信息', 'Every placement, in order'))
  async placements(@Root() record: Seen, @Ctx() { loaders }: Context) {
    return staysOn(await loaders.placementsOf.load(record.id), dayOf(record));
  }

  @Sized(10)
  @FieldResolver(
    () => [RecordEventType],
    d('学籍变动历史；按日查询时为当日已生效者', 'Its history, in order; as of a day, what held by then'),
  )
  async events(@Root() record: Seen, @Ctx() { loaders }: Context) {
    return eventsOn(await loaders.eventsOf.load(record.id), dayOf(record));
  }

  @Sized(10)
  @FieldResolver(
    () => [ApplicationType],
    d(
      '业务办理；按日查询时为当日前已提交者，办理状态为现在',
      'Its applications, in order; as of a day, those submitted by then, in their present state',
    ),
  )
  async applications(@Root() record: Seen, @Ctx() { loaders }: Context) {
    return applicationsOn(await loaders.applicationsOf.load(record.id), dayOf(record));
  }
}

@Resolver(() => PlacementType)
export class PlacementFields {
  @FieldResolver(() => InstitutionRef, { nullable: true, ...d('机构', 'The institution') })
  institution(@Root() { institutionCode }: Placement): InstitutionRef {
    return { code: institutionCode };
  }

  @FieldResolver(() => ClassRef, { nullable: true, ...d('班级', 'The class') })
  class(@Root() { classId }: Placement): ClassRef {
    return { id: classId };
  }

  @FieldResolver(() => RecordType, { nullable: true, ...d('学籍', 'The record') })
  record(@Root() { recordId }: Placement, @Ctx() { loaders }: Context) {
    return loaders.record.load(recordId);
  }
}

@Resolver(() => RecordEventType)
export class RecordEventFields {
  @FieldResolver(() => LifecycleActionEnum, d('业务', 'The act'))
  type(@Root() { type }: RecordEvent) {
    return upperSnake(type);
  }

  @FieldResolver(() => String, {
    nullable: true,
    ...d(
      '理由或说明；县级以上不可见，本账号所写的除外',
      'The reason or remark given; above the county only to the account that wrote it',
    ),
  })
  reason(@Root() event: SeenEvent, @Ctx() { viewer }: Context): string | null {
    return readsEvent(event, viewer) ? event.reason : null;
  }

  @FieldResolver(() => InstitutionRef, {
    nullable: true,
    ...d('其后所在机构', 'Where the record was after it'),
  })
  institution(@Root() { institutionCode }: RecordEvent): InstitutionRef {
    return { code: institutionCode };
  }
}
