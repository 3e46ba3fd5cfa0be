import { buildSubgraphSchema } from '@apollo/subgraph';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { parse, specifiedDirectives, type GraphQLSchema } from 'graphql';
import { buildSchemaSync, createResolversMap, type NonEmptyArray } from 'type-graphql';
import type { Viewer } from '../rules/viewer.ts';
import { accessRules, actRules, assertRole, enforce, waysAround, type ViewerContext } from './access.ts';
import { ACCESS_DIRECTIVE, ACCESS_LINK, printRules } from './access-directive.ts';
import { LIST_SIZE_BY, printSizes, SIZES_LINK } from './sizes.ts';

const LINK = `extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@inaccessible", "@composeDirective", "@cost", "@listSize"])
${ACCESS_LINK}
${SIZES_LINK}

`;

type Class = new (...args: never[]) => object;
/** Finds an entity by the key fields a neighbour or the gateway holds; null when it is not there or not the viewer's. */
export type Reference = (key: never, context: never) => Promise<object | null> | object | null;

export interface GraphDefinition {
  readonly resolvers: NonEmptyArray<Class>;
  /** Entity types, also those only lent to; otherwise type-graphql would drop unreferenced ones. */
  readonly entities: readonly Class[];
  readonly references: Readonly<Record<string, Reference>>;
}

export interface Graph {
  readonly schema: GraphQLSchema;
  readonly sdl: string;
}

/** Classes to an executable Federation 2 subgraph with the access rules in front of every resolver. */
export function buildGraph({ resolvers, entities, references }: GraphDefinition): Graph {
  const source = buildSchemaSync({
    resolvers,
    orphanedTypes: [...entities],
    directives: [...specifiedDirectives, ACCESS_DIRECTIVE, LIST_SIZE_BY],
    skipCheck: true,
    validate: false,
  });
  const rules = accessRules(source);
  const around = waysAround(source, rules);
  if (around.length > 0) throw new Error(`Wider than the type behind it: ${around.join(', ')}.`);
  printRules(source, rules);
  const sdl = LINK + printSizes(printSchemaWithDirectives(source)) + '\n';
  const schema = buildSubgraphSchema([
    {
      typeDefs: parse(sdl),
      resolvers: withReferences(createResolversMap(source), references, rules) as never,
    },
  ]);
  enforce(schema, rules, actRules(source));
  return { schema, sdl };
}

function withReferences(
  resolvers: Record<string, unknown>,
  references: GraphDefinition['references'],
  rules: ReturnType<typeof accessRules>,
): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...resolvers };
  for (const [type, find] of Object.entries(references)) {
    const roles = rules.get(type);
    if (!roles) throw new Error(`The entity ${type} has no access rule; add @Access(...) to its class.`);
    const __resolveReference = async (key: never, context: { viewer: Viewer } & ViewerContext) => {
      assertRole(roles, context.viewer);
      const found = await find(key, context as never);
      // Apollo marks what it gets with __typename, so a loader's shared row must not be handed out itself.
      return found && { ...found };
    };
    merged[type] = { ...(merged[type] as object), __resolveReference };
  }
  return merged;
}
