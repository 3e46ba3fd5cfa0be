import { Field, ObjectType } from 'type-graphql';
import { Access } from '../../../kernel/graph/access.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { UserErrorType } from '../../../kernel/graph/shared-types.ts';
import { under } from '../../../kernel/rules/user-errors.ts';
import type { TakeOver } from '../model.ts';
import type { BatchAnswer, Done } from '../service/deps.ts';
import type { Context } from './context.ts';
import { SEEN_BY, TakeOverType } from './take-over-types.ts';

interface Shown {
  readonly takeOver: TakeOver | null;
  readonly warnings: readonly UserErrorType[];
  readonly userErrors: readonly UserErrorType[];
}

/** The payload of an act, and of the same act on a list. */
export function payloads(name: string) {
  @Access(...SEEN_BY)
  @ObjectType(`${name}Payload`, { simpleResolvers: true, ...d('办理结果', 'What came of it') })
  class One implements Shown {
    @Field(() => TakeOverType, { nullable: true, ...d('接续', 'The take-over as it is now') })
    takeOver!: TakeOver | null;

    @Field(() => [UserErrorType], d('提示', 'What was let through but should be looked at'))
    warnings!: readonly UserErrorType[];

    @Field(() => [UserErrorType], d('拒绝理由，空为成功', 'Why not; empty when it was done'))
    userErrors!: readonly UserErrorType[];
  }

  @Access(...SEEN_BY)
  @ObjectType(`${name}sPayload`, { simpleResolvers: true, ...d('批量办理结果', 'What came of each') })
  class Many {
    @Field(() => [One], d('逐项结果，与输入同序', 'One result for each item, in order'))
    results!: readonly Shown[];

    @Field(() => [UserErrorType], d('整个请求的拒绝理由', 'Why the request as a whole was refused'))
    userErrors!: readonly UserErrorType[];
  }
  return [One, Many] as const;
}
/** An act that the take-over knows why it refuses, says so too. */
async function shownAll(
  context: Context,
  { results }: BatchAnswer<Done>,
  list: string | null,
): Promise<Shown[]> {
  const { loaders } = context;
  const ids = results.flatMap(({ takeOverId }) => takeOverId ?? []);
  for (const id of ids) loaders.takeOver.clear(id);
  return Promise.all(
    results.map(async ({ takeOverId, warnings, userErrors }, i) => {
      const prefix = list === null ? [] : [list, String(i)];
      const takeOver = takeOverId === null ? null : await loaders.takeOver.load(takeOverId);
      const refusal = userErrors.length > 0 ? userErrors : (takeOver?.refusal ?? []);
      return { takeOver, warnings: under(prefix, warnings), userErrors: under(prefix, refusal) };
    }),
  );
}

export async function shownOne(context: Context, answer: BatchAnswer<Done>): Promise<Shown> {
  const [one] = await shownAll(context, answer, null);
  return one ?? { takeOver: null, warnings: [], userErrors: answer.userErrors };
}

export async function shownMany(context: Context, answer: BatchAnswer<Done>) {
  return { results: await shownAll(context, answer, 'items'), userErrors: answer.userErrors };
}
