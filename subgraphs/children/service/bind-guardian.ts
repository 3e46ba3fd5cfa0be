import { isId } from '../../../kernel/rules/ids.ts';
import { userError, type UserError } from '../../../kernel/rules/user-errors.ts';
import { ACCOUNT_MAX, covers, isAccount, NATION, type Viewer } from '../../../kernel/rules/viewer.ts';
import { appendAudit } from '../../../kernel/store/audit/append.ts';
import { newId } from '../../../kernel/store/ids.ts';
import { perform } from '../../../kernel/store/operation.ts';
import type { ChildHolder, GuardianBinding, GuardianProof } from '../model.ts';
import type { Deps } from '../service.ts';
import { endBinding } from '../store/guardian-bindings.ts';
import { ofChild } from './audited.ts';

export interface NewBinding {
  readonly childId: string;
  readonly account: string;
  readonly proof: GuardianProof;
}

export interface BindingDone {
  readonly childId: string | null;
  readonly userErrors: readonly UserError[];
}

const refuse = (userErrors: readonly UserError[]): BindingDone => ({ childId: null, userErrors });

/** Lets an account see who looked at a child, on a paper the clerk has seen. Bound twice is bound once. */
export function bindGuardian(deps: Deps, viewer: Viewer, idempotencyKey: string, wish: NewBinding) {
  const { store, queries, now } = deps;
  const ids = isId(wish.childId) ? [wish.childId] : [];
  return perform<{ holds: ChildHolder[]; bound: GuardianBinding[] }, BindingDone>(store, {
    viewer,
    idempotencyKey,
    input: { act: 'bindGuardian', area: viewer.area, wish },
    refuse,
    async gather() {
      // A child nobody of the area is shown can be bound to nobody.
      const [seen] = await queries.childrenById(viewer.area, ids);
      const holds = seen ? await queries.holdersWithin(viewer.area, ids) : [];
      return { holds, bound: await queries.bindingsByChild(ids) };
    },
    async write(tx, { holds, bound }) {
      const hold = latest(holds);
      if (!hold) return refuse([userError('CHILD_UNKNOWN', ['childId'])]);
      const { childId, institutionCode } = hold;
      if (!mayBeGuardian(wish.account))
        return refuse([userError('ACCOUNT_NAME_FORM', ['account'], { max: ACCOUNT_MAX })]);
      const isBound = bound.some(
        (one) => one.account === wish.account && one.institutionCode === institutionCode,
      );
      if (isBound) return { childId, userErrors: [] };
      const { account, proof } = wish;
      const since = { boundBy: viewer.account, boundAt: now(), endedAt: null };
      await tx.insert(store.tables.guardianBinding, [
        { id: newId(), childId, account, institutionCode, proof, ...since },
      ]);
      await appendAudit(store, tx, [ofChild('bindGuardian', childId, hold.countyCode)]);
      return { childId, userErrors: [] };
    },
  });
}

/** Takes it away again, by whoever could have given it. */
export function unbindGuardian(deps: Deps, viewer: Viewer, idempotencyKey: string, bindingId: string) {
  const { store, queries, now } = deps;
  return perform<{ binding: GuardianBinding; hold: ChildHolder } | null, BindingDone>(store, {
    viewer,
    idempotencyKey,
    input: { act: 'unbindGuardian', area: viewer.area, bindingId },
    refuse,
    async gather() {
      const binding = isId(bindingId) ? await queries.bindingById(bindingId) : null;
      const holds = binding ? await queries.holdersWithin(viewer.area, [binding.childId]) : [];
      const hold = holds.find(({ institutionCode }) => institutionCode === binding?.institutionCode);
      return binding && hold && covers(viewer.area, hold) ? { binding, hold } : null;
    },
    async write(tx, found) {
      if (!found) return refuse([userError('NOT_FOUND', ['bindingId'])]);
      const { childId } = found.binding;
      await endBinding(store, tx, bindingId, now());
      await appendAudit(store, tx, [ofChild('unbindGuardian', childId, found.hold.countyCode)]);
      return { childId, userErrors: [] };
    },
  });
}

/** The children an account is bound to, as far as they are shown to anybody. */
export async function childrenOfGuardian({ queries }: Pick<Deps, 'queries'>, account: string) {
  const bindings = await queries.bindingsOfAccount(account);
  const ids = [...new Set(bindings.map(({ childId }) => childId))];
  const shown = new Set((await queries.childrenById(NATION, ids)).map(({ id }) => id));
  return ids
    .filter((id) => shown.has(id))
    .map((id) => ({ id, since: bindings.find(({ childId }) => childId === id)!.boundAt }));
}

/** Whoever has held the child for the shortest time knows its guardians best. */
const latest = (holds: readonly ChildHolder[]): ChildHolder | undefined =>
  [...holds].sort((a, b) => b.heldSince.getTime() - a.heldSince.getTime())[0];

/** An account's name, and no number of a person or a phone. */
const mayBeGuardian = (account: string): boolean => isAccount(account) && !/\d{11}/.test(account);
