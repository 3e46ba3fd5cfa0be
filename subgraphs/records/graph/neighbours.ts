import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { Access, CLERKS, EVERYBODY } from '../../../kernel/graph/access.ts';
import { d } from '../../../kernel/graph/describe.ts';

/** The neighbours' types as this subgraph knows them: a key, and the fields it lends (see fields.ts). */
@Access(...CLERKS, 'SERVICE')
@Directive('@key(fields: "id")')
@ObjectType('Child', { simpleResolvers: true, ...d('学前儿童', 'A child') })
export class ChildRef {
  @Field(() => ID, d('内部标识', 'Its opaque id'))
  id!: string;
}

@Access(...EVERYBODY)
@Directive('@key(fields: "code")')
@ObjectType('Institution', {
  simpleResolvers: true,
  ...d('幼儿园等学前教育机构', 'A kindergarten or other preschool institution'),
})
export class InstitutionRef {
  @Field(() => String, d('10 位机构标识码', 'Its 10-digit institution code'))
  code!: string;
}

@Access(...EVERYBODY)
@Directive('@key(fields: "id")')
@ObjectType('Class', { simpleResolvers: true, ...d('班级', 'A class of one school year') })
export class ClassRef {
  @Field(() => ID, d('内部标识', 'Its opaque id'))
  id!: string;
}

@Access(...EVERYBODY)
@Directive('@key(fields: "code")')
@ObjectType('Region', { simpleResolvers: true, ...d('行政区划', 'A region of the dated tree') })
export class RegionRef {
  @Field(() => String, d('6 位代码（GB/T 2260）', 'Its 6-digit code (GB/T 2260)'))
  code!: string;
}
