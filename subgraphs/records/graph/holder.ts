import { Field, ObjectType } from 'type-graphql';
import { Access, CLERKS } from '../../../kernel/graph/access.ts';
import { d } from '../../../kernel/graph/describe.ts';
import type { Area } from '../../../kernel/rules/viewer.ts';
import { HolderLevelEnum } from './enums.ts';
import { InstitutionRef, RegionRef } from './neighbours.ts';

@Access(...CLERKS)
@ObjectType('Holder', {
  simpleResolvers: true,
  ...d('正在办理的一方', 'Whose turn it is: a kindergarten or an authority'),
})
export class HolderType {
  @Field(() => HolderLevelEnum, d('层级', 'Its level'))
  level!: string;

  @Field(() => String, d('行政区划代码或机构标识码', 'Its region code, or its institution code'))
  code!: string;

  @Field(() => RegionRef, { nullable: true, ...d('行政区划', 'The region whose authority it is') })
  region!: RegionRef | null;

  @Field(() => InstitutionRef, { nullable: true, ...d('机构', 'The institution') })
  institution!: InstitutionRef | null;
}

export function holderType({ level, code }: Area): HolderType {
  const isInstitution = level === 'INSTITUTION';
  return {
    level,
    code,
    region: isInstitution ? null : { code },
    institution: isInstitution ? { code } : null,
  };
}
