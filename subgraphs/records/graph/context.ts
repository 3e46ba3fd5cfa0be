import type { ViewerContext } from '../../../kernel/graph/access.ts';
import { personalOf, type Personal } from '../../../kernel/graph/personal.ts';
import { seesSealed } from '../../../kernel/rules/sight.ts';
import { openNow, type Call } from '../../../kernel/rules/viewer.ts';
import type { RecordService, RecordServices } from '../service.ts';
import { loadersOf, type Loaders } from './loaders.ts';

export interface Context extends ViewerContext {
  readonly records: RecordService;
  readonly loaders: Loaders;
  readonly personal: Personal;
}

/** Made anew for every request, with the reads the viewer's eyes may have. */
export function contextOf(
  { whole, shielded, now }: RecordServices,
  { viewer: asking, ...rest }: Call,
): Context {
  const viewer = openNow(asking, now());
  const call = { ...rest, viewer };
  const records = seesSealed(viewer) ? whole : shielded;
  return {
    ...call,
    records,
    loaders: loadersOf(records, viewer),
    personal: personalOf(call, records.unmasking(call)),
  };
}
