import { Ctx, Directive, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { Access, CLERKS } from '../../../kernel/graph/access.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { shownDocument, shownGuardians, type ShownChild } from '../rules/showing.ts';
import type { Context } from './context.ts';
import { ChildType, GuardianType, IdentityDocumentType } from './types.ts';

@Resolver(() => ChildType)
export class ChildFields {
  @Access(...CLERKS)
  @FieldResolver(() => [IdentityDocumentType], d('身份证件', 'Its identity documents'))
  async documents(@Root() { id }: ShownChild, @Ctx() { loaders, viewer }: Context) {
    return (await loaders.documentsOf.load(id)).map((document) => shownDocument(document, viewer.role));
  }

  @Access(...CLERKS)
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
