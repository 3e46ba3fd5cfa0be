import { isId } from '../../../kernel/rules/ids.ts';
import { under, userError, type UserError } from '../../../kernel/rules/user-errors.ts';
import type { ChildVersion, KeyFacts } from '../model.ts';
import { NATION, type Viewer } from '../../../kernel/rules/viewer.ts';
import { appendAudit } from '../../../kernel/store/audit/append.ts';
import { newId } from '../../../kernel/store/ids.ts';
import type { Transaction } from '../../../kernel/store/rows.ts';
import { keyFactsOf, type Correction } from '../rules/correcting.ts';
import { likenessText } from '../rules/sameness.ts';
import type { Deps } from '../service.ts';
import { writesTo } from '../store/writes.ts';
import { ofChild } from './audited.ts';
import { judgeCorrections, type Duplicate, type Judgement } from './judge-corrections.ts';
import { performUnlessRefused } from './unless-refused.ts';

/** A decided correction, with whom its history shall name. */
export interface CorrectionOrder {
  readonly correction: Correction;
  readonly applicationId: string;
  readonly decidedBy: string;
  readonly institutionCode: string;
}

interface Facts {
  readonly judgement: Judgement;
  /** Of the county in which whoever asked for it is. */
  readonly countyCode: string;
  /** The application has had its effect. */
  readonly done: boolean;
}

export interface CorrectionAnswer {
  readonly childId: string | null;
  readonly userErrors: readonly UserError[];
}

/**
 * Applies a decided correction once per application, whatever the key: the child, its document and what it is found
 * by change together, and what it was is kept. Answers the child's id.
 */
export function correctChild(
  deps: Deps,
  viewer: Viewer,
  idempotencyKey: string,
  order: CorrectionOrder,
): Promise<CorrectionAnswer> {
  const { correction, applicationId } = order;
  const { childId } = correction;
  return performUnlessRefused<Facts, CorrectionAnswer>(deps.store, {
    viewer,
    idempotencyKey,
    input: { act: 'correctChild', order },
    refuse: (userErrors) => ({ childId: null, userErrors }),
    async gather() {
      const versions = isId(childId) ? await deps.queries.versionsOf(childId) : [];
      const [hold] = isId(childId) ? await deps.queries.holdsOf(order.institutionCode, [childId]) : [];
      const [judgement] = await judgeCorrections(deps, [correction]);
      const countyCode = hold?.countyCode ?? NATION.code;
      return {
        judgement: judgement!,
        countyCode,
        done: versions.some((one) => one.applicationId === applicationId),
      };
    },
    faults({ judgement, done }) {
      if (!isId(applicationId)) return [userError('NOT_FOUND', ['applicationId'])];
      return done ? [] : under(['correction'], judgement.userErrors);
    },
    async write(tx, { judgement: { change }, countyCode, done }) {
      if (!done && change) await apply(deps, tx, change, { ...order, countyCode });
      return { childId, userErrors: [] };
    },
  });
}

async function apply(
  { store, queries, now }: Deps,
  tx: Transaction,
  { child, document, after, digest, from }: NonNullable<Judgement['change']>,
  { applicationId, decidedBy, institutionCode, countyCode }: CorrectionOrder & Pick<Facts, 'countyCode'>,
): Promise<void> {
  const { name, sex, bornOn, documentKind: kind, documentNumber: number } = after;
  const likeness = queries.digestOf('likeness', likenessText(after));
  const decision = { applicationId, decidedBy, institutionCode, until: now() };
  if (from) await giveUp({ store, queries }, tx, from, decision);
  await tx.update(store.tables.child, [{ before: child, after: { ...child, name, sex, bornOn, likeness } }]);
  if (digest !== document.digest || number !== document.number) {
    const replacement = { ...document, id: newId(), kind, number, digest, issuedBy: null };
    await writesTo(store, tx).replaceDocument(document, replacement);
  }
  const { id: childId, version } = child;
  await tx.insert(store.tables.childVersion, [
    { ...keyFactsOf(child, document), childId, version, ...decision },
  ]);
  const changed = [childId, ...(from ? [from.child.id] : [])];
  const entries = changed.map((id) => ofChild('correctChild', id, countyCode, { caseId: applicationId }));
  await appendAudit(store, tx, entries);
}

/** A cancelled duplicate keeps what it was in its history; nobody is found by its document there any more. */
async function giveUp(
  { store, queries }: Pick<Deps, 'store' | 'queries'>,
  tx: Transaction,
  { child, document }: Duplicate,
  decision: Omit<ChildVersion, 'childId' | 'version' | keyof KeyFacts>,
): Promise<void> {
  const digest = queries.digestOf('document', `duplicate ${child.id}`);
  const none = { ...document, id: newId(), kind: 'NONE', number: null, digest, issuedBy: null } as const;
  await tx.update(store.tables.child, [{ before: child, after: child }]);
  await writesTo(store, tx).replaceDocument(document, none);
  const { id: childId, version } = child;
  await tx.insert(store.tables.childVersion, [
    { ...keyFactsOf(child, document), childId, version, ...decision },
  ]);
}
