import { Ctx, Directive, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { Access, CLERKS } from '../../../kernel/graph/access.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { Sized } from '../../../kernel/graph/sizes.ts';
import { originStatedBy } from '../rules/statement.ts';
import { shownDocument, shownGuardians, type ShownChild } from '../rules/showing.ts';
import type { Context } from './context.ts';
import { ChildType, GuardianType, IdentityDocumentType, RegionStub } from './types.ts';

@Resolver(() => ChildType)
export class ChildFields {
  @Access(...CLERKS)
  @FieldResolver(
    () => String,
    d(
      '国籍或地区（GB/T 2659 三字母），由辖区内在籍机构申报',
      'Nationality, three letters of GB/T 2659, as the latest holder of your area states it',
    ),
  )
  async nationality(@Root() { id }: ShownChild, @Ctx() { loaders }: Context) {
    return originStatedBy(await loaders.statementsOf.load(id))?.nationality;
  }

  @Access(...CLERKS)
  @FieldResolver(() => String, {
    nullable: true,
    ...d(
      '民族代码（GB/T 3304），由辖区内在籍机构申报',
      'Ethnic group, code of GB/T 3304, as the latest holder of your area states it',
    ),
  })
  async ethnicity(@Root() { id }: ShownChild, @Ctx() { loaders }: Context) {
    return originStatedBy(await loaders.statementsOf.load(id))?.ethnicity;
  }

  @Access(...CLERKS)
  @FieldResolver(() => RegionStub, {
    nullable: true,
    ...d(
      '户籍所在区划，由辖区内在籍机构申报',
      'Where the household is registered, as the latest holder of your area states it',
    ),
  })
  async householdRegion(@Root() { id }: ShownChild, @Ctx() { loaders }: Context) {
    const code = originStatedBy(await loaders.statementsOf.load(id))?.householdRegion;
    return code == null ? null : { code };
  }

  @Access(...CLERKS)
  @Sized(3)
  @FieldResolver(() => [IdentityDocumentType], d('身份证件', 'Its identity documents'))
  async documents(@Root() { id }: ShownChild, @Ctx() { loaders, viewer }: Context) {
    return (await loaders.documentsOf.load(id)).map((document) => shownDocument(document, viewer.role));
  }

  @Access(...CLERKS)
  @Sized(4)
  @FieldResolver(
    () => [GuardianType],
    d('监护人，由辖区内机构各自登记', 'Its guardians, as institutions of your area have named them'),
  )
  async guardians(@Root() { id }: ShownChild, @Ctx() { loaders, viewer }: Context) {
    return shownGuardians(await loaders.guardiansOf.load(id), viewer.role);
  }

  @Access('SERVICE')
  @Directive('@inaccessible')
  @FieldResolver(() => String, {
    nullable: true,
    ...d(
      '居民身份证号（子图间，用于编学籍号）',
      'The resident ID, for the neighbour that builds the record number',
    ),
  })
  async residentIdForNumber(@Root() { id }: ShownChild, @Ctx() { loaders }: Context) {
    const documents = await loaders.documentsOf.load(id);
    return documents.find(({ kind }) => kind === 'RESIDENT_ID')?.number ?? null;
  }

  @Access('SERVICE')
  @Directive('@inaccessible')
  @FieldResolver(
    () => Int,
    d(
      '同名同性别同生日的其他儿童数（子图间）',
      'How many other children share name, sex and birth date, for neighbours',
    ),
  )
  async likeChildren(@Root() { likeness }: ShownChild, @Ctx() { loaders }: Context) {
    return (await loaders.alike.load(likeness))!.count - 1;
  }

  @Access('SERVICE')
  @Directive('@inaccessible')
  @FieldResolver(
    () => [String],
    d(
      '登记机构的机构标识码（子图间）',
      'The institutions that have registered the child, by code, for neighbours',
    ),
  )
  async holderCodes(@Root() { id }: ShownChild, @Ctx() { loaders }: Context) {
    return (await loaders.holdersOf.load(id)).map(({ institutionCode }) => institutionCode);
  }
}
