import { Directive, Field, ObjectType } from 'type-graphql';
import type { UserError } from '../rules/user-errors.ts';
import { Access, EVERYBODY } from './access.ts';
import { d } from './describe.ts';

@Access(...EVERYBODY, 'GATEWAY')
@Directive('@shareable')
@ObjectType('UserError', {
  simpleResolvers: true,
  ...d('业务拒绝或提示', 'A refusal or warning a clerk can act on'),
})
export class UserErrorType implements Pick<UserError, 'message' | 'messageEn'> {
  @Field(() => String, d('代码，见 docs/user-errors.md', 'Its code; the catalogue is docs/user-errors.md'))
  code!: string;

  @Field(() => String, d('中文说明', 'What was expected and what came, in Chinese'))
  message!: string;

  @Field(() => String, d('英文说明', 'The same in English'))
  messageEn!: string;

  @Field(() => [String], d('输入字段路径', 'The path to the input field it speaks of'))
  field!: readonly string[];
}

@Access(...EVERYBODY)
@Directive('@shareable')
@ObjectType('PageInfo', { simpleResolvers: true, ...d('分页信息', 'Where a page of a connection ends') })
export class PageInfo {
  @Field(() => Boolean, d('是否还有下一页', 'Whether more follow'))
  hasNextPage!: boolean;

  @Field(() => String, { nullable: true, ...d('本页末尾游标', 'Pass it as `after` to go on') })
  endCursor!: string | null;
}
