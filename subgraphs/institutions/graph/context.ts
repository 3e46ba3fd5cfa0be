import type { ViewerContext } from '../../../kernel/graph/access.ts';
import type { MatrixRow } from '../../../kernel/rules/access-matrix.ts';
import type { InstitutionService } from '../service.ts';
import type { Loaders } from './loaders.ts';

export interface Context extends ViewerContext {
  readonly institutions: InstitutionService;
  readonly loaders: Loaders;
  /** The access rules of the whole graph; read when first asked for. */
  readonly matrix: () => readonly MatrixRow[];
}
