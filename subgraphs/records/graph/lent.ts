import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { Access, CLERKS } from '../../../kernel/graph/access.ts';
import { After, First, connect, pageOf, pageRequest } from '../../../kernel/graph/connection.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { outsideArea } from '../../../kernel/graph/faults.ts';
import { ACTIONS } from '../../../kernel/rules/actions.ts';
import type { Area, Viewer } from '../../../kernel/rules/viewer.ts';
import type { AreaAsked } from '../service/areas.ts';
import type { RecordService } from '../service.ts';
import type { Context } from './context.ts';
import { ChildRef, ClassRef, InstitutionRef, RegionRef } from './neighbours.ts';
import { queueRequest } from './queue-order.ts';
import { ApplicationConnection, PlacementConnection, RecordType } from './types.ts';

const COUNTERS = ACTIONS.enrolmentCounts;

/** The area asked for; beyond the viewer's it is refused, never silently narrowed. */
export async function areaOrFault(records: RecordService, viewer: Viewer, asked: AreaAsked): Promise<Area> {
  const area = await records.areaAsked(viewer, asked);
  if (!area) throw outsideArea(viewer.area);
  return area;
}

@Resolver(() => ChildRef)
export class ChildLent {
  @FieldResolver(() => RecordType, { nullable: true, ...d('学籍', "The child's record") })
  record(@Root() { id }: ChildRef, @Ctx() { loaders }: Context) {
    return loaders.recordOfChild.load(id);
  }
}

@Resolver(() => InstitutionRef)
export class InstitutionLent {
  @Access(...COUNTERS)
  @FieldResolver(() => Int, { nullable: true, ...d('在园人数', 'Children in it now') })
  headcount(@Root() { code }: InstitutionRef, @Ctx() { loaders }: Context) {
    return loaders.headcountOfInstitution.load(code);
  }

  @Access(...CLERKS)
  @FieldResolver(() => PlacementConnection, { nullable: true, ...d('现在园信息', 'Its open placements') })
  async placements(
    @Root() { code }: InstitutionRef,
    @First() count: number,
    @After() cursor: string | null,
    @Ctx() { records, viewer }: Context,
  ) {
    const page = pageRequest(count, cursor);
    const area = await areaOrFault(records, viewer, { institution: code });
    const rows = await records.openPlacements(area, page.first + 1, page.after);
    return connect(pageOf(rows, page.first), () => records.countOpenPlacements(area));
  }

  @Access(...CLERKS)
  @FieldResolver(() => ApplicationConnection, { nullable: true, ...d('业务办理', 'Its applications') })
  async applications(
    @Root() { code }: InstitutionRef,
    @First() count: number,
    @After() cursor: string | null,
    @Ctx() { records, viewer }: Context,
  ) {
    const page = queueRequest('ID', count, cursor);
    const filter = { area: await areaOrFault(records, viewer, { institution: code }) };
    const rows = await records.applications(filter, 'ID', page.first + 1, page.after);
    return connect(pageOf(rows, page.first), () => records.countApplications(filter));
  }
}

@Resolver(() => ClassRef)
export class ClassLent {
  @Access(...COUNTERS)
  @FieldResolver(() => Int, { nullable: true, ...d('在班人数', 'Children in it now') })
  headcount(@Root() { id }: ClassRef, @Ctx() { loaders }: Context) {
    return loaders.headcountOfClass.load(id);
  }
}

@Resolver(() => RegionRef)
export class RegionLent {
  @Access(...COUNTERS)
  @FieldResolver(() => Int, { nullable: true, ...d('在园人数', 'Children in kindergarten in it now') })
  async headcount(@Root() { code }: RegionRef, @Ctx() { records, viewer }: Context) {
    const area = await areaOrFault(records, viewer, { region: code });
    return (await records.enrolmentCounts(area, [], {}, null))?.[0]?.count ?? 0;
  }
}
