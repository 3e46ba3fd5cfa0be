import { isId } from '../../../kernel/rules/ids.ts';
import type { Context } from './context.ts';

/** How the gateway and the neighbours find this subgraph's entities, and how it extends the neighbours'. */
export const references = {
  Record: ({ id }: { id: string }, { loaders }: Context) => (isId(id) ? loaders.record.load(id) : null),
  Application: ({ id }: { id: string }, { loaders }: Context) =>
    isId(id) ? loaders.application.load(id) : null,
  ProblemCase: ({ id }: { id: string }, { loaders }: Context) =>
    isId(id) ? loaders.problemCase.load(id) : null,
  // Whose child it is is known to the neighbour that binds guardians, and asked of it, whoever sends the key.
  GuardedChild: ({ id }: { id: string }, { records, viewer }: Context) =>
    isId(id) ? records.guardedChild(viewer, id) : null,
  Child: ({ id }: { id: string }) => (isId(id) ? { id } : null),
  Class: ({ id }: { id: string }) => (isId(id) ? { id } : null),
  Institution: ({ code }: { code: string }) => ({ code }),
  Region: ({ code }: { code: string }) => ({ code }),
};
