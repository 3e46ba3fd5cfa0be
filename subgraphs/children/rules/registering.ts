import { normalise } from '../../../kernel/rules/identity-document.ts';
import { normaliseName } from '../../../kernel/rules/person-name.ts';
import { userError, type UserError } from '../../../kernel/rules/user-errors.ts';
import type { Place } from '../../../kernel/rules/viewer.ts';
import type {
  Child,
  ChildChange,
  ChildHolder,
  Guardian,
  IdentityDocument,
  RegisteredChild,
  Statement,
} from '../model.ts';
import { detailsKept } from './details-kept.ts';
import type { NewChild } from './new-child.ts';
import { changeOf, originOf, storedGuardians } from './statement.ts';

/** An entry as it was judged by itself, with what it is recognised by. */
export interface Entry {
  readonly item: NewChild;
  readonly userErrors: readonly UserError[];
  readonly digest: string;
  readonly likeness: string;
}

/** What registering one child came to. */
export interface Registration {
  readonly childId: string | null;
  readonly created: boolean;
  readonly warnings: readonly UserError[];
  readonly userErrors: readonly UserError[];
}

/** What is registered already, by the keys entries are recognised by. */
export interface RegisterFacts {
  readonly byDigest: ReadonlyMap<string, RegisteredChild>;
  /** What this institution has stated of the children it holds. */
  readonly held: ReadonlyMap<string, Statement>;
  /** The same of children it has held and holds no longer. */
  readonly past: ReadonlyMap<string, Statement>;
  /** How many children there are of a likeness. */
  readonly alike: ReadonlyMap<string, number>;
}

export interface NewRows {
  readonly children: Child[];
  readonly documents: IdentityDocument[];
  readonly guardians: Guardian[];
  readonly holders: ChildHolder[];
  /** Holds that begin anew: what this institution has said before is said anew with them. */
  readonly again: ChildHolder[];
  readonly changes: ChildChange[];
}

export interface Registering {
  readonly holder: Place & { readonly institutionCode: string };
  readonly account: string;
  readonly at: Date;
  readonly newId: () => string;
  readonly warnings: (item: NewChild, others: number) => UserError[];
}

/**
 * Decides a batch in order, so that a later entry meets the children of the earlier ones. The document decides who
 * a child is: known with the same likeness it is the same child, known with another one it is somebody else's.
 * Origin and guardians are an institution's own statement, stored the first time it registers the child.
 */
export function registering(facts: RegisterFacts, { holder, account, at, newId, warnings }: Registering) {
  const rows: NewRows = { children: [], documents: [], guardians: [], holders: [], again: [], changes: [] };
  const byDigest = new Map(facts.byDigest);
  const held = new Map(facts.held);
  const alike = new Map(facts.alike);

  const register = (entry: Entry): RegisteredChild => {
    const child = childOf(entry, newId(), at, holder.institutionCode);
    rows.children.push(child);
    rows.documents.push(documentOf(entry, newId(), child.id));
    const registered = { ...child, childId: child.id };
    byDigest.set(entry.digest, registered);
    alike.set(entry.likeness, (alike.get(entry.likeness) ?? 0) + 1);
    return registered;
  };
  const hold = (childId: string, stated: Statement) => {
    const { institutionCode } = holder;
    const before = facts.past.get(childId);
    const hold = { childId, ...holder, ...originOf(stated), heldSince: at, movedOn: null, untilOn: null };
    held.set(childId, stated);
    (before ? rows.again : rows.holders).push(hold);
    rows.guardians.push(...stated.guardians.map((one, seq) => ({ ...one, childId, institutionCode, seq })));
    const change = before && changeOf({ id: newId(), account, at, hold, before, after: stated });
    if (change) rows.changes.push(change);
  };
  const decide = (entry: Entry): Registration => {
    if (entry.userErrors.length > 0) return refused(entry.userErrors);
    const known = byDigest.get(entry.digest);
    if (known && known.likeness !== entry.likeness) {
      return refused([userError('DOCUMENT_BELONGS_TO_ANOTHER', ['documentNumber'])]);
    }
    const child = known ?? register(entry);
    const { childId } = child;
    const stated = { ...entry.item, guardians: storedGuardians(entry.item.guardians) };
    const own = held.get(childId);
    if (!own) hold(childId, stated);
    const kept = own ? detailsKept(stated, own) : [];
    const others = alike.get(entry.likeness)! - 1;
    return {
      childId,
      created: !known,
      warnings: [...warnings(entry.item, others), ...kept],
      userErrors: [],
    };
  };
  return { rows, decide };
}

function refused(userErrors: readonly UserError[]): Registration {
  return { childId: null, created: false, warnings: [], userErrors };
}

function childOf({ item, likeness }: Entry, id: string, registeredAt: Date, registeredBy: string): Child {
  const { sex, bornOn } = item;
  const name = normaliseName(item.name);
  return { id, name, sex, bornOn, registeredBy, likeness, registeredAt, version: 1 };
}

function documentOf({ item, digest }: Entry, id: string, childId: string): IdentityDocument {
  const { documentKind: kind, documentNumber } = item;
  return { id, childId, kind, number: normalise(kind, documentNumber), digest, issuedBy: null };
}
