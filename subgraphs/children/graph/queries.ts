import { Arg, Ctx, Field, ID, InputType, Query, Resolver } from 'type-graphql';
import { Access, CLERKS } from '../../../kernel/graph/access.ts';
import { After, First, connect, pageOf, pageRequest } from '../../../kernel/graph/connection.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { outsideArea } from '../../../kernel/graph/faults.ts';
import type { DocumentKind } from '../../../kernel/rules/code-sets/document-kind.ts';
import type { Area } from '../../../kernel/rules/viewer.ts';
import { isId } from '../../../kernel/rules/ids.ts';
import type { Child } from '../model.ts';
import type { Context } from './context.ts';
import { DocumentKindEnum } from './enums.ts';
import { ChildConnection, ChildType } from './types.ts';

@InputType('ChildFilter', d('儿童筛选', 'Which children'))
class ChildFilterInput {
  @Field(() => String, {
    nullable: true,
    ...d('登记机构的机构标识码', 'Registered by this institution, by its code'),
  })
  institution?: string | null;
}

@Resolver()
export class ChildQueries {
  @Access(...CLERKS)
  @Query(() => ChildType, { nullable: true, ...d('一名儿童', 'One child within your area') })
  child(@Arg('id', () => ID, d('内部标识', 'Its opaque id')) id: string, @Ctx() { loaders }: Context) {
    return isId(id) ? loaders.child.load(id) : null;
  }

  // Whoever supervises could find out by trying numbers which one belongs to a child.
  @Access('KINDERGARTEN', 'COUNTY')
  @Query(() => ChildType, {
    nullable: true,
    ...d('按证件精确查找儿童', 'The child within your area this very document was registered for'),
  })
  async childByDocument(
    @Arg('kind', () => DocumentKindEnum, d('证件类型', 'The kind of the document')) kind: DocumentKind,
    @Arg('number', () => String, d('证件号码', 'Its whole number')) number: string,
    @Ctx() { children, loaders, personal, viewer }: Context,
  ) {
    await personal.guess();
    const id = await children.childIdByDocument(viewer, kind, number);
    return id === null ? null : loaders.child.load(id);
  }

  @Access(...CLERKS)
  @Query(() => ChildConnection, {
    nullable: true,
    ...d('辖区内机构登记的儿童', 'The children institutions of your area have registered, page by page'),
  })
  async children(
    @Arg('filter', () => ChildFilterInput, { nullable: true, ...d('筛选', 'Which ones') })
    filter: ChildFilterInput | null,
    @First() first: number,
    @After() after: string | null,
    @Ctx() { children, loaders, viewer }: Context,
  ) {
    const page = pageRequest(first, after);
    const wanted = (await children.filterFor(viewer, filter?.institution ?? null)) ?? refuse(viewer.area);
    const { rows, hasNextPage } = pageOf(
      await children.childIds(wanted, page.first + 1, page.after),
      page.first,
    );
    const found = await Promise.all(rows.map((id) => loaders.child.load(id)));
    const shown = found.filter((child): child is Child => child !== null);
    return connect({ rows: shown, hasNextPage }, () => children.countIfCheap(wanted));
  }
}

function refuse(area: Area): never {
  throw outsideArea(area);
}
