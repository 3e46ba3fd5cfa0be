/** The whole graph in one process: four subgraphs that ask each other, and their gateway, without a network. */
import type { Graph } from '../kernel/graph/build.ts';
import type { Subgraph, SubgraphName } from '../kernel/graph/subgraph.ts';
import { peersOf } from '../kernel/peers.ts';
import { withDeadline } from '../kernel/serve/deadline.ts';
import { inProcess } from '../kernel/serve/in-process.ts';
import { peerTransport } from '../kernel/serve/peer-transport.ts';
import { protectedSource } from '../kernel/serve/protected.ts';
import type { ReceiptSigner } from '../kernel/serve/receipts.ts';
import type { OpenSubgraph } from '../kernel/serve/subgraph-process.ts';
import type { StoreLocation } from '../kernel/store/open.ts';
import { childrenGraph } from '../subgraphs/children/graph/graph.ts';
import { openChildren } from '../subgraphs/children/main.ts';
import { institutionsGraph } from '../subgraphs/institutions/graph/graph.ts';
import { openInstitutions, type InstitutionsSubgraph } from '../subgraphs/institutions/main.ts';
import { primaryLinkGraph } from '../subgraphs/primary-link/graph/graph.ts';
import { openPrimaryLink } from '../subgraphs/primary-link/main.ts';
import { recordsGraph } from '../subgraphs/records/graph/graph.ts';
import { openRecords } from '../subgraphs/records/main.ts';

export const SUBGRAPHS: Readonly<
  Record<SubgraphName, { readonly open: OpenSubgraph; readonly graph: () => Graph }>
> = {
  children: { open: openChildren, graph: childrenGraph },
  institutions: { open: openInstitutions, graph: institutionsGraph },
  records: { open: openRecords, graph: recordsGraph },
  'primary-link': { open: openPrimaryLink, graph: primaryLinkGraph },
};

const NAMES = Object.keys(SUBGRAPHS) as SubgraphName[];

/** The printed schemas, without any database; for composing. */
export function describeSubgraphs(): { name: SubgraphName; sdl: string }[] {
  return NAMES.map((name) => ({ name, sdl: SUBGRAPHS[name].graph().sdl }));
}

/** As over HTTP by default, so that one slow subgraph is a dark one here too. */
const IN_PROCESS = { queryMs: 5_000, mutationMs: 30_000 };

export interface EmbeddedOptions {
  readonly locate: (name: SubgraphName) => StoreLocation | Promise<StoreLocation>;
  readonly now?: () => Date;
  /** What signs receipts; a passing key where left out. */
  readonly receipts?: ReceiptSigner;
}

/** Opens the four; each knows the others only through `peers`. */
export async function openSubgraphs({ locate, now = () => new Date(), receipts }: EmbeddedOptions) {
  const open = new Map<SubgraphName, Subgraph>();
  const transport = peerTransport((name) => inProcess(open.get(name)!));
  for (const name of NAMES) {
    open.set(
      name,
      await SUBGRAPHS[name].open({
        location: await locate(name),
        peers: peersOf(name, transport),
        now,
        ...(receipts && { receipts }),
      }),
    );
  }
  const subgraphs = [...open.values()];
  // First whatever asks neighbours by itself, so that nobody is asked who has closed.
  const rest = async () => void (await Promise.all(subgraphs.map(async (subgraph) => subgraph.rest?.())));
  return {
    subgraphs,
    sources: subgraphs.map((subgraph) => protectedSource(withDeadline(inProcess(subgraph), IN_PROCESS))),
    institutions: open.get('institutions') as InstitutionsSubgraph,
    rest,
    close: async () => {
      await rest();
      for (const subgraph of subgraphs) await subgraph.close();
    },
  };
}
