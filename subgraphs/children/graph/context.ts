import type { ViewerContext } from '../../../kernel/graph/access.ts';
import type { ChildService } from '../service.ts';
import type { Loaders } from './loaders.ts';

export interface Context extends ViewerContext {
  readonly children: ChildService;
  readonly loaders: Loaders;
}
