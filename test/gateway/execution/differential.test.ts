/**
 * Operations nobody wrote, through the compiled executor and through Apollo's: the same data, and the same errors by
 * code and place, whatever is null, fails or is dark. `npm run test:long` asks for many more.
 */
import { getOperationAST, parse, validate, type GraphQLSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSamples } from '../../../gateway/samples.ts';
import { readSupergraph } from '../../../gateway/supergraph.ts';
import { composeSupergraph } from '../../../schema/supergraph.ts';
import {
  answerOf,
  bothExecutors,
  REAL_SUBGRAPHS,
  schemaOf,
  TROUBLES,
  type Executors,
} from '../../support/generated/executors.ts';
import { agreementOn } from '../../support/generated/agreement.ts';
import { generatedOperation, generatedVariables } from '../../support/generated/operations.ts';
import { SHAPES } from '../../support/generated/shapes.ts';

const MANY = Number(process.env['GENERATED_OPERATIONS'] ?? 1_000);
const SEEDS = Number(process.env['GENERATED_SEEDS'] ?? 1);
const GRAPHS = [
  {
    title: 'the graph of the product',
    texts: REAL_SUBGRAPHS,
    supergraph: readSupergraph,
    operations: MANY,
  },
  {
    title: 'a graph of every shape there is',
    texts: SHAPES,
    supergraph: () => composeSupergraph(SHAPES).supergraphSdl,
    // Planning over interfaces is slow; what there is to find is found early.
    operations: Math.ceil(MANY / 10),
  },
];

describe.each(GRAPHS)('on $title', ({ texts, supergraph, operations }) => {
  let both: Executors;
  let schema: GraphQLSchema;
  beforeAll(async () => {
    const sdl = supergraph();
    both = await bothExecutors(sdl, texts, { nulls: 80, errors: 12 });
    schema = schemaOf(sdl);
  });
  afterAll(() => both?.stop());

  it.each(Array.from({ length: SEEDS }, (_, i) => i + 1))(
    `${operations} generated operations of seed %i are answered alike by the compiled executor and Apollo's`,
    async (seed) => {
      const seen = { kinds: new Set<string>(), faults: 0, answered: 0, nulls: 0, excused: 0 };
      for (let i = 0; i < operations; i++) {
        const operation = generatedOperation(schema, seed * 1_000_000 + i);
        const document = parse(operation.query);
        expect(validate(schema, document), operation.query).toEqual([]);
        both.trouble(TROUBLES[i % TROUBLES.length]!);
        const { expected, came, excused } = await agreementOn(both, operation);
        expect(came, `${operation.query}\n${JSON.stringify(operation.variables)}`).toEqual(expected);
        seen.kinds.add(getOperationAST(document)!.operation);
        if (excused) seen.excused++;
        if (expected.data) seen.answered++;
        if (expected.faults.length > 0) seen.faults++;
        if ((JSON.stringify(expected.data) ?? '').includes('null')) seen.nulls++;
      }
      // A comparison of nothing with nothing would be alike too.
      expect([...seen.kinds].sort()).toEqual(['mutation', 'query']);
      expect(seen.answered).toBeGreaterThan(operations * 0.7);
      expect(seen.faults).toBeGreaterThan(operations * 0.1);
      expect(seen.nulls).toBeGreaterThan(operations * 0.2);
      expect(seen.excused).toBeLessThan(operations * 0.02 + 1);
    },
    3_600_000,
  );

  it('has subgraphs that answer a compiled query as graphql-js does', () => {
    expect(both.differences).toEqual([]);
  });

  it('compiles nearly all of them', () => {
    const { compiled, reshaped, fallbacks } = both.counts;
    const fellBack = [...fallbacks.values()].reduce((sum, one) => sum + one, 0);
    expect(compiled.total).toBeGreaterThan(50 * fellBack);
    expect(reshaped.total).toBeGreaterThan(0);
  });
});

it('no sample operation is left to Apollo', async () => {
  const both = await bothExecutors(readSupergraph(), REAL_SUBGRAPHS, { nulls: 0, errors: 0 });
  const schema = schemaOf(readSupergraph());
  const samples = readSamples();
  for (const [i, { query }] of samples.entries()) {
    const operation = { query, variables: generatedVariables(schema, getOperationAST(parse(query))!, i) };
    const answer = await answerOf(both.compiled, operation);
    expect(answer.faults, query).toEqual([]);
    expect(answer).toEqual(await answerOf(both.stock, operation));
  }
  const { compiled, reshaped, fallbacks } = both.counts;
  expect(both.differences).toEqual([]);
  expect([compiled.total, reshaped.total, [...fallbacks]]).toEqual([samples.length, 0, []]);
  await both.stop();
});
