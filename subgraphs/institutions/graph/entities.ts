import { isId } from '../../../kernel/rules/ids.ts';
import type { Context } from './context.ts';

/** How the gateway and the neighbours find this subgraph's entities by their keys. */
export const references = {
  Region: ({ code }: { code: string }, { loaders }: Context) => loaders.region.load(code),
  Institution: ({ id, code }: { id?: string; code?: string }, { loaders }: Context) => {
    if (code !== undefined) return loaders.institutionByCode.load(code);
    return id !== undefined && isId(id) ? loaders.institution.load(id) : null;
  },
  Class: ({ id }: { id: string }, { loaders }: Context) => (isId(id) ? loaders.class.load(id) : null),
};
