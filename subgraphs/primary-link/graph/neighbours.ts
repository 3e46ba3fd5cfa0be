import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { Access, CLERKS, EVERYBODY } from '../../../kernel/graph/access.ts';
import { d } from '../../../kernel/graph/describe.ts';

@Access(...EVERYBODY)
@Directive('@key(fields: "code", resolvable: false)')
@ObjectType('Institution', {
  simpleResolvers: true,
  ...d('幼儿园等学前教育机构', 'A kindergarten or other preschool institution'),
})
export class InstitutionStub {
  @Field(() => String, d('10 位机构标识码', 'Its 10-digit institution code'))
  code!: string;
}

@Access(...EVERYBODY)
@Directive('@key(fields: "code", resolvable: false)')
@ObjectType('Region', { simpleResolvers: true, ...d('行政区划', 'A region of the dated tree') })
export class RegionStub {
  @Field(() => String, d('6 位代码', 'Its 6-digit code'))
  code!: string;
}

@Access(...CLERKS, 'SERVICE')
@Directive('@key(fields: "id")')
@ObjectType('Record', { simpleResolvers: true, ...d('学籍：一人一籍', 'The one lifelong record of a child') })
export class RecordStub {
  @Field(() => ID, d('内部标识', 'Its opaque id'))
  id!: string;
}
