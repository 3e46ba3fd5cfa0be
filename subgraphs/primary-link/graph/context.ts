import type { ViewerContext } from '../../../kernel/graph/access.ts';
import { seesSealed } from '../../../kernel/rules/sight.ts';
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
export function contextOf({ whole, shielded }: PrimaryLinkServices, call: Call): Context {
  const primaryLink = seesSealed(call.viewer) ? whole : shielded;
  return {
    ...call,
    primaryLink,
    loaders: loadersOf(primaryLink, call.viewer),
    showing: showingOf(call, primaryLink),
  };
}
