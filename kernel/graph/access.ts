import { defaultFieldResolver, isObjectType, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';
import { Extensions } from 'type-graphql';
import type { Call, Role, Viewer } from '../rules/viewer.ts';
import { forbidden } from './faults.ts';

/** Clerks of the administration, who may see the children of their own area. */
export const CLERKS = ['KINDERGARTEN', 'COUNTY', 'CITY', 'PROVINCE', 'MINISTRY'] as const;
/** Everybody with an account: public facts such as regions and institutions. */
export const EVERYBODY = [
  ...CLERKS, 'MINISTRY_ANALYST', 'PRIMARY_SCHOOL', 'AUDITOR', 'GUARDIAN', 'ADMIN', 'SERVICE',
] as const; // prettier-ignore

/** What every resolver's context holds, whatever else a subgraph adds. */
export type ViewerContext = Call;

/** The access rule, beside the field it guards: on a type for all its fields, on a field for itself. */
export function Access(...roles: Role[]): ClassDecorator & MethodDecorator & PropertyDecorator {
  return Extensions({ access: roles });
}

type Extended = { readonly extensions: Readonly<Record<string, unknown>> };
const rolesOf = (thing: Extended) => thing.extensions['access'] as readonly Role[] | undefined;

/**
 * The rules of a schema, as `Type.field` and `Type` to roles. Deny by default: a field that neither has a
 * rule nor stands in a type with one stops the build.
 */
export function accessRules(schema: GraphQLSchema): Map<string, readonly Role[]> {
  const rules = new Map<string, readonly Role[]>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    const ofType = rolesOf(type);
    if (ofType) rules.set(type.name, ofType);
    for (const field of Object.values(type.getFields())) {
      const ofField = rolesOf(field);
      if (!ofField && !ofType)
        throw new Error(`${type.name}.${field.name} has no access rule; add @Access(...).`);
      if (ofField) rules.set(`${type.name}.${field.name}`, ofField);
    }
  }
  return rules;
}

/**
 * Puts the rules in front of the resolvers of the final subgraph schema. Root fields and fields with a rule of
 * their own are guarded here; a type's rule guards the ways into it: entity references (see build.ts).
 */
export function enforce(schema: GraphQLSchema, rules: ReadonlyMap<string, readonly Role[]>): void {
  for (const [name, roles] of rules) {
    const [typeName, fieldName] = name.split('.') as [string, string | undefined];
    const type = schema.getType(typeName);
    if (fieldName === undefined || !isObjectType(type)) continue;
    const field = type.getFields()[fieldName]!;
    field.resolve = guarded(roles, field.resolve ?? defaultFieldResolver);
  }
}

type Resolve = GraphQLFieldResolver<unknown, ViewerContext>;

function guarded(roles: readonly Role[], resolve: Resolve): Resolve {
  return (root, args, context, info) => {
    assertRole(roles, context.viewer);
    return resolve(root, args, context, info);
  };
}

export function assertRole(roles: readonly Role[], viewer: Viewer): void {
  if (!roles.includes(viewer.role))
    throw forbidden(roles.filter((role) => role !== 'SERVICE').join(' | '), viewer.role);
}
