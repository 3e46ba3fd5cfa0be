import type { ViewerContext } from '../../../kernel/graph/access.ts';
import { personalOf, type Personal } from '../../../kernel/graph/personal.ts';
import type { Call } from '../../../kernel/rules/viewer.ts';
import type { ChildService } from '../service.ts';
import { loadersOf, type Loaders } from './loaders.ts';

export interface Context extends ViewerContext {
  readonly children: ChildService;
  readonly loaders: Loaders;
  readonly personal: Personal;
}

/** Made anew for every request. */
export const contextOf = (children: ChildService, call: Call): Context => ({
  ...call,
  children,
  loaders: loadersOf(children, call.viewer),
  personal: personalOf(call, children.unmasking(call)),
});
