import { today } from '../../../kernel/rules/plain-date.ts';
import { userError } from '../../../kernel/rules/user-errors.ts';
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import { performBatch, type BatchAnswer } from '../../../kernel/store/batch.ts';
import { isId } from '../../../kernel/rules/ids.ts';
import type { TakeOver, TakeOverState } from '../model.ts';
import { ITEMS_MAX } from '../rules/quota.ts';
import { decide, endOf, HOLDS, sidesOf, type TakeOverAct } from '../rules/take-over.ts';
import { Changes } from './changes.ts';
import { done, refused, type Deps, type Done } from './deps.ts';
import { finishing } from './finish.ts';
import { givenWay } from './offer.ts';

/** One act on a take-over. */
export interface ActOnTakeOver {
  readonly takeOverId: string;
  /** Of an acknowledgement: the first day in primary school; today where left out. */
  readonly admittedOn?: string | null | undefined;
  /** Of a release: why. */
  readonly reason?: string | null | undefined;
}

/** Where each act ends: who asks for it once more is told that it is done. */
const ENDS_IN: Readonly<Record<TakeOverAct, TakeOverState>> = {
  acceptTakeOver: 'ACCEPTED',
  acknowledgeTakeOver: 'ACKNOWLEDGED',
  cancelTakeOver: 'CANCELLED',
  releaseTakeOver: 'RELEASED',
};

interface Known {
  readonly takeOvers: ReadonlyMap<string, TakeOver>;
  readonly standing: readonly TakeOver[];
}

/** One act on many take-overs, each on its own; what follows at records is done before the answer, or by the clock. */
export function actOnTakeOvers(
  deps: Deps,
  viewer: Viewer,
  action: TakeOverAct,
  idempotencyKey: string,
  items: readonly ActOnTakeOver[],
): Promise<BatchAnswer<Done>> {
  const answer = performBatch(deps.store, {
    viewer,
    idempotencyKey,
    act: action,
    items,
    max: ITEMS_MAX,
    gather: () => gather(deps, action, items),
    async write(tx, known): Promise<Done[]> {
      const changes = new Changes();
      const results = items.map((item) => actOnOne(item, known, { deps, viewer, action, changes }));
      await changes.write(deps.store, tx, action);
      return results;
    },
  });
  return finishing(deps, answer);
}

async function gather(
  { queries }: Deps,
  action: TakeOverAct,
  items: readonly ActOnTakeOver[],
): Promise<Known> {
  const found = await queries.takeOversById(items.map(({ takeOverId }) => takeOverId).filter(isId));
  // Only who accepts may be in another school's way.
  const recordIds = action === 'acceptTakeOver' ? found.map(({ recordId }) => recordId) : [];
  const standing = recordIds.length === 0 ? [] : await queries.standingOf(recordIds);
  return { takeOvers: new Map(found.map((one) => [one.id, one])), standing };
}

interface Acting {
  readonly deps: Deps;
  readonly viewer: Viewer;
  readonly action: TakeOverAct;
  readonly changes: Changes;
}

function actOnOne(item: ActOnTakeOver, known: Known, { deps, viewer, action, changes }: Acting): Done {
  const read = known.takeOvers.get(item.takeOverId);
  const takeOver = read ? changes.now(read) : null;
  const at = deps.now();
  if (takeOver && isDone(action, viewer, takeOver)) return done(takeOver.id);
  const userErrors = decide(action, viewer, takeOver, { today: today(at), remark: item.reason });
  if (userErrors.length > 0 || !takeOver) return refused(userErrors);
  const { account } = viewer;
  const put = (after: Partial<TakeOver>) => done(changes.put(takeOver, { ...takeOver, ...after }).id);
  const ended = { endedBy: account, endReason: endOf(viewer), remark: item.reason?.trim() || null };
  switch (action) {
    case 'acceptTakeOver': {
      const other = known.standing
        .map((one) => changes.now(one))
        .find(
          ({ id, recordId, state }) =>
            id !== takeOver.id && recordId === takeOver.recordId && HOLDS.includes(state),
        );
      if (other && other.state !== 'OFFERED') return refused([userError('TAKE_OVER_ELSEWHERE')], takeOver.id);
      if (other) changes.put(other, givenWay(other, at, account));
      return put({ state: 'ACCEPTED', acceptedAt: at, acceptedBy: account, conflictsWith: null });
    }
    case 'acknowledgeTakeOver':
      return put({
        ...{
          pending: 'PROMOTE',
          admittedOn: item.admittedOn ?? today(at),
          acknowledgedBy: account,
          refusal: [],
        },
      });
    case 'cancelTakeOver':
      return takeOver.state === 'ACKNOWLEDGED'
        ? put({ pending: 'CANCEL', ...ended })
        : put({ state: 'CANCELLED', endedAt: at, ...ended });
    case 'releaseTakeOver':
      return put({ pending: 'RELEASE', ...ended });
  }
}

/** Somebody whose act it is asks for what has been done, or is being done. */
function isDone(action: TakeOverAct, viewer: Viewer, takeOver: TakeOver): boolean {
  if (sidesOf(viewer, takeOver).length === 0) return false;
  const { state, pending } = takeOver;
  if (action === 'acknowledgeTakeOver' && pending === 'PROMOTE') return viewer.role === 'PRIMARY_SCHOOL';
  return pending === null && state === ENDS_IN[action];
}
