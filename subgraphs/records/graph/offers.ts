import { Arg, Ctx, Field, FieldResolver, ID, Int, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { Access, CLERKS } from '../../../kernel/graph/access.ts';
import {
  After,
  First,
  connect,
  connectionOf,
  pageOf,
  pageRequest,
} from '../../../kernel/graph/connection.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { DateTime } from '../../../kernel/graph/scalars.ts';
import { Sized } from '../../../kernel/graph/sizes.ts';
import type { TransferOffer } from '../model.ts';
import { dayOf, type Seen } from '../rules/as-of.ts';
import type { Context } from './context.ts';
import { areaOrFault } from './lent.ts';
import { ChildRef, ClassRef, InstitutionRef } from './neighbours.ts';
import { RecordConnection, RecordType } from './types.ts';

/**
 * A receiving kindergarten learns of an offer that there is a child, how old and from where; no name, no number.
 * The child itself it sees once it has registered it by the papers the guardians bring.
 */
@Access(...CLERKS)
@ObjectType('TransferOffer', {
  simpleResolvers: true,
  ...d('为撤销机构的儿童提供的转园去处', 'A place offered to a child whose institution closes'),
})
export class TransferOfferType implements Pick<TransferOffer, 'id' | 'offeredAt'> {
  @Field(() => ID, d('内部标识', 'Its opaque id'))
  id!: string;

  @Field(() => DateTime, d('提供时间', 'When it was offered'))
  offeredAt!: Date;
}

@Resolver(() => TransferOfferType)
export class TransferOfferFields {
  @FieldResolver(() => InstitutionRef, { nullable: true, ...d('撤销的机构', 'The closing institution') })
  from(@Root() { fromInstitutionCode }: TransferOffer): InstitutionRef {
    return { code: fromInstitutionCode };
  }

  @FieldResolver(() => InstitutionRef, { nullable: true, ...d('可转入的机构', 'Where the place is') })
  institution(@Root() { institutionCode }: TransferOffer): InstitutionRef {
    return { code: institutionCode };
  }

  @FieldResolver(() => ClassRef, { nullable: true, ...d('可转入的班级', 'The class it is in') })
  class(@Root() { classId }: TransferOffer): ClassRef {
    return { id: classId };
  }

  @FieldResolver(() => Int, {
    nullable: true,
    ...d('出生年度（上年 9 月至当年 8 月）', 'The year ending in August in which the child was born'),
  })
  async birthCohort(@Root() { recordId }: TransferOffer, @Ctx() { loaders }: Context) {
    return (await loaders.offeredRecord.load(recordId))?.birthCohort ?? null;
  }

  @FieldResolver(() => ChildRef, {
    nullable: true,
    ...d(
      '儿童；转入园按证件登记后可见',
      'The child; a receiving kindergarten sees it once it has registered it by its papers',
    ),
  })
  async child(@Root() { recordId }: TransferOffer, @Ctx() { loaders }: Context): Promise<ChildRef | null> {
    const childId = await loaders.offeredChild.load(recordId);
    return childId === null ? null : { id: childId };
  }
}

export const TransferOfferConnection = connectionOf(TransferOfferType, 'TransferOffer', CLERKS);

@Resolver(() => RecordType)
export class RecordOffers {
  @Access(...CLERKS)
  @Sized(5)
  @FieldResolver(
    () => [TransferOfferType],
    d('可转园的去处', 'The places offered while its institution closes'),
  )
  transferOffers(@Root() record: Seen, @Ctx() { loaders }: Context) {
    // Offers are of now; a past day has none.
    return dayOf(record) === null ? loaders.offersOf.load(record.id) : [];
  }
}

@Resolver()
export class OfferQueries {
  @Access('KINDERGARTEN', 'COUNTY', 'CITY', 'PROVINCE', 'MINISTRY')
  @Query(() => RecordConnection, {
    nullable: true,
    ...d('撤销清单：机构尚在园的儿童', 'The closing list: the children who are still in an institution'),
  })
  async closingList(
    @Arg('institution', () => String, d('机构标识码', 'The institution, by its code')) institution: string,
    @First() first: number,
    @After() after: string | null,
    @Ctx() { records, viewer }: Context,
  ) {
    const page = pageRequest(first, after);
    await areaOrFault(records, viewer, { institution });
    const rows = await records.recordsStaying(institution, page.first + 1, page.after);
    return connect(pageOf(rows, page.first), async () => {
      const present = await records.headcountsOfInstitutions([institution]);
      return present.get(institution) ?? 0;
    });
  }

  @Access('KINDERGARTEN')
  @Query(() => TransferOfferConnection, {
    nullable: true,
    ...d('提供给本园的转园儿童', "Offers of places in the viewer's own institution"),
  })
  async transferOffers(
    @First() first: number,
    @After() after: string | null,
    @Ctx() { records, viewer }: Context,
  ) {
    const page = pageRequest(first, after);
    const { code } = viewer.area;
    const rows = await records.offersTo(code, page.first + 1, page.after);
    return connect(pageOf(rows, page.first), () => records.countOffersTo(code));
  }
}
