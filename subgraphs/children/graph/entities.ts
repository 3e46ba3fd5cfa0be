import { isId } from '../../../kernel/rules/ids.ts';
import type { Context } from './context.ts';

/** How the gateway and the neighbours find a child by its key; null when not there or not the viewer's. */
export const references = {
  Child: ({ id }: { id: string }, { loaders }: Context) => (isId(id) ? loaders.child.load(id) : null),
  GuardedChild: ({ id }: { id: string }, { children, loaders, viewer }: Context) => {
    if (!isId(id)) return null;
    return viewer.role === 'SERVICE' ? loaders.child.load(id) : children.guardedChild(viewer.account, id);
  },
};
