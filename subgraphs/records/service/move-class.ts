import { today } from '../../../kernel/rules/plain-date.ts';
import { userError } from '../../../kernel/rules/user-errors.ts';
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import { performBatch } from '../../../kernel/store/batch.ts';
import { newId } from '../../../kernel/store/ids.ts';
import { decide } from '../rules/decide.ts';
import { Changes, type Doing } from './changes.ts';
import { refused, type Deps, type Done } from './deps.ts';
import { neighbours, type ClassAnswer } from './neighbours.ts';
import { ownStay, type OwnStay } from './stays.ts';

export interface ClassMove {
  readonly recordId: string;
  readonly classId: string;
  /** The first day in the new class. */
  readonly on: string;
}

/** Moves a child to another class of its kindergarten; the stay before and the stay after are two placements. */
export function moveClass(deps: Deps, viewer: Viewer, idempotencyKey: string, move: ClassMove) {
  const { account, role } = viewer;
  const doing: Doing = { action: 'moveClass', at: deps.now(), account, role };
  return performBatch(deps.store, {
    viewer,
    idempotencyKey,
    act: doing.action,
    items: [move],
    gather: () => gather(deps, viewer, move),
    async write(tx, known): Promise<Done[]> {
      const changes = new Changes(doing);
      const result = moveOne(move, known, doing, changes);
      await changes.write(deps.store, tx);
      return [result];
    },
  });
}

interface Known extends OwnStay {
  readonly class: ClassAnswer | null;
}

async function gather(deps: Deps, viewer: Viewer, { recordId, classId }: ClassMove): Promise<Known> {
  const own = await ownStay(deps, viewer, recordId);
  if (!own.record) return { ...own, class: null };
  const classes = await neighbours.classes(deps.peers, [classId]);
  return { ...own, class: classes.get(classId) ?? null };
}

function moveOne(
  { classId, on }: ClassMove,
  { record, stay, class: found }: Known,
  doing: Doing,
  changes: Changes,
): Done {
  if (!record) return refused([userError('NOT_FOUND', ['recordId'])]);
  const userErrors = decide('moveClass', record.status, {
    today: today(doing.at),
    account: doing.account,
    role: doing.role,
    institution: { id: record.institutionId, code: record.institutionCode, status: 'OPEN' },
    class: found ? { ...found, institutionId: found.institution.id, taken: 0 } : null,
    presentClassId: record.classId,
    on,
    ...(stay ? { stayFrom: stay.fromOn } : {}),
  });
  if (userErrors.length > 0 || !stay) {
    changes.refusedOn(record);
    return { ...refused(userErrors), recordId: record.id };
  }
  changes.close(stay, on);
  changes.open({
    ...stay,
    id: newId(),
    classId,
    classLevel: found!.level,
    fromOn: on,
    untilOn: null,
    version: 1,
  });
  changes.record(record, { ...record, classId }, { effectiveOn: on });
  return { recordId: record.id, applicationId: null, warnings: [], userErrors };
}
