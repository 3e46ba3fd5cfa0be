/**
 * Operations nobody wrote, through the compiled executor and through Hive Gateway, over the same generated subgraphs:
 * the same data, and the same errors by code and place. Hive Gateway merges some fields that are asked for twice, or
 * under a condition, otherwise than the specification says (its Rust planner strings the lists together, so that it is not asked
 * here); where it differs, Apollo's gateway has to be on our side.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parse, validate, type GraphQLSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { viewerOf, type ViewerSpec } from '../../clients/cli/demo/viewer-spec.ts';
import { openDevIssuer } from '../../gateway/dev-issuer.ts';
import { readSupergraph } from '../../gateway/supergraph.ts';
import { ensureIdentityKeys } from '../../kernel/serve/identity-keys.ts';
import { serveSubgraph } from '../../kernel/serve/subgraph-server.ts';
import { agreementOn } from '../support/generated/agreement.ts';
import {
  answerOf,
  bothExecutors,
  REAL_SUBGRAPHS,
  schemaOf,
  type Executors,
} from '../support/generated/executors.ts';
import { generatedOperation, type GeneratedOperation } from '../support/generated/operations.ts';
import { generatedSubgraph } from '../support/generated/subgraphs.ts';
import { startHive, type Peer } from './hive.ts';

const MANY = Number(process.env['GENERATED_OPERATIONS'] ?? 1_000);
const SEEDS = Number(process.env['GENERATED_SEEDS'] ?? 1);
const TROUBLES = { nulls: 80, errors: 12 };
const MOST_ALONE = 1 / 20;
const CLERK: ViewerSpec = { account: 'county-190110-1', role: 'COUNTY', region: '190110' };

describe('Hive Gateway over generated subgraphs', () => {
  const dir = mkdtempSync(join(tmpdir(), 'xueji-differential-'));
  const closing: (() => Promise<unknown>)[] = [];
  let hive: Peer;
  let ours: Executors;
  let schema: GraphQLSchema;
  beforeAll(async () => {
    const identity = ensureIdentityKeys(join(dir, 'keys'));
    const issuer = await openDevIssuer(dir);
    const subgraphUrls = new Map<string, string>();
    for (const text of REAL_SUBGRAPHS) {
      const subgraph = generatedSubgraph(text, TROUBLES);
      const server = await serveSubgraph(subgraph, { port: 0, keys: await identity.of(subgraph.name) });
      subgraphUrls.set(text.name, `${server.url}/graphql`);
      closing.push(() => server.stop());
    }
    const token = (viewer: ViewerSpec) => issuer.mint(viewerOf(viewer));
    hive = await startHive({ dir, subgraphUrls, token }, 'default');
    closing.unshift(() => hive.close());
    const sdl = readSupergraph();
    ours = await bothExecutors(sdl, REAL_SUBGRAPHS, TROUBLES);
    closing.unshift(() => ours.stop());
    schema = schemaOf(sdl);
  });
  afterAll(async () => {
    for (const close of closing) await close();
    rmSync(dir, { recursive: true, force: true });
  });

  it.each(Array.from({ length: SEEDS }, (_, i) => i + 1))(
    `answers ${MANY} generated operations of seed %i alike`,
    async (seed) => {
      const seen = { alone: 0, answered: 0, faults: 0 };
      for (let i = 0; i < MANY; i++) {
        const operation = generatedOperation(schema, seed * 1_000_000 + i);
        expect(validate(schema, parse(operation.query)), operation.query).toEqual([]);
        const came = await answerOf(ours.compiled, operation);
        const theirs = await answerOfHive(operation);
        if (came.data) seen.answered++;
        if (came.faults.length > 0) seen.faults++;
        if (isDeepStrictEqual({ ...came, extensions: undefined }, theirs)) continue;
        seen.alone++;
        const { expected } = await agreementOn(ours, operation);
        expect(came, `${operation.query}\n${JSON.stringify(operation.variables)}`).toEqual(expected);
      }
      expect(seen.alone).toBeLessThan(MANY * MOST_ALONE);
      // A comparison of nothing with nothing would be alike too.
      expect(seen.answered).toBeGreaterThan(MANY * 0.7);
      expect(seen.faults).toBeGreaterThan(MANY * 0.1);
    },
    3_600_000,
  );

  async function answerOfHive({ query, variables }: GeneratedOperation) {
    const { data, errors = [] } = await hive.ask<Record<string, unknown>>(CLERK, query, variables);
    const faults = errors.map(
      ({ path, extensions }) => `${String(extensions?.code)} ${JSON.stringify(path)}`,
    );
    return { data, faults: faults.sort(), extensions: undefined };
  }
});
