import type { Peers } from '../../../kernel/peers.ts';
import { always, type GoesOn } from '../../../kernel/rules/goes-on.ts';
import { newId } from '../../../kernel/store/ids.ts';
import type { InstitutionChange } from '../model.ts';
import { CLOSING_SETTLES_S } from '../rules/changing.ts';
import type { ChangeQueries } from '../store/changes.ts';

/** Who is told, in this order: children first, so that whoever is given a record may see its child. */
const TOLD = [
  { to: 'children', mutation: 'applyInstitutionChangesToHolders' },
  { to: 'records', mutation: 'applyInstitutionChanges' },
] as const;

const CHANGES_PER_CALL = 20;

/**
 * Acts that looked at an institution before it changed may land in it afterwards, so a change that takes children
 * elsewhere is told once more when all of them must have landed.
 */
const AGAIN_AFTER_MS = (CLOSING_SETTLES_S + 30) * 1000;

export interface Delivering {
  readonly queries: ChangeQueries;
  readonly peers: Peers;
  readonly now: () => Date;
}

/**
 * Tells the neighbours what is due, until nothing is or one of them does not answer; then it throws, and what was
 * not taken stays due. Two at once tell the same twice, which neighbours must bear.
 */
export async function deliverChanges(
  { queries, peers, now }: Delivering,
  goesOn: GoesOn = always,
): Promise<void> {
  do {
    const due = await queries.dueChanges(now());
    if (due.length === 0) return;
    for (let i = 0; i < due.length; i += CHANGES_PER_CALL) {
      const changes = due.slice(i, i + CHANGES_PER_CALL);
      const taken = await tell(peers, changes);
      const at = now();
      await queries.delivered(taken, at, new Date(at.getTime() + AGAIN_AFTER_MS));
      // The neighbour took as many as it had time for; the others come first in the next round.
      if (taken.length < changes.length || !goesOn()) break;
    }
  } while (goesOn());
}

/** Those of the changes that every neighbour has taken. */
async function tell(peers: Peers, changes: readonly InstitutionChange[]): Promise<InstitutionChange[]> {
  let taken = changes.map(messageOf);
  for (const { to, mutation } of TOLD) {
    const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
    const query = `mutation($input: ${type}!) { told: ${mutation}(input: $input) { applied userErrors { code } } }`;
    const input = { idempotencyKey: newId(), changes: taken };
    const { told } = await peers.ask<{ told: { applied: readonly string[] } | null }>(to, query, { input });
    const applied = new Set(told?.applied);
    taken = taken.filter(({ id }) => applied.has(id));
    if (taken.length === 0) throw new Error(`${to} has taken none of ${changes.length} changes.`);
  }
  const ids = new Set(taken.map(({ id }) => id));
  return changes.filter(({ id }) => ids.has(id));
}

function messageOf({
  id,
  institutionId,
  institutionCode,
  seq,
  kind,
  fromOn,
  account,
  seat,
}: InstitutionChange) {
  return { id, institutionId, institutionCode, seq, kind, on: fromOn, account, to: seat };
}
