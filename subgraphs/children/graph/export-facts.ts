/** What a file that leaves may hold of a child: records asks for the approved of these and nothing else; no client sees these names. */
import { Ctx, Directive, Field, FieldResolver, ID, ObjectType, Resolver, Root } from 'type-graphql';
import { Access } from '../../../kernel/graph/access.ts';
import { d } from '../../../kernel/graph/describe.ts';
import type { Child } from '../model.ts';
import { originStatedBy } from '../rules/statement.ts';
import type { Context } from './context.ts';
import { ChildType } from './types.ts';

@Access('SERVICE')
@Directive('@inaccessible')
@ObjectType('ChildExportFacts', {
  simpleResolvers: true,
  ...d('可向外提供的事项（子图间）', 'What may be given to somebody outside, for neighbours'),
})
class ChildExportFacts {
  @Field(() => ID, d('儿童', 'The child'))
  id!: string;

  @Field(() => String, d('姓名', 'The name'))
  name!: string;
}

type Facts = Pick<Child, 'id' | 'name'>;

@Resolver(() => ChildType)
export class ChildExport {
  @Access('SERVICE')
  @Directive('@inaccessible')
  @FieldResolver(() => ChildExportFacts, {
    nullable: true,
    ...d(
      '可向外提供的事项，受保护儿童为空（子图间）',
      'What may be given to somebody outside, of a sealed child nothing; for neighbours',
    ),
  })
  async exportFacts(@Root() { id, name }: Facts, @Ctx() { loaders }: Context): Promise<Facts | null> {
    return (await loaders.sealed.load(id)) ? null : { id, name };
  }
}

@Resolver(() => ChildExportFacts)
export class ChildExportFactsFields {
  @FieldResolver(() => String, {
    nullable: true,
    ...d('证件类型与号码', 'Kind and number of the first document'),
  })
  async document(@Root() { id }: Facts, @Ctx() { loaders }: Context) {
    const [document] = await loaders.documentsOf.load(id);
    return document ? [document.kind, document.number].filter(Boolean).join(' ') : null;
  }

  @FieldResolver(() => String, { nullable: true, ...d('国籍或地区', 'Nationality') })
  async nationality(@Root() { id }: Facts, @Ctx() { loaders }: Context) {
    return originStatedBy(await loaders.statementsOf.load(id))?.nationality ?? null;
  }

  @FieldResolver(() => String, { nullable: true, ...d('民族', 'Ethnic group') })
  async ethnicity(@Root() { id }: Facts, @Ctx() { loaders }: Context) {
    return originStatedBy(await loaders.statementsOf.load(id))?.ethnicity ?? null;
  }

  @FieldResolver(() => String, { nullable: true, ...d('户籍区划', 'Where the household is registered') })
  async householdRegion(@Root() { id }: Facts, @Ctx() { loaders }: Context) {
    return originStatedBy(await loaders.statementsOf.load(id))?.householdRegion ?? null;
  }

  @FieldResolver(() => String, { nullable: true, ...d('首位监护人姓名', 'The name of the first guardian') })
  async guardianName(@Root() { id }: Facts, @Ctx() { loaders }: Context) {
    return (await loaders.guardiansOf.load(id))[0]?.name ?? null;
  }

  @FieldResolver(() => String, { nullable: true, ...d('首位监护人电话', 'The phone of the first guardian') })
  async guardianPhone(@Root() { id }: Facts, @Ctx() { loaders }: Context) {
    return (await loaders.guardiansOf.load(id))[0]?.phone ?? null;
  }
}
