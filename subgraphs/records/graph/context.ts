import type { ViewerContext } from '../../../kernel/graph/access.ts';
import { personalOf, type Personal } from '../../../kernel/graph/personal.ts';
import type { Call } from '../../../kernel/rules/viewer.ts';
import type { RecordService } from '../service.ts';
import { loadersOf, type Loaders } from './loaders.ts';

export interface Context extends ViewerContext {
  readonly records: RecordService;
  readonly loaders: Loaders;
  readonly personal: Personal;
}

/** Made anew for every request. */
export const contextOf = (records: RecordService, call: Call): Context => ({
  ...call,
  records,
  loaders: loadersOf(records, call.viewer),
  personal: personalOf(call, records.unmasking(call)),
});
