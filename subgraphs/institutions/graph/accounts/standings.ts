/** What the gateway and the neighbours ask before they let an account act; no client sees it. */
import {
  Arg,
  Ctx,
  Directive,
  Field,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
} from 'type-graphql';
import { Access } from '../../../../kernel/graph/access.ts';
import { d } from '../../../../kernel/graph/describe.ts';
import { Sized } from '../../../../kernel/graph/sizes.ts';
import { UserErrorType } from '../../../../kernel/graph/shared-types.ts';
import type { OpenedChild } from '../../../../kernel/rules/viewer.ts';
import type { Standing } from '../../service/accounts/standings.ts';
import type { Context } from '../context.ts';

@Access('GATEWAY', 'SERVICE')
@Directive('@inaccessible')
@ObjectType('OpenedChild', {
  simpleResolvers: true,
  ...d('破例查看的儿童（服务间）', 'A child opened to an account by break-glass, for other services'),
})
class OpenedChildType implements OpenedChild {
  @Field(() => ID, d('破例查看', 'The break-glass'))
  id!: string;

  @Field(() => ID, d('儿童', 'The child'))
  childId!: string;

  @Field(() => String, d('终止时间（UTC）', 'Until when, an instant in UTC'))
  until!: string;
}

@Access('GATEWAY', 'SERVICE')
@Directive('@inaccessible')
@ObjectType('AccountStanding', {
  simpleResolvers: true,
  ...d('账号是否可用（服务间）', 'Whether an account may act, for other services'),
})
class AccountStanding implements Omit<Standing, 'rights' | 'opened'> {
  @Field(() => String, d('账号名', 'Its name'))
  name!: string;

  @Field(() => String, d('状态', 'Its state'))
  state!: Standing['state'];

  @Field(() => String, d('角色', 'Its role'))
  role!: Standing['role'];

  @Field(() => String, d('管辖层级', 'The level of its area'))
  areaLevel!: Standing['areaLevel'];

  @Field(() => String, d('管辖代码', 'The code of its area'))
  areaCode!: string;

  @Field(() => [String], d('权限', 'The acts it was given'))
  rights!: string[];

  @Field(() => String, { nullable: true, ...d('最近使用日期', 'When it was last used') })
  usedOn!: string | null;

  @Sized(3)
  @Field(() => [OpenedChildType], d('破例查看的儿童', 'Children opened to it by break-glass'))
  opened!: OpenedChildType[];
}

@Directive('@inaccessible')
@InputType('NoteAccountUseInput', d('记录账号使用（服务间）', 'Noting that accounts were used'))
class NoteAccountUseInput {
  @Field(
    () => String,
    d('标识；可重复，次日方有新意', 'A key; noting it again changes nothing until the next day'),
  )
  idempotencyKey!: string;

  @Field(() => [String], d('账号名，至多 500', 'Their names, at most 500'))
  names!: string[];
}

@Access('GATEWAY')
@Directive('@inaccessible')
@ObjectType('NoteAccountUsePayload', { simpleResolvers: true, ...d('结果（服务间）', 'What came of it') })
class NoteAccountUsePayload {
  @Field(() => Int, d('今日首次使用的账号数', 'How many were used for the first time today'))
  noted!: number;

  @Field(() => [UserErrorType], d('拒绝理由', 'Why not'))
  userErrors!: readonly UserErrorType[];
}

@Resolver()
export class AccountStandings {
  @Access('GATEWAY', 'SERVICE')
  @Directive('@inaccessible')
  @Sized(500)
  @Query(() => [AccountStanding], {
    nullable: true,
    ...d('账号状态（服务间）', 'How accounts stand, for other services; at most 500'),
  })
  accountStandings(
    @Arg('names', () => [String], d('账号名', 'Their names')) names: string[],
    @Ctx() { institutions }: Context,
  ) {
    return institutions.standings(names);
  }

  @Access('GATEWAY', 'SERVICE')
  @Directive('@inaccessible')
  @Sized(500)
  @Query(() => [AccountStanding], {
    nullable: true,
    ...d('近期变更的账号（服务间）', 'Accounts that changed lately, as they stand now, for other services'),
  })
  changedAccountStandings(
    @Arg('seconds', () => Int, d('自多少秒以来', 'Since so many seconds ago')) seconds: number,
    @Ctx() { institutions }: Context,
  ) {
    return institutions.changedStandings(seconds);
  }

  @Access('GATEWAY')
  @Directive('@inaccessible')
  @Mutation(() => NoteAccountUsePayload, {
    nullable: true,
    ...d('记录账号今日已使用（服务间）', 'Note that accounts were used today, for the gateway'),
  })
  async noteAccountUse(
    @Arg('input', () => NoteAccountUseInput, d('输入', 'The input')) { names }: NoteAccountUseInput,
    @Ctx() { institutions }: Context,
  ): Promise<NoteAccountUsePayload> {
    return { noted: await institutions.noteUse(names), userErrors: [] };
  }
}
