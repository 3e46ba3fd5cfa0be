import { manyByKey, oneByKey } from '../../../kernel/graph/loaders.ts';
import { sightOf } from '../../../kernel/rules/sight.ts';
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import type { ChildService } from '../service.ts';

/** Asked once for many and within the viewer's area; made anew for every request. */
export function loadersOf(service: ChildService, viewer: Viewer) {
  const sight = sightOf(viewer);
  return {
    child: oneByKey(
      (ids) => service.childrenById(sight, ids),
      (child) => child.id,
    ),
    documentsOf: manyByKey(service.documentsByChild, (document) => document.childId),
    guardiansOf: manyByKey(
      (ids) => service.guardiansWithin(sight, ids),
      (guardian) => guardian.childId,
    ),
    holdersOf: manyByKey(service.holdersByChild, (holder) => holder.childId),
    statementsOf: manyByKey(
      (ids) => service.holdersWithin(sight, ids),
      (holder) => holder.childId,
    ),
    sealed: oneByKey(service.sealedAmong, ({ childId }) => childId),
    bindingsOf: manyByKey(service.bindingsByChild, (binding) => binding.childId),
    versionsOf: manyByKey(
      (ids) => service.versionsWithin(sight, ids),
      (version) => version.childId,
    ),
    changesOf: manyByKey(
      (ids) => service.changesByChild(sight, ids),
      (change) => change.childId,
    ),
    // Whoever's it is, to tell what the last correction changed.
    wholeChild: oneByKey(service.childrenWhole, (child) => child.id),
    sealsOf: manyByKey(
      (ids) => service.sealsOf(ids),
      (seal) => seal.childId,
    ),
    othersLike: oneByKey(service.othersLike, ({ childId }) => childId),
  };
}
export type Loaders = ReturnType<typeof loadersOf>;
