import type { Subgraph } from '../../kernel/graph/subgraph.ts';
import type { Peers } from '../../kernel/peers.ts';
import type { StoreLocation } from '../../kernel/store/open.ts';
import type { Viewer } from '../../kernel/rules/viewer.ts';
import { childrenGraph } from './graph/graph.ts';
import { loadersOf } from './graph/loaders.ts';
import type { Context } from './graph/context.ts';
import { childService } from './service.ts';
import { openChildStore } from './store/store.ts';

export interface ChildrenOptions {
  readonly location: StoreLocation;
  readonly peers: Peers;
  readonly now: () => Date;
}

export async function openChildren({ location, peers, now }: ChildrenOptions): Promise<Subgraph> {
  const { schema, sdl } = childrenGraph();
  const store = await openChildStore(location);
  const children = childService({ store, peers, now });
  return {
    name: 'children',
    schema,
    sdl,
    context: (viewer: Viewer, requestId: string): Context => ({
      viewer,
      requestId,
      children,
      loaders: loadersOf(children, viewer),
    }),
    ready: () => store.ready(),
    close: () => store.close(),
  };
}
