import { Arg, Ctx, Field, InputType, Query, Resolver } from 'type-graphql';
import { Access } from '../../../../kernel/graph/access.ts';
import { After, connect, First, pageOf, pageRequest } from '../../../../kernel/graph/connection.ts';
import { d } from '../../../../kernel/graph/describe.ts';
import { outsideArea } from '../../../../kernel/graph/faults.ts';
import { NATION } from '../../../../kernel/rules/viewer.ts';
import type { AccountRole, AccountState } from '../../model.ts';
import type { Context } from '../context.ts';
import { AccountRoleEnum, AccountStateEnum } from './enums.ts';
import { ACCOUNT_READERS, AccountConnection, AccountType } from './types.ts';

@InputType('AccountFilter', d('账号筛选', 'Which accounts'))
class AccountFilterInput {
  @Field(() => String, { nullable: true, ...d('行政区划代码，含下级', 'A region, with all below it') })
  region?: string | null;

  @Field(() => AccountRoleEnum, { nullable: true, ...d('角色', 'Only this role') })
  role?: AccountRole | null;

  @Field(() => AccountStateEnum, { nullable: true, ...d('状态', 'Only this state') })
  state?: AccountState | null;
}

@Resolver()
export class AccountQueries {
  @Access(...ACCOUNT_READERS)
  @Query(() => AccountType, {
    nullable: true,
    ...d(
      '一个账号，按账号名；不在辖区内的如同不存在',
      "One account by its name; beyond one's area there is none",
    ),
  })
  async account(
    @Arg('name', () => String, d('账号名', 'Its name')) name: string,
    @Ctx() { institutions, viewer }: Context,
  ) {
    const found = await institutions.accountsByName([name]);
    return (await institutions.accountsSeenBy(viewer, found))[0] ?? null;
  }

  @Access(...ACCOUNT_READERS)
  @Query(() => AccountConnection, {
    nullable: true,
    ...d('账号列表，限本辖区', "Accounts, page by page, of one's own area"),
  })
  async accounts(
    @Arg('filter', () => AccountFilterInput, { nullable: true, ...d('筛选', 'Which ones') })
    filter: AccountFilterInput | null,
    @First() first: number,
    @After() after: string | null,
    @Ctx() { institutions, viewer }: Context,
  ) {
    const page = pageRequest(first, after);
    const { region = null, role = null, state = null } = filter ?? {};
    const wanted = await institutions.accountFilterOf(viewer, region, role, state);
    const own = wanted.area.level === viewer.area.level && wanted.area.code === viewer.area.code;
    if (
      !own &&
      viewer.area.level !== NATION.level &&
      !(await institutions.liesWithin(wanted.area, viewer.area))
    )
      throw outsideArea(viewer.area);
    const rows = await institutions.accounts(wanted, page.first + 1, page.after);
    return connect(pageOf(rows, page.first), () => institutions.countAccounts(wanted));
  }
}
