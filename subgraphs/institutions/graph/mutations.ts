import { Arg, Ctx, Field, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Access, Act, EVERYBODY } from '../../../kernel/graph/access.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { UserErrorType } from '../../../kernel/graph/shared-types.ts';
import { under } from '../../../kernel/rules/user-errors.ts';
import type { Class, Institution } from '../model.ts';
import type { Context } from './context.ts';
import { OpenClassesInput, OpenInstitutionInput, OpenInstitutionsInput } from './inputs.ts';
import { ClassType, InstitutionType } from './types.ts';

const errors = d('拒绝理由，空为成功', 'Why not; empty when it was done');
const overall = d('整个请求的拒绝理由', 'Why the request as a whole was refused');
const results = d('逐项结果，与输入同序', 'One result for each item, in order');

@Access(...EVERYBODY)
@ObjectType('OpenInstitutionPayload', { simpleResolvers: true, ...d('设立结果', 'What came of it') })
class OpenInstitutionPayload {
  @Field(() => InstitutionType, { nullable: true, ...d('机构', 'The institution') })
  institution!: Institution | null;

  @Field(() => [UserErrorType], errors)
  userErrors!: readonly UserErrorType[];
}

@Access(...EVERYBODY)
@ObjectType('OpenInstitutionsPayload', { simpleResolvers: true, ...d('批量设立结果', 'What came of each') })
class OpenInstitutionsPayload {
  @Field(() => [OpenInstitutionPayload], results)
  results!: OpenInstitutionPayload[];

  @Field(() => [UserErrorType], overall)
  userErrors!: readonly UserErrorType[];
}

@Access(...EVERYBODY)
@ObjectType('OpenClassPayload', { simpleResolvers: true, ...d('设班结果', 'What came of it') })
class OpenClassPayload {
  @Field(() => ClassType, { nullable: true, ...d('班级', 'The class') })
  class!: Class | null;

  @Field(() => [UserErrorType], errors)
  userErrors!: readonly UserErrorType[];
}

@Access(...EVERYBODY)
@ObjectType('OpenClassesPayload', { simpleResolvers: true, ...d('批量设班结果', 'What came of each') })
class OpenClassesPayload {
  @Field(() => [OpenClassPayload], results)
  results!: OpenClassPayload[];

  @Field(() => [UserErrorType], overall)
  userErrors!: readonly UserErrorType[];
}

@Resolver()
export class InstitutionMutations {
  @Act('openInstitution')
  @Mutation(() => OpenInstitutionPayload, { nullable: true, ...d('设立机构', 'Open an institution') })
  async openInstitution(
    @Arg('input', () => OpenInstitutionInput, d('输入', 'The input')) input: OpenInstitutionInput,
    @Ctx() { institutions, loaders, viewer }: Context,
  ): Promise<OpenInstitutionPayload> {
    const answer = await institutions.openInstitutions(viewer, input.idempotencyKey, [input.institution]);
    const [one] = answer.results;
    const institution = one?.id ? await loaders.institution.load(one.id) : null;
    return { institution, userErrors: one ? under(['institution'], one.userErrors) : answer.userErrors };
  }

  @Act('openInstitution')
  @Mutation(() => OpenInstitutionsPayload, { nullable: true, ...d('批量设立机构', 'Open many institutions') })
  async openInstitutions(
    @Arg('input', () => OpenInstitutionsInput, d('输入', 'The input')) input: OpenInstitutionsInput,
    @Ctx() { institutions, loaders, viewer }: Context,
  ): Promise<OpenInstitutionsPayload> {
    const answer = await institutions.openInstitutions(viewer, input.idempotencyKey, input.items);
    const shown = answer.results.map(async ({ id, userErrors }, i) => ({
      institution: id === null ? null : await loaders.institution.load(id),
      userErrors: under(['items', String(i)], userErrors),
    }));
    return { results: await Promise.all(shown), userErrors: answer.userErrors };
  }

  @Act('openClass')
  @Mutation(() => OpenClassesPayload, { nullable: true, ...d('批量设立班级', 'Open many classes') })
  async openClasses(
    @Arg('input', () => OpenClassesInput, d('输入', 'The input')) input: OpenClassesInput,
    @Ctx() { institutions, loaders, viewer }: Context,
  ): Promise<OpenClassesPayload> {
    const answer = await institutions.openClasses(viewer, input.idempotencyKey, input.items);
    const shown = answer.results.map(async ({ id, userErrors }, i) => ({
      class: id === null ? null : await loaders.class.load(id),
      userErrors: under(['items', String(i)], userErrors),
    }));
    return { results: await Promise.all(shown), userErrors: answer.userErrors };
  }
}
