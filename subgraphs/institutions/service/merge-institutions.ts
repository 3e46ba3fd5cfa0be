import { today } from '../../../kernel/rules/plain-date.ts';
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import { performBatch } from '../../../kernel/store/batch.ts';
import type { Class, Institution } from '../model.ts';
import { classesTaken, goingCodes, mayMerge, type Merger } from '../rules/merging.ts';
import { reasonOf } from '../rules/texts.ts';
import type { Deps, Opened } from '../service.ts';
import { institutionQueries } from '../store/queries.ts';
import { knownByCode } from './known.ts';
import { writeChanges, type Changed } from './write-changes.ts';

/** Merges institutions into one of them or into another: it keeps its code, the other codes are void. */
export function mergeInstitutions(
  { store, queries, now }: Deps,
  viewer: Viewer,
  idempotencyKey: string,
  merger: Merger,
) {
  const at = now();
  return performBatch(store, {
    viewer,
    idempotencyKey,
    act: 'mergeInstitutions',
    items: [merger],
    gather: () => knownByCode(queries, [...goingCodes(merger), merger.into]),
    async write(tx, known): Promise<Opened[]> {
      const userErrors = mayMerge(merger, known, { viewer, today: today(at) });
      if (userErrors.length > 0) return [{ id: null, userErrors }];
      const target = known.get(merger.into)!.institution;
      const going = goingCodes(merger).map((code) => known.get(code)!.institution);
      await writeChanges(tx, store, changesOf(going, target, merger.on), {
        ...{ account: viewer.account, at, on: merger.on, reason: reasonOf(merger.reason) },
      });
      // Only now: whoever opens a class holds its institution until the class is written.
      const classes = await institutionQueries({ ...store, reader: tx }).classesByInstitution(
        [target, ...going].map(({ id }) => id),
      );
      await tx.update(store.tables.class, movedClasses(classes, going, target));
      return [{ id: target.id, userErrors }];
    },
  });
}

function changesOf(going: readonly Institution[], target: Institution, on: string): Changed[] {
  return [
    { before: target, after: target, act: 'TAKE_IN', kind: null },
    ...going.map((before): Changed => ({
      before,
      after: { ...before, status: 'CLOSED', closedOn: on, successorId: target.id },
      ...{ act: 'MERGE', kind: 'MERGED', successor: target },
    })),
  ];
}

function movedClasses(classes: readonly Class[], going: readonly Institution[], target: Institution) {
  const of = (id: string) => classes.filter(({ institutionId }) => institutionId === id);
  const taken = classesTaken(
    of(target.id),
    going.map(({ id, code }) => ({ code, classes: of(id) })),
  );
  return taken.map(({ before, name }) => ({ before, after: { ...before, name, institutionId: target.id } }));
}
