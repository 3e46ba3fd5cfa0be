import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { Access, Act } from '../../../kernel/graph/access.ts';
import {
  After,
  connect,
  connectionOf,
  First,
  pageOf,
  pageRequest,
} from '../../../kernel/graph/connection.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { outsideArea } from '../../../kernel/graph/faults.ts';
import { DateTime, LocalDate } from '../../../kernel/graph/scalars.ts';
import { Sized } from '../../../kernel/graph/sizes.ts';
import { ACTIONS } from '../../../kernel/rules/actions.ts';
import type { Sex } from '../../../kernel/rules/code-sets/sex.ts';
import type { DetailField, KeyField } from '../../../kernel/rules/key-fields.ts';
import type { Child, ChildChange, Guardian } from '../model.ts';
import { keyFactsOf } from '../rules/correcting.ts';
import { LOOKS, shownVersions, type ShownVersion } from '../rules/showing.ts';
import type { Context } from './context.ts';
import { DetailFieldEnum, KeyFieldEnum, SexEnum } from './enums.ts';
import { ChildType, GuardianType, IdentityDocumentType, InstitutionStub, RegionStub } from './types.ts';

/** Those who work with the child itself. */
const READERS = ['KINDERGARTEN', 'COUNTY'] as const;

@Access(...READERS)
@ObjectType('ChildVersion', {
  simpleResolvers: true,
  ...d('更正前的关键信息', 'What the child was until a correction of key information'),
})
class ChildVersionType {
  @Field(() => DateTime, d('更正时间', 'Until when'))
  until!: Date;

  @Field(() => [KeyFieldEnum], d('更正了哪些关键信息', 'What the correction changed'))
  changed!: readonly KeyField[];

  @Field(() => SexEnum, d('原性别', 'The sex it had'))
  sex!: Sex;

  @Field(() => LocalDate, d('原出生日期', 'The birth date it had'))
  bornOn!: string;

  @Field(() => IdentityDocumentType, d('原身份证件，脱敏', 'The document it had, masked'))
  document!: IdentityDocumentType;

  @Field(() => ID, d('据以更正的申请', 'The application it was decided on'))
  applicationId!: string;

  @Field(() => String, d('审批人', 'The account that decided'))
  decidedBy!: string;
}

@Access(...READERS)
@ObjectType('ChildChange', {
  simpleResolvers: true,
  ...d('机构变更一般信息前申报的内容', 'What an institution stated of a child until it stated otherwise'),
})
class ChildChangeType {
  @Field(() => ID, d('内部标识', 'Its opaque id'))
  id!: string;

  @Field(() => DateTime, d('变更时间', 'Until when'))
  at!: Date;

  @Field(() => String, d('变更人', 'The account that changed it'))
  account!: string;

  @Field(() => [DetailFieldEnum], d('变更了哪些信息', 'What was changed'))
  changed!: readonly DetailField[];

  @Field(() => String, d('原国籍或地区', 'The nationality stated before'))
  nationality!: string;

  @Field(() => String, { nullable: true, ...d('原民族代码', 'The ethnic group stated before') })
  ethnicity!: string | null;
}

export const ChildChangeConnection = connectionOf(ChildChangeType, 'ChildChange', ACTIONS.childChanges);

@InputType('ChildChangeFilter', d('变更筛选', 'Which changes'))
class ChildChangeFilterInput {
  @Field(() => String, {
    nullable: true,
    ...d('变更机构的机构标识码', 'Only those of this institution, by its code'),
  })
  institution?: string | null;
}

@Resolver(() => ChildType)
export class ChildHistory {
  @Access(...READERS)
  @Sized(5)
  @FieldResolver(() => [ChildVersionType], {
    ...d(
      '关键信息更正历史，最早在前；自本园登记起，转入的含以前',
      'What it was, the earliest first: since you registered it, or all of it where the child was moved to you',
    ),
  })
  async history(@Root() { id }: Child, @Ctx() { loaders }: Context): Promise<ShownVersion[]> {
    const versions = await loaders.versionsOf.load(id);
    const [child, documents] = await Promise.all([loaders.wholeChild.load(id), loaders.documentsOf.load(id)]);
    return shownVersions(versions, keyFactsOf(child!, documents[0]!));
  }

  @Access(...READERS)
  @Sized(10)
  @FieldResolver(() => [ChildChangeType], {
    ...d('辖区内机构变更一般信息的历史', 'What institutions of your area stated before, the earliest first'),
  })
  changes(@Root() { id }: Child, @Ctx() { loaders }: Context): Promise<ChildChange[]> {
    return loaders.changesOf.load(id);
  }
}

@Resolver(() => ChildVersionType)
export class ChildVersionFields {
  @Access(...READERS)
  @FieldResolver(
    () => String,
    d('原姓名，脱敏；说明用途后可见', 'The name it had; masked until a purpose is stated'),
  )
  name(@Root() { childId, name }: ShownVersion, @Ctx() { personal }: Context) {
    return personal.show(childId, 'CHILD_NAME', name, LOOKS.CHILD_NAME);
  }
}

@Resolver(() => ChildChangeType)
export class ChildChangeFields {
  @Access(...READERS)
  @Sized(4)
  @FieldResolver(() => [GuardianType], d('原监护人', 'The guardians named before'))
  guardians(
    @Root() { childId, guardians }: ChildChange,
  ): Pick<Guardian, 'childId' | 'relation' | 'name' | 'phone'>[] {
    return guardians.map((one) => ({ ...one, childId }));
  }

  @Access(...READERS)
  @FieldResolver(() => ChildType, {
    nullable: true,
    ...d('儿童；已不在辖区内时为空', 'The child; null when nobody of your area holds it any more'),
  })
  child(@Root() { childId }: ChildChange, @Ctx() { loaders }: Context) {
    return loaders.child.load(childId);
  }

  @Access(...READERS)
  @FieldResolver(() => InstitutionStub, { nullable: true, ...d('变更机构', 'The institution') })
  institution(@Root() { institutionCode: code }: ChildChange): InstitutionStub {
    return { code };
  }

  @Access(...READERS)
  @FieldResolver(() => RegionStub, {
    nullable: true,
    ...d('原户籍区划', 'The household region stated before'),
  })
  householdRegion(@Root() { householdRegion: code }: ChildChange): RegionStub | null {
    return code === null ? null : { code };
  }
}

@Resolver()
export class ChildChangeQueries {
  @Act('childChanges')
  @Query(() => ChildChangeConnection, {
    nullable: true,
    ...d(
      '本县机构的一般信息变更，最新在前',
      'What institutions of your county have changed, the newest first',
    ),
  })
  async childChanges(
    @Arg('filter', () => ChildChangeFilterInput, { nullable: true, ...d('筛选', 'Which ones') })
    filter: ChildChangeFilterInput | null,
    @First() first: number,
    @After() after: string | null,
    @Ctx() { children, viewer }: Context,
  ) {
    const page = pageRequest(first, after);
    const wanted = await children.filterFor(viewer, filter?.institution ?? null);
    if (!wanted) throw outsideArea(viewer.area);
    const found = await children.changesWithin(wanted, page.first + 1, page.after);
    return connect(pageOf(found, page.first), () => children.countChanges(wanted));
  }
}
