/** The product's own schemas over rows in memory: as a subgraph of the product's making, as SDL, and as one schema. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { MONOLITH_RESOLVERS, SUBGRAPH_RESOLVERS } from './resolvers.mjs';

const require = createRequire(new URL('../../package.json', import.meta.url));
const { parse, buildASTSchema } = require('graphql');
const { buildSubgraphSchema } = require('@apollo/subgraph');

export const NAMES = Object.keys(SUBGRAPH_RESOLVERS);
const sdl = (path) => readFileSync(new URL(`../../schema/${path}`, import.meta.url), 'utf8');

export function subgraphSchema(name) {
  const typeDefs = parse(sdl(`subgraphs/${name}.graphql`));
  return buildSubgraphSchema([{ typeDefs, resolvers: SUBGRAPH_RESOLVERS[name] }]);
}

/** What dist/kernel/serve takes for a subgraph. */
export function memorySubgraph(name) {
  return {
    name,
    schema: subgraphSchema(name),
    sdl: '',
    context: (call) => call,
    stats: { statements: 0, retries: 0 },
    ready: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

export function monolithSchema() {
  const schema = buildASTSchema(parse(sdl('api.graphql')));
  for (const [type, fields] of Object.entries(MONOLITH_RESOLVERS)) {
    for (const [name, resolve] of Object.entries(fields)) {
      schema.getType(type).getFields()[name].resolve = resolve;
    }
  }
  return schema;
}
