import type { ViewerContext } from '../../../kernel/graph/access.ts';
import type { Call } from '../../../kernel/rules/viewer.ts';
import type { PrimaryLinkService, PrimaryLinkServices } from '../service.ts';
import { loadersOf, type Loaders } from './loaders.ts';
import { showingOf, type Showing } from './showing.ts';

export interface Context extends ViewerContext {
  readonly primaryLink: PrimaryLinkService;
  readonly loaders: Loaders;
  readonly showing: Showing;
}

/** Made anew for every request, with the reads the viewer's eyes may have. */
export function contextOf(services: PrimaryLinkServices, call: Call): Context {
  const primaryLink = services.during(call);
  return {
    ...call,
    primaryLink,
    loaders: loadersOf(primaryLink, call.viewer),
    showing: showingOf(call, primaryLink),
  };
}
