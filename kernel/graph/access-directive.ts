/**
 * The access rules as they are printed: `@access(roles: [...])` on every field, carried into the supergraph by
 * `@composeDirective`. The gateway carries it and acts on nothing; the subgraphs enforce. Apollo's own `@authenticated`,
 * `@requiresScopes` and `@policy` would stop the gateway from loading.
 */
import {
  DirectiveLocation,
  GraphQLDirective,
  GraphQLList,
  GraphQLNonNull,
  GraphQLString,
  isObjectType,
  type GraphQLSchema,
} from 'graphql';
import type { Role } from '../rules/viewer.ts';
import { fieldRules } from './access.ts';

export const ACCESS_LINK = `  @link(url: "https://xueji.example/access/v1.0", import: ["@access"])
  @composeDirective(name: "@access")`;

export const ACCESS_DIRECTIVE = new GraphQLDirective({
  name: 'access',
  description: '可访问的角色，其余一律拒绝\nThe roles that may ask the field; all others are refused',
  locations: [DirectiveLocation.FIELD_DEFINITION],
  args: { roles: { type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(GraphQLString))) } },
});

/** Writes beside every field the rule that holds for it, its own or its type's. */
export function printRules(schema: GraphQLSchema, rules: ReadonlyMap<string, readonly Role[]>): void {
  for (const { type: name, field, roles } of fieldRules(schema, rules)) {
    const type = schema.getType(name);
    if (!isObjectType(type)) continue;
    const { extensions } = type.getFields()[field]!;
    Object.assign(extensions, { directives: { access: { roles: [...roles] } } });
  }
}
