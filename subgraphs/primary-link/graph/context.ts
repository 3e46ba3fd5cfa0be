import type { ViewerContext } from '../../../kernel/graph/access.ts';
import type { PrimaryLinkService } from '../service.ts';

export interface Context extends ViewerContext {
  readonly primaryLink: PrimaryLinkService;
}
