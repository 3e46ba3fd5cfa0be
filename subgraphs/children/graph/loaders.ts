import { manyByKey, oneByKey } from '../../../kernel/graph/loaders.ts';
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import type { ChildService } from '../service.ts';

/** Asked once for many and within the viewer's area; made anew for every request. */
export function loadersOf(service: ChildService, { area }: Viewer) {
  return {
    child: oneByKey(
      (ids) => service.childrenById(area, ids),
      (child) => child.id,
    ),
    documentsOf: manyByKey(service.documentsByChild, (document) => document.childId),
    guardiansOf: manyByKey(
      (ids) => service.guardiansWithin(area, ids),
      (guardian) => guardian.childId,
    ),
    holdersOf: manyByKey(service.holdersByChild, (holder) => holder.childId),
    statementsOf: manyByKey(
      (ids) => service.holdersWithin(area, ids),
      (holder) => holder.childId,
    ),
    versionsOf: manyByKey(
      (ids) => service.versionsWithin(area, ids),
      (version) => version.childId,
    ),
    changesOf: manyByKey(
      (ids) => service.changesByChild(area, ids),
      (change) => change.childId,
    ),
    // Whoever's it is, to tell what the last correction changed.
    wholeChild: oneByKey(service.childrenWhole, (child) => child.id),
    alike: oneByKey(service.alike, ({ likeness }) => likeness),
  };
}
export type Loaders = ReturnType<typeof loadersOf>;
