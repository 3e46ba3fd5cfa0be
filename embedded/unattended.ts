/** For an operator's command that asks no neighbours: it is given nothing to do it with. */
import type { Peers } from '../kernel/peers.ts';

const refuse = () => {
  throw new Error('This command asks no neighbours.');
};

export const NO_PEERS: Peers = { ask: refuse, entities: refuse, during: () => NO_PEERS };
