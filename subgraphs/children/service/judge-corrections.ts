import { isId } from '../../../kernel/rules/ids.ts';
import { today, type PlainDate } from '../../../kernel/rules/plain-date.ts';
import { userError, type UserError } from '../../../kernel/rules/user-errors.ts';
import type { Child, Guardian, IdentityDocument, KeyFacts } from '../model.ts';
import { corrected, correctionErrors, keyFactsOf, type Correction } from '../rules/correcting.ts';
import { firstGuardian } from '../rules/first-guardian.ts';
import { identityOf } from '../rules/sameness.ts';
import type { Deps } from '../service.ts';
import type { ChildQueries } from '../store/queries.ts';

interface Known {
  readonly child: Child;
  readonly document: IdentityDocument;
  readonly guardians: readonly Guardian[];
}

/** The child of a cancelled duplicate, which gives its document up. */
export type Duplicate = Pick<Known, 'child' | 'document'>;

/** What speaks against a correction; where nothing does, what it makes of the child. */
export interface Judgement {
  readonly userErrors: readonly UserError[];
  readonly change:
    (Known & { readonly after: KeyFacts; readonly digest: string; readonly from: Duplicate | null }) | null;
}

const refused = (...userErrors: readonly UserError[]): Judgement => ({ userErrors, change: null });

/** One judgement for each correction, in order, as things stand now; a few statements whatever the batch. */
export async function judgeCorrections(
  { queries, now }: Pick<Deps, 'queries' | 'now'>,
  items: readonly Correction[],
): Promise<Judgement[]> {
  const known = await knownChildren(queries, items);
  const day = today(now());
  const judgements = items.map((item) => judge(queries, item, known.get(item.childId), day));
  const digests = judgements.flatMap(({ change }) => change?.digest ?? []);
  const owners = new Map((await queries.registered(digests)).map((one) => [one.digest, one.childId]));
  const takenFrom = items.map(({ duplicates }, i) => {
    const owner = owners.get(judgements[i]!.change?.digest ?? '');
    return owner !== undefined && duplicates?.includes(owner) ? owner : null;
  });
  const givingUp = await duplicatesById(
    queries,
    takenFrom.flatMap((id) => id ?? []),
  );
  return judgements.map((one, i) => {
    const from = givingUp.get(takenFrom[i] ?? '');
    return from && one.change ? { ...one, change: { ...one.change, from } } : unlessTaken(one, owners);
  });
}

function judge(queries: ChildQueries, item: Correction, known: Known | undefined, day: PlainDate): Judgement {
  if (!known) return refused(userError('CHILD_UNKNOWN', ['childId']));
  const { child, document, guardians } = known;
  const before = keyFactsOf(child, document);
  const guardian = firstGuardian(child, guardians);
  const userErrors = correctionErrors(before, item, {
    today: day,
    registeredOn: today(child.registeredAt),
    hasGuardian: guardian !== null,
  });
  if (userErrors.length > 0) return refused(...userErrors);
  const after = corrected(before, item);
  const digest = queries.digestOf('document', identityOf(after, guardian?.name ?? ''));
  return { userErrors, change: { ...known, after, digest, from: null } };
}

/** One document belongs to one child: whoever is registered with it in error must be corrected first. */
function unlessTaken(judgement: Judgement, owners: ReadonlyMap<string, string>): Judgement {
  const { change } = judgement;
  const owner = change && owners.get(change.digest);
  if (!owner || owner === change.child.id) return judgement;
  return refused(userError('DOCUMENT_BELONGS_TO_ANOTHER', ['documentNumber']));
}

async function duplicatesById(
  queries: ChildQueries,
  ids: readonly string[],
): Promise<Map<string, Duplicate>> {
  if (ids.length === 0) return new Map();
  const [children, documents] = await Promise.all([
    queries.childrenWhole(ids),
    queries.documentsByChild(ids),
  ]);
  return new Map(
    children.map((child): [string, Duplicate] => [
      child.id,
      { child, document: documents.find(({ childId }) => childId === child.id)! },
    ]),
  );
}

async function knownChildren(queries: ChildQueries, items: readonly Correction[]) {
  const ids = [...new Set(items.map(({ childId }) => childId).filter(isId))];
  const [children, documents, guardians] = await Promise.all([
    queries.childrenWhole(ids),
    queries.documentsByChild(ids),
    queries.guardiansByChild(ids),
  ]);
  const documentOf = new Map(documents.map((document) => [document.childId, document]));
  const named = new Map<string, Guardian[]>();
  for (const one of guardians) named.set(one.childId, [...(named.get(one.childId) ?? []), one]);
  return new Map(
    children.map((child): [string, Known] => [
      child.id,
      { child, document: documentOf.get(child.id)!, guardians: named.get(child.id) ?? [] },
    ]),
  );
}
