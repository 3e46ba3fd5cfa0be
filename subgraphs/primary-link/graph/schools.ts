import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { Access, Act, EVERYBODY } from '../../../kernel/graph/access.ts';
import { After, First, connect, pageOf, pageRequest } from '../../../kernel/graph/connection.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { LocalDate } from '../../../kernel/graph/scalars.ts';
import { UserErrorType } from '../../../kernel/graph/shared-types.ts';
import { ACTIONS } from '../../../kernel/rules/actions.ts';
import { under, type UserError } from '../../../kernel/rules/user-errors.ts';
import { NATION, type Area } from '../../../kernel/rules/viewer.ts';
import type { PrimarySchool, SchoolStatus } from '../model.ts';
import type { NewSchool } from '../rules/schools.ts';
import type { SchoolDone } from '../service/schools.ts';
import type { Context } from './context.ts';
import { SchoolStatusEnum } from './enums.ts';
import { PrimarySchoolConnection, PrimarySchoolType } from './school-types.ts';

const key = d('幂等键：重试时不变', 'The idempotency key: the same for every retry');
const input = d('输入', 'The input');

@InputType('PrimarySchoolFilter', d('小学筛选', 'Which schools'))
class PrimarySchoolFilterInput {
  @Field(() => String, { nullable: true, ...d('县级区划', 'Only those of this county') })
  county?: string | null;

  @Field(() => String, { nullable: true, ...d('地级区划', 'Only those of this city') })
  city?: string | null;

  @Field(() => String, { nullable: true, ...d('省级区划', 'Only those of this province') })
  province?: string | null;

  @Field(() => SchoolStatusEnum, { nullable: true, ...d('状态', 'Only those that are so') })
  status?: SchoolStatus | null;
}

@InputType('PrimarySchoolInput', d('一所小学', 'A school to be registered'))
class PrimarySchoolInput implements NewSchool {
  @Field(() => String, d('10 位学校标识码', 'Its 10-digit code'))
  code!: string;

  @Field(() => String, d('名称，至多 100 字', 'Its name, at most 100 characters'))
  name!: string;

  @Field(() => String, d('县级区划代码', 'The county in charge, by its code'))
  region!: string;

  @Field(() => LocalDate, d('设立日期', 'When it was opened'))
  openedOn!: string;
}

@InputType('OpenPrimarySchoolInput', d('登记一所小学', 'Registering a school'))
class OpenPrimarySchoolInput extends PrimarySchoolInput {
  @Field(() => String, key)
  idempotencyKey!: string;
}

@InputType('OpenPrimarySchoolsInput', d('登记小学', 'Registering schools'))
class OpenPrimarySchoolsInput {
  @Field(() => String, key)
  idempotencyKey!: string;

  @Field(() => [PrimarySchoolInput], d('至多 200 项', 'At most 200'))
  items!: PrimarySchoolInput[];
}

@InputType('ClosePrimarySchoolInput', d('撤销小学', 'Closing a school'))
class ClosePrimarySchoolInput {
  @Field(() => String, key)
  idempotencyKey!: string;

  @Field(() => String, d('学校标识码', 'The school, by its code'))
  code!: string;

  @Field(() => LocalDate, d('撤销日期', 'The first day it is no longer open'))
  on!: string;
}

interface SchoolShown {
  readonly primarySchool: PrimarySchool | null;
  readonly userErrors: readonly UserError[];
}

function payload(name: string) {
  @Access(...ACTIONS.openPrimarySchool)
  @ObjectType(name, { simpleResolvers: true, ...d('办理结果', 'What came of it') })
  class Payload {
    @Field(() => PrimarySchoolType, { nullable: true, ...d('小学', 'The school as it is now') })
    primarySchool!: PrimarySchool | null;

    @Field(() => [UserErrorType], d('拒绝理由，空为成功', 'Why not; empty when it was done'))
    userErrors!: readonly UserErrorType[];
  }
  return Payload;
}
const OpenPrimarySchoolPayload = payload('OpenPrimarySchoolPayload');
const ClosePrimarySchoolPayload = payload('ClosePrimarySchoolPayload');

@Access(...ACTIONS.openPrimarySchool)
@ObjectType('OpenPrimarySchoolsPayload', {
  simpleResolvers: true,
  ...d('批量办理结果', 'What came of each'),
})
class OpenPrimarySchoolsPayload {
  @Field(() => [OpenPrimarySchoolPayload], d('逐项结果，与输入同序', 'One result for each item, in order'))
  results!: readonly SchoolShown[];

  @Field(() => [UserErrorType], d('整个请求的拒绝理由', 'Why the request as a whole was refused'))
  userErrors!: readonly UserErrorType[];
}

async function shown(
  { loaders }: Context,
  { code, userErrors }: SchoolDone,
  prefix: readonly string[] = [],
): Promise<SchoolShown> {
  const primarySchool = code === null ? null : await loaders.school.clear(code).load(code);
  return { primarySchool, userErrors: under(prefix, userErrors) };
}

const nothing = (userErrors: readonly UserError[]): SchoolShown => ({ primarySchool: null, userErrors });

function areaOf({ county, city, province }: PrimarySchoolFilterInput): Area {
  if (county != null) return { level: 'COUNTY', code: county };
  if (city != null) return { level: 'CITY', code: city };
  return province == null ? NATION : { level: 'PROVINCE', code: province };
}

@Resolver()
export class SchoolResolvers {
  @Access(...EVERYBODY)
  @Query(() => PrimarySchoolType, { nullable: true, ...d('一所小学', 'One primary school') })
  primarySchool(
    @Arg('code', () => String, d('10 位学校标识码', 'Its 10-digit code')) code: string,
    @Ctx() { loaders }: Context,
  ) {
    return loaders.school.load(code);
  }

  @Access(...EVERYBODY)
  @Query(() => PrimarySchoolConnection, { nullable: true, ...d('小学列表', 'Primary schools, page by page') })
  async primarySchools(
    @Arg('filter', () => PrimarySchoolFilterInput, { nullable: true, ...d('筛选', 'Which ones') })
    filter: PrimarySchoolFilterInput | null,
    @First() count: number,
    @After() cursor: string | null,
    @Ctx() { primaryLink }: Context,
  ) {
    const page = pageRequest(count, cursor);
    const wanted = { area: areaOf(filter ?? {}), status: filter?.status ?? null };
    const rows = await primaryLink.schools(wanted, page.first + 1, page.after);
    return connect(pageOf(rows, page.first), () => Promise.resolve(null));
  }

  @Act('openPrimarySchool')
  @Mutation(() => OpenPrimarySchoolPayload, { nullable: true, ...d('登记一所小学', 'Register a school') })
  async openPrimarySchool(
    @Arg('input', () => OpenPrimarySchoolInput, input) { idempotencyKey, ...item }: OpenPrimarySchoolInput,
    @Ctx() context: Context,
  ) {
    const answer = await context.primaryLink.openPrimarySchools(context.viewer, idempotencyKey, [item]);
    const [one] = answer.results;
    return one ? shown(context, one) : nothing(answer.userErrors);
  }

  @Act('openPrimarySchool')
  @Mutation(() => OpenPrimarySchoolsPayload, {
    nullable: true,
    ...d('登记小学，逐所办理', 'Register schools, each on its own'),
  })
  async openPrimarySchools(
    @Arg('input', () => OpenPrimarySchoolsInput, input) { idempotencyKey, items }: OpenPrimarySchoolsInput,
    @Ctx() context: Context,
  ) {
    const { results, userErrors } = await context.primaryLink.openPrimarySchools(
      context.viewer,
      idempotencyKey,
      items,
    );
    return {
      results: await Promise.all(results.map((one, i) => shown(context, one, ['items', String(i)]))),
      userErrors,
    };
  }

  @Act('openPrimarySchool')
  @Mutation(() => ClosePrimarySchoolPayload, {
    nullable: true,
    ...d('撤销小学；标识码永不重发', 'Close a school; its code is never given to another'),
  })
  async closePrimarySchool(
    @Arg('input', () => ClosePrimarySchoolInput, input) { idempotencyKey, ...item }: ClosePrimarySchoolInput,
    @Ctx() context: Context,
  ) {
    const answer = await context.primaryLink.closePrimarySchool(context.viewer, idempotencyKey, item);
    const [one] = answer.results;
    return one ? shown(context, one) : nothing(answer.userErrors);
  }
}
