import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { d } from '../../../kernel/graph/describe.ts';
import { maskNumber } from '../../../kernel/rules/record-number.ts';
import type { Placement, Record, RecordEvent } from '../model.ts';
import type { Context } from './context.ts';
import { LifecycleActionEnum, upperSnake } from './enums.ts';
import { ChildRef, ClassRef, InstitutionRef, RegionRef } from './neighbours.ts';
import { ApplicationType, PlacementType, RecordEventType, RecordType } from './types.ts';

const CLEAR = ['KINDERGARTEN', 'COUNTY'];

@Resolver(() => RecordType)
export class RecordFields {
  @FieldResolver(() => String, {
    nullable: true,
    ...d('学籍号；上级查看时掩码，核准前为空', 'Its number; masked above the county, null before approval'),
  })
  number(@Root() { number }: Record, @Ctx() { viewer }: Context) {
    return number === null || CLEAR.includes(viewer.role) ? number : maskNumber(number);
  }

  @FieldResolver(() => ChildRef, { nullable: true, ...d('儿童', 'The child') })
  child(@Root() { childId }: Record): ChildRef {
    return { id: childId };
  }

  @FieldResolver(() => InstitutionRef, {
    nullable: true,
    ...d('所在或最后所在机构', 'The institution it is at, or was at last'),
  })
  institution(@Root() { institutionCode }: Record): InstitutionRef {
    return { code: institutionCode };
  }

  @FieldResolver(() => RegionRef, { nullable: true, ...d('主管县级区划', 'The county in charge') })
  county(@Root() { countyCode }: Record): RegionRef {
    return { code: countyCode };
  }

  @FieldResolver(() => PlacementType, { nullable: true, ...d('现在园信息', 'The open placement') })
  async placement(@Root() { id }: Record, @Ctx() { loaders }: Context) {
    return (await loaders.placementsOf.load(id)).find(({ untilOn }) => untilOn === null) ?? null;
  }

  @FieldResolver(() => [PlacementType], d('全部在园信息', 'Every placement, in order'))
  placements(@Root() { id }: Record, @Ctx() { loaders }: Context) {
    return loaders.placementsOf.load(id);
  }

  @FieldResolver(() => [RecordEventType], d('学籍变动历史', 'Its history, in order'))
  events(@Root() { id }: Record, @Ctx() { loaders }: Context) {
    return loaders.eventsOf.load(id);
  }

  @FieldResolver(() => [ApplicationType], d('业务办理', 'Its applications, in order'))
  applications(@Root() { id }: Record, @Ctx() { loaders }: Context) {
    return loaders.applicationsOf.load(id);
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

  @FieldResolver(() => InstitutionRef, {
    nullable: true,
    ...d('其后所在机构', 'Where the record was after it'),
  })
  institution(@Root() { institutionCode }: RecordEvent): InstitutionRef {
    return { code: institutionCode };
  }
}
