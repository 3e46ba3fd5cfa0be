import { isId } from '../../../kernel/rules/ids.ts';
import { today } from '../../../kernel/rules/plain-date.ts';
import { userError, type UserError } from '../../../kernel/rules/user-errors.ts';
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import { appendAudit } from '../../../kernel/store/audit/append.ts';
import { newId } from '../../../kernel/store/ids.ts';
import { perform } from '../../../kernel/store/operation.ts';
import type { Transaction } from '../../../kernel/store/rows.ts';
import type { Child, ChildHolder, Guardian, IdentityDocument, Statement } from '../model.ts';
import { changeErrors, restated, type DetailChange } from '../rules/changing.ts';
import { keyFactsOf } from '../rules/correcting.ts';
import { firstGuardian } from '../rules/first-guardian.ts';
import { identityOf } from '../rules/sameness.ts';
import { changeOf, originOf, statementOf } from '../rules/statement.ts';
import { householdWarnings } from '../rules/warnings.ts';
import type { Deps } from '../service.ts';
import { endBindings } from '../store/guardian-bindings.ts';
import { writesTo } from '../store/writes.ts';
import { ofChild } from './audited.ts';
import { regionsByCode } from './neighbours.ts';

export interface ChildUpdate {
  readonly childId: string | null;
  readonly warnings: readonly UserError[];
  readonly userErrors: readonly UserError[];
}

/** A child the viewer's kindergarten holds, with what it would be. */
interface Known {
  readonly child: Child;
  readonly document: IdentityDocument;
  readonly hold: ChildHolder;
  readonly before: Statement;
  readonly after: Statement;
  /** What the child is found by afterwards: without a document its first guardian is part of that. */
  readonly digest: string;
}

interface Facts {
  readonly known: Known | null;
  readonly userErrors: readonly UserError[];
  readonly warnings: readonly UserError[];
}

/** Takes a kindergarten's new statement of a child it holds; it takes effect at once, and what it said before is kept. */
export function updateChild(
  deps: Deps,
  viewer: Viewer,
  idempotencyKey: string,
  childId: string,
  change: DetailChange,
): Promise<ChildUpdate> {
  const refuse = (userErrors: readonly UserError[]): ChildUpdate => ({
    childId: null,
    warnings: [],
    userErrors,
  });
  return perform<Facts, ChildUpdate>(deps.store, {
    viewer,
    idempotencyKey,
    input: { act: 'updateChild', area: viewer.area, childId, change },
    refuse,
    gather: () => gathered(deps, viewer.area.code, childId, change),
    async write(tx, { known, userErrors, warnings }) {
      if (!known || userErrors.length > 0) return refuse(userErrors);
      await apply(deps, tx, known, viewer.account);
      return { childId, warnings, userErrors: [] };
    },
  });
}

async function gathered(
  { queries, peers, now }: Deps,
  own: string,
  id: string,
  change: DetailChange,
): Promise<Facts> {
  const refused = (...userErrors: readonly UserError[]): Facts => ({ known: null, warnings: [], userErrors });
  const ids = isId(id) ? [id] : [];
  const [[hold], [child], [document], guardians] = await Promise.all([
    queries.holdsOf(own, ids),
    queries.childrenWhole(ids),
    queries.documentsByChild(ids),
    queries.guardiansByChild(ids),
  ]);
  const isHeld = hold?.untilOn === null;
  if (!isHeld || !child || !document) return refused(userError('CHILD_UNKNOWN', ['childId']));
  const before = statementOf(hold, guardians);
  const userErrors = changeErrors(change, before, document.kind);
  if (userErrors.length > 0) return refused(...userErrors);
  const after = restated(before, change);
  const named = [...guardians.filter((one) => one.institutionCode !== own), ...guardianRows(hold, after)];
  const identity = identityOf(keyFactsOf(child, document), firstGuardian(child, named)?.name ?? '');
  const digest = queries.digestOf('document', identity);
  const [owner] = digest === document.digest ? [] : await queries.registered([digest]);
  if (owner) return refused(userError('DOCUMENT_BELONGS_TO_ANOTHER', ['guardians']));
  const { householdRegion } = change;
  const regions = await regionsByCode(peers, householdRegion === null ? [] : [householdRegion]);
  const warnings = householdWarnings(householdRegion, regions, today(now()));
  return { known: { child, document, hold, before, after, digest }, warnings, userErrors: [] };
}

async function apply(
  { store, now }: Deps,
  tx: Transaction,
  { child, document, hold, before, after, digest }: Known,
  account: string,
): Promise<void> {
  const change = changeOf({ id: newId(), account, at: now(), hold, before, after });
  if (!change) return;
  const writes = writesTo(store, tx);
  await tx.update(store.tables.child, [{ before: child, after: child }]);
  await writes.replaceHolders([{ ...hold, ...originOf(after) }]);
  if (change.changed.includes('GUARDIANS')) {
    await writes.removeGuardians([hold]);
    await tx.insert(store.tables.guardian, guardianRows(hold, after));
    // Whoever was bound as one of them has to show anew who they are.
    await endBindings(store, tx, hold, now());
  }
  if (digest !== document.digest) await writes.replaceDocument(document, { ...document, digest });
  await tx.insert(store.tables.childChange, [change]);
  await appendAudit(store, tx, [
    ofChild('updateChild', child.id, hold.countyCode, { fields: change.changed }),
  ]);
}

const guardianRows = ({ childId, institutionCode }: ChildHolder, { guardians }: Statement): Guardian[] =>
  guardians.map((one, seq) => ({ ...one, childId, institutionCode, seq }));
