import { Arg, Ctx, Field, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Access, Act, CLERKS } from '../../../kernel/graph/access.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { UserErrorType } from '../../../kernel/graph/shared-types.ts';
import { under } from '../../../kernel/rules/user-errors.ts';
import type { Registration } from '../rules/registering.ts';
import type { Child } from '../model.ts';
import type { Context } from './context.ts';
import { RegisterChildInput, RegisterChildrenInput } from './inputs.ts';
import { ChildType } from './types.ts';

@Access(...CLERKS)
@ObjectType('RegisterChildPayload', { simpleResolvers: true, ...d('登记结果', 'What came of it') })
class RegisterChildPayload {
  @Field(() => ChildType, { nullable: true, ...d('儿童', 'The child, new or already known') })
  child!: Child | null;

  @Field(
    () => Boolean,
    d('是否新登记；证件已登记时为否', 'Whether it is new; false when the document was known'),
  )
  created!: boolean;

  @Field(() => [UserErrorType], d('提示，不影响登记', 'Warnings; they do not stand in the way'))
  warnings!: readonly UserErrorType[];

  @Field(() => [UserErrorType], d('拒绝理由，空为成功', 'Why not; empty when it was done'))
  userErrors!: readonly UserErrorType[];
}

@Access(...CLERKS)
@ObjectType('RegisterChildrenPayload', {
  simpleResolvers: true,
  ...d('批量登记结果', 'What came of each'),
})
class RegisterChildrenPayload {
  @Field(() => [RegisterChildPayload], d('逐项结果，与输入同序', 'One result for each item, in order'))
  results!: RegisterChildPayload[];

  @Field(() => [UserErrorType], d('整个请求的拒绝理由', 'Why the request as a whole was refused'))
  userErrors!: readonly UserErrorType[];
}

@Resolver()
export class ChildMutations {
  @Act('registerChild')
  @Mutation(() => RegisterChildPayload, {
    nullable: true,
    ...d('登记一名儿童，同一证件只登记一次', 'Register a child; the same document registers the same child'),
  })
  async registerChild(
    @Arg('input', () => RegisterChildInput, d('输入', 'The input')) input: RegisterChildInput,
    @Ctx() { children, loaders, personal, viewer }: Context,
  ): Promise<RegisterChildPayload> {
    const { idempotencyKey, institutionCode, child } = input;
    const answer = await children.registerChildren(viewer, idempotencyKey, institutionCode, [child]);
    await personal.guess(toldOfOthers(answer.results));
    const [one] = answer.results;
    if (!one) return { child: null, created: false, warnings: [], userErrors: answer.userErrors };
    return payloadOf(one, ['child'], loaders);
  }

  @Act('registerChild')
  @Mutation(() => RegisterChildrenPayload, {
    nullable: true,
    ...d('批量登记儿童，逐项作答', 'Register many children, each on its own'),
  })
  async registerChildren(
    @Arg('input', () => RegisterChildrenInput, d('输入', 'The input')) input: RegisterChildrenInput,
    @Ctx() { children, loaders, personal, viewer }: Context,
  ): Promise<RegisterChildrenPayload> {
    const { idempotencyKey, institutionCode, items } = input;
    const answer = await children.registerChildren(viewer, idempotencyKey, institutionCode, items);
    await personal.guess(toldOfOthers(answer.results));
    const shown = answer.results.map((one, i) => payloadOf(one, ['items', String(i)], loaders));
    return { results: await Promise.all(shown), userErrors: answer.userErrors };
  }
}

/** Refusals that tell whose number something is not: registering must be no way to guess that looking up is too dear for. */
const toldOfOthers = (results: readonly Registration[]) =>
  results.filter(({ userErrors }) => userErrors.some(({ code }) => code === 'DOCUMENT_BELONGS_TO_ANOTHER'))
    .length;

async function payloadOf(
  { childId, created, warnings, userErrors }: Registration,
  path: readonly string[],
  loaders: Context['loaders'],
): Promise<RegisterChildPayload> {
  return {
    child: childId === null ? null : await loaders.child.load(childId),
    created,
    warnings: under(path, warnings),
    userErrors: under(path, userErrors),
  };
}
