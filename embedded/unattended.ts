/** For an operator's command that neither reads personal values nor asks neighbours: it is given nothing to do it with. */
import type { Peers } from '../kernel/peers.ts';
import type { FieldKeys } from '../kernel/store/seal.ts';

const refuse = () => {
  throw new Error('This command neither seals personal values nor asks neighbours.');
};

export const NO_KEYS: FieldKeys = { seal: refuse, unseal: refuse, blindIndex: refuse };
export const NO_PEERS: Peers = { ask: refuse, entities: refuse };
