import {
  defaultFieldResolver,
  getNamedType,
  isObjectType,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { Extensions } from 'type-graphql';
import { ACTIONS, type Action } from '../rules/actions.ts';
import type { Call, Role, Viewer } from '../rules/viewer.ts';
import { forbidden, withoutRight } from './faults.ts';

/** Clerks of the administration, who may see the children of their own area. */
export const CLERKS = ['KINDERGARTEN', 'COUNTY', 'CITY', 'PROVINCE', 'MINISTRY'] as const;
/** Everybody with an account: public facts such as regions and institutions. */
export const EVERYBODY = [
  ...CLERKS, 'MINISTRY_ANALYST', 'PRIMARY_SCHOOL', 'AUDITOR', 'GUARDIAN',
  'SYSTEM_ADMIN', 'SECURITY_ADMIN', 'AUDIT_ADMIN', 'SERVICE',
] as const; // prettier-ignore

/** What every resolver's context holds, whatever else a subgraph adds. */
export type ViewerContext = Call;

/** The access rule, beside the field it guards: on a type for all its fields, on a field for itself. */
export function Access(...roles: Role[]): ClassDecorator & MethodDecorator & PropertyDecorator {
  return Extensions({ access: roles });
}

/** The rule of an act: the roles it is open to, and of their accounts those that were given the right. */
export function Act(action: Action): MethodDecorator & PropertyDecorator {
  return Extensions({ access: ACTIONS[action], act: action });
}

type Extended = { readonly extensions: Readonly<Record<string, unknown>> };
const rolesOf = (thing: Extended) => thing.extensions['access'] as readonly Role[] | undefined;

/**
 * The rules of a schema, as `Type.field` and `Type` to roles. Deny by default: a field that neither has a
 * rule nor stands in a type with one stops the build.
 */
export function accessRules(schema: GraphQLSchema): Map<string, readonly Role[]> {
  const rules = new Map<string, readonly Role[]>();
  for (const type of objectTypes(schema)) {
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

/** One field and who may read it: its own rule, or its type's. */
export interface FieldRule {
  readonly type: string;
  readonly field: string;
  readonly roles: readonly Role[];
}

/** The rule of every field, in the order of the schema. */
export function fieldRules(
  schema: GraphQLSchema,
  rules: ReadonlyMap<string, readonly Role[]> = accessRules(schema),
): FieldRule[] {
  return objectTypes(schema).flatMap((type) =>
    Object.keys(type.getFields()).map((field) => ({
      type: type.name,
      field,
      roles: (rules.get(`${type.name}.${field}`) ?? rules.get(type.name))!,
    })),
  );
}

/**
 * Ways into a type that let in more than the type does, as `Type.field`. A role that may ask a field may ask the type
 * it answers with, and nobody reads a field of a type closed to them: so a rule cannot be walked around by nesting.
 */
export function waysAround(
  schema: GraphQLSchema,
  rules: ReadonlyMap<string, readonly Role[]> = accessRules(schema),
): string[] {
  return fieldRules(schema, rules).flatMap(({ type, field, roles }) => {
    const answer = getNamedType((schema.getType(type) as GraphQLObjectType).getFields()[field]!.type);
    const doors = [rules.get(type), rules.get(answer.name)];
    return doors.every((door) => !door || roles.every((role) => door.includes(role)))
      ? []
      : [`${type}.${field}`];
  });
}

function objectTypes(schema: GraphQLSchema): GraphQLObjectType[] {
  return Object.values(schema.getTypeMap()).filter(
    (type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('__'),
  );
}

/** The fields that are acts, as `Type.field`. */
export function actRules(schema: GraphQLSchema): Map<string, Action> {
  const acts = new Map<string, Action>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const { name, extensions } of Object.values(type.getFields())) {
      if (extensions['act']) acts.set(`${type.name}.${name}`, extensions['act'] as Action);
    }
  }
  return acts;
}

/**
 * Puts the rules in front of the resolvers of the final subgraph schema. Root fields and fields with a rule of
 * their own are guarded here; a type's rule guards the ways into it: entity references (see build.ts).
 */
export function enforce(
  schema: GraphQLSchema,
  rules: ReadonlyMap<string, readonly Role[]>,
  acts: ReadonlyMap<string, Action>,
): void {
  for (const [name, roles] of rules) {
    const [typeName, fieldName] = name.split('.') as [string, string | undefined];
    const type = schema.getType(typeName);
    if (fieldName === undefined || !isObjectType(type)) continue;
    const field = type.getFields()[fieldName]!;
    field.resolve = guarded(roles, acts.get(name), field.resolve ?? defaultFieldResolver);
  }
}

type Resolve = GraphQLFieldResolver<unknown, ViewerContext>;

function guarded(roles: readonly Role[], act: Action | undefined, resolve: Resolve): Resolve {
  return (root, args, context, info) => {
    assertRole(roles, context.viewer);
    if (act) assertRight(act, context.viewer);
    return resolve(root, args, context, info);
  };
}

export function assertRole(roles: readonly Role[], viewer: Viewer): void {
  if (!roles.includes(viewer.role))
    throw forbidden(roles.filter((role) => role !== 'SERVICE').join(' | '), viewer.role);
}

function assertRight(act: Action, { rights }: Viewer): void {
  if (rights && !rights.includes(act)) throw withoutRight(act);
}
