/** The four subgraphs in this process, on MariaDB, and what a question to primary-link costs. */
import { openSubgraphs } from '../../dist/embedded/graph.js';
import { actionsOf } from '../../dist/kernel/rules/actions.js';
import { inProcess } from '../../dist/kernel/serve/in-process.js';
import { databaseOf } from './server.mjs';
import { schoolCode } from './graduates.mjs';

/** `still`: without what the clock does by itself, whose statements are nobody's operation. */
export async function openGraph(url, keys, { still = false } = {}) {
  const { setInterval } = globalThis;
  if (still) globalThis.setInterval = () => setInterval(() => undefined, 2 ** 30).unref();
  const graph = await openSubgraphs({
    locate: (name) => ({ url: databaseOf(url, name), keys, poolSize: 4 }),
  }).finally(() => (globalThis.setInterval = setInterval));
  let fetches = 0;
  for (const subgraph of graph.subgraphs) {
    const context = subgraph.context.bind(subgraph);
    subgraph.context = (call) => {
      fetches += 1;
      return context(call);
    };
  }
  const link = inProcess(graph.subgraphs.find(({ name }) => name === 'primary-link'));
  const statements = () => graph.subgraphs.reduce((sum, { stats }) => sum + stats.statements, 0);
  return {
    close: graph.close,
    /** What the clock does by itself, done now. */
    tick: (name) => graph.subgraphs.find((subgraph) => subgraph.name === name).tick(),
    /** Throws where the answer has errors or refuses anything. */
    async ask(school, query, variables) {
      const viewer = {
        ...{ account: `school-${school}`, role: 'PRIMARY_SCHOOL', rights: actionsOf('PRIMARY_SCHOOL') },
        area: { level: 'INSTITUTION', code: schoolCode(school) },
      };
      const { data, errors } = await link.ask(
        { query, variables },
        { viewer, requestId: `bench-${school}`, purpose: 'ADMISSION' },
      );
      if (!data || errors) throw new Error(JSON.stringify(errors?.map(({ extensions }) => extensions?.code)));
      return data;
    },
    /** Statements, and requests to subgraphs, of what is done. */
    async cost(work) {
      const [before, asked] = [statements(), fetches];
      await work();
      return { statements: statements() - before, fetches: fetches - asked };
    },
  };
}

export const RESOLVE = `query($items: [NumberQuery!]!) { resolveNumbers(items: $items) { outcome currentNumber status archive { enteredOn } } }`;
const act = (name, type) =>
  `mutation($input: ${type}!) { act: ${name}(input: $input) { results { takeOver { id state } userErrors { code } } userErrors { code } } }`;
export const CLAIM = act('offerTakeOvers', 'OfferTakeOversInput');
export const ACKNOWLEDGE = act('acknowledgeTakeOvers', 'AcknowledgeTakeOversInput');

/** One school claims all it admits and acknowledges it; asked again under the same keys it is answered the same. */
export async function takeOver(graph, school, items) {
  const claimed = await graph.ask(school, CLAIM, { input: { idempotencyKey: `claim-${school}`, items } });
  const ids = claimed.act.results.map(({ takeOver }) => takeOver?.id);
  if (claimed.act.userErrors.length > 0 || ids.includes(undefined))
    throw new Error(`School ${school} was refused.`);
  const input = { idempotencyKey: `acknowledge-${school}`, items: ids.map((takeOverId) => ({ takeOverId })) };
  const acknowledged = await graph.ask(school, ACKNOWLEDGE, { input });
  const done = acknowledged.act.results.filter(({ takeOver }) => takeOver?.state === 'ACKNOWLEDGED');
  if (done.length !== items.length) throw new Error(`School ${school}: ${done.length} of ${items.length}.`);
}
