import type { ViewerContext } from '../../../kernel/graph/access.ts';
import type { InstitutionService } from '../service.ts';
import type { Loaders } from './loaders.ts';

export interface Context extends ViewerContext {
  readonly institutions: InstitutionService;
  readonly loaders: Loaders;
}
