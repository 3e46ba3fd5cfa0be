import type { ViewerContext } from '../../../kernel/graph/access.ts';
import type { RecordService } from '../service.ts';
import type { Loaders } from './loaders.ts';

export interface Context extends ViewerContext {
  readonly records: RecordService;
  readonly loaders: Loaders;
}
