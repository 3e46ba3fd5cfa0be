/** Interleaved rounds: what else the machine does meanwhile meets every variant alike. */
import { isDeepStrictEqual } from 'node:util';
import { askOver } from './ask.mjs';
import { load } from './load.mjs';

/** So long until V8 has compiled what a request needs; before that, who does more looks slower than it is. */
const WARM_UP_SECONDS = 4;

/** @typedef {{round: number, operation: string, variant: string, cpuMs: number} & import('./load.mjs').Load} Sample */

/** @returns {Promise<Sample[]>} one for each round, operation and variant; `cpuMs` per request, gateway and subgraphs */
export async function runRounds(variants, operations, tokenOf, options, note) {
  await allAgree(variants, operations, tokenOf);
  for (const operation of operations) {
    for (const variant of variants) {
      await measured(variant, operation, tokenOf, { ...options, seconds: WARM_UP_SECONDS });
    }
  }
  const samples = [];
  for (let round = 0; round < options.rounds; round++) {
    note(`round ${round + 1} of ${options.rounds}`);
    for (const operation of operations) {
      for (const variant of rotated(variants, round)) {
        const sample = await measured(variant, operation, tokenOf, options);
        samples.push({ round, operation: operation.key, variant: variant.key, ...sample });
      }
    }
  }
  return samples;
}

async function measured(variant, operation, tokenOf, options) {
  const token = await tokenOf(operation.spec);
  const before = await cpuOf(variant);
  const result = await load(variant.url, token, operation, options);
  return { ...result, cpuMs: ((await cpuOf(variant)) - before) / result.requests };
}

async function cpuOf({ processes }) {
  const usages = await Promise.all(processes.map((child) => child.usage()));
  return usages.reduce((sum, { cpuMs }) => sum + cpuMs, 0);
}

/** Speed is compared between equal answers only. */
async function allAgree(variants, operations, tokenOf) {
  for (const { key, spec, query, variables } of operations) {
    const chosen = variables();
    const answers = await Promise.all(variants.map(({ url }) => askOver(url, tokenOf)(spec, query, chosen)));
    const other = variants.find((_, i) => !isDeepStrictEqual(answers[i], answers[0]));
    if (other) throw new Error(`${key}: ${other.title} answers otherwise than ${variants[0].title}.`);
  }
}

function rotated(list, by) {
  const at = by % list.length;
  return [...list.slice(at), ...list.slice(0, at)];
}
