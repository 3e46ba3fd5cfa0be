import type { ViewerContext } from '../../../kernel/graph/access.ts';
import { personalOf, type Personal } from '../../../kernel/graph/personal.ts';
import { openNow, type Call } from '../../../kernel/rules/viewer.ts';
import type { ChildService, ChildServices } from '../service.ts';
import { loadersOf, type Loaders } from './loaders.ts';

export interface Context extends ViewerContext {
  readonly children: ChildService;
  readonly loaders: Loaders;
  readonly personal: Personal;
}

/** Made anew for every request, with the reads the viewer's eyes may have. */
export function contextOf(services: ChildServices, { viewer: asking, ...rest }: Call): Context {
  const viewer = openNow(asking, services.now());
  const call = { ...rest, viewer };
  const children = services.during(call);
  return {
    ...call,
    children,
    loaders: loadersOf(children, viewer),
    personal: personalOf(call, children.unmasking(call)),
  };
}
