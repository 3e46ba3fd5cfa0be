import { Ctx, Directive, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { Access, CLERKS } from '../../../kernel/graph/access.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { Sized } from '../../../kernel/graph/sizes.ts';
import { originStatedBy } from '../rules/statement.ts';
import type { Child, Guardian, IdentityDocument } from '../model.ts';
import { LOOKS, saidOnce } from '../rules/showing.ts';
import type { Context } from './context.ts';
import { ChildType, GuardianType, IdentityDocumentType, RegionStub } from './types.ts';

@Resolver(() => ChildType)
export class ChildFields {
  @FieldResolver(() => String, d('姓名，脱敏；说明用途后可见', 'The name; masked until a purpose is stated'))
  name(@Root() { id, name }: Child, @Ctx() { personal }: Context) {
    return personal.show(id, 'CHILD_NAME', name, LOOKS.CHILD_NAME);
  }

  @Access(...CLERKS)
  @FieldResolver(
    () => String,
    d(
      '国籍或地区（GB/T 2659 三字母），由辖区内在籍机构申报',
      'Nationality, three letters of GB/T 2659, as the latest holder of your area states it',
    ),
  )
  async nationality(@Root() { id }: Child, @Ctx() { loaders }: Context) {
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
  async ethnicity(@Root() { id }: Child, @Ctx() { loaders }: Context) {
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
  async householdRegion(@Root() { id }: Child, @Ctx() { loaders }: Context) {
    const code = originStatedBy(await loaders.statementsOf.load(id))?.householdRegion;
    return code == null ? null : { code };
  }

  @Access(...CLERKS)
  @Sized(3)
  @FieldResolver(() => [IdentityDocumentType], d('身份证件', 'Its identity documents'))
  documents(@Root() { id }: Child, @Ctx() { loaders }: Context): Promise<IdentityDocument[]> {
    return loaders.documentsOf.load(id);
  }

  @Access(...CLERKS)
  @Sized(4)
  @FieldResolver(
    () => [GuardianType],
    d('监护人，由辖区内机构各自登记', 'Its guardians, as institutions of your area have named them'),
  )
  async guardians(@Root() { id }: Child, @Ctx() { loaders }: Context) {
    return saidOnce(await loaders.guardiansOf.load(id));
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
  async residentIdForNumber(@Root() { id }: Child, @Ctx() { loaders }: Context) {
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
  async likeChildren(@Root() { id }: Child, @Ctx() { loaders }: Context) {
    return (await loaders.othersLike.load(id))!.count;
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
  async holderCodes(@Root() { id }: Child, @Ctx() { loaders }: Context) {
    return (await loaders.holdersOf.load(id)).map(({ institutionCode }) => institutionCode);
  }
}

@Resolver(() => IdentityDocumentType)
export class IdentityDocumentFields {
  @FieldResolver(() => String, {
    nullable: true,
    ...d(
      '证件号码，脱敏；说明用途后可见后 4 位',
      'Its number, masked; the last four characters once a purpose is stated',
    ),
  })
  number(
    @Root() { childId, number }: Pick<IdentityDocument, 'childId' | 'number'>,
    @Ctx() { personal }: Context,
  ) {
    return number === null ? null : personal.show(childId, 'DOCUMENT_NUMBER', number, LOOKS.DOCUMENT_NUMBER);
  }
}

type Named = Pick<Guardian, 'childId' | 'name' | 'phone'>;

@Resolver(() => GuardianType)
export class GuardianFields {
  @FieldResolver(() => String, d('姓名，脱敏；说明用途后可见', 'The name; masked until a purpose is stated'))
  name(@Root() { childId, name }: Named, @Ctx() { personal }: Context) {
    return personal.show(childId, 'GUARDIAN_NAME', name, LOOKS.GUARDIAN_NAME);
  }

  @FieldResolver(() => String, {
    nullable: true,
    ...d(
      '电话，脱敏；以服务监护人为用途时幼儿园可见',
      'The phone number, masked; whole for the kindergarten that is to reach the guardians',
    ),
  })
  phone(@Root() { childId, phone }: Named, @Ctx() { personal }: Context) {
    return phone === null ? null : personal.show(childId, 'GUARDIAN_PHONE', phone, LOOKS.GUARDIAN_PHONE);
  }
}
