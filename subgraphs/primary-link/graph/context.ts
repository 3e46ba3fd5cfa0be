import type { ViewerContext } from '../../../kernel/graph/access.ts';
import type { PrimaryLinkService } from '../service.ts';
import type { Loaders } from './loaders.ts';

export interface Context extends ViewerContext {
  readonly primaryLink: PrimaryLinkService;
  readonly loaders: Loaders;
}
