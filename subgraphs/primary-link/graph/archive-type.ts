import { Ctx, Field, FieldResolver, ObjectType, Resolver, Root } from 'type-graphql';
import { Access } from '../../../kernel/graph/access.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { LocalDate } from '../../../kernel/graph/scalars.ts';
import type { Archive, Whose } from '../model.ts';
import type { Context } from './context.ts';
import { PreschoolStatusEnum } from './enums.ts';

@Access('PRIMARY_SCHOOL')
@ObjectType('TakeOverArchive', {
  simpleResolvers: true,
  ...d('入学所需的学籍档案摘要', 'As much of the archive as admission needs'),
})
export class TakeOverArchiveType implements Omit<Archive, 'number' | keyof Whose> {
  @Field(() => LocalDate, d('出生日期', 'The date of birth'))
  bornOn!: string;

  @Field(() => String, d('性别 MALE 或 FEMALE', 'MALE or FEMALE'))
  sex!: string;

  @Field(() => PreschoolStatusEnum, d('学籍状态', 'The state of the preschool record'))
  status!: Archive['status'];

  @Field(() => LocalDate, d('入园日期', 'When the child entered its last kindergarten'))
  enteredOn!: string;
}

@Resolver(() => TakeOverArchiveType)
export class TakeOverArchiveFields {
  @FieldResolver(
    () => String,
    d('现学籍号，入学后沿用', 'The current number, which goes on in primary school'),
  )
  number(@Root() archive: Archive, @Ctx() { showing }: Context): Promise<string> {
    return showing.number(archive, archive.number);
  }
}
