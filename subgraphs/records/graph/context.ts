import type { ViewerContext } from '../../../kernel/graph/access.ts';
import { personalOf, type Personal } from '../../../kernel/graph/personal.ts';
import { openNow, type Call } from '../../../kernel/rules/viewer.ts';
import type { RecordService, RecordServices } from '../service.ts';
import { loadersOf, type Loaders } from './loaders.ts';

export interface Context extends ViewerContext {
  readonly records: RecordService;
  readonly loaders: Loaders;
  readonly personal: Personal;
}

/** Made anew for every request, with the reads the viewer's eyes may have. */
export function contextOf(services: RecordServices, { viewer: asking, ...rest }: Call): Context {
  const viewer = openNow(asking, services.now());
  const call = { ...rest, viewer };
  const records = services.during(call);
  return {
    ...call,
    records,
    loaders: loadersOf(records, viewer),
    personal: personalOf(call, records.unmasking(call)),
  };
}
