import DataLoader from 'dataloader';
import { oneByKey } from '../../../kernel/graph/loaders.ts';
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import type { Subject } from '../rules/offering.ts';
import type { PrimaryLinkService } from '../service.ts';

/** Fresh for each request; only what the viewer has to do with comes through. */
export const loadersOf = (primaryLink: PrimaryLinkService, viewer: Viewer) => ({
  school: oneByKey(primaryLink.schoolsByCode, ({ code }) => code),
  takeOver: oneByKey(
    (ids) => primaryLink.takeOversFor(viewer, ids),
    ({ id }) => id,
  ),
  takeOverOfRecord: oneByKey(
    (ids) => primaryLink.takeOversOfRecords(viewer, ids),
    ({ recordId }) => recordId,
  ),
  /** What the school reads of a record it has accepted. */
  subject: new DataLoader<string, Subject | null>((ids) => primaryLink.subjectsById(ids)),
});
export type Loaders = ReturnType<typeof loadersOf>;
