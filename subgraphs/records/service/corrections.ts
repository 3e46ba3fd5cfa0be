import type { Peers } from '../../../kernel/peers.ts';
import type { Sex } from '../../../kernel/rules/code-sets/sex.ts';
import type { PlainDate } from '../../../kernel/rules/plain-date.ts';
import { under, type UserError } from '../../../kernel/rules/user-errors.ts';
import type { KeyChanges } from '../model.ts';

/** A correction as children knows it. */
export interface Correction extends KeyChanges {
  readonly childId: string;
  /** The children of records that were cancelled as duplicates of this one. */
  readonly duplicates?: readonly string[];
}

/** A decided one, with whom the child's history names. */
export interface CorrectionOrder {
  readonly correction: Correction;
  readonly applicationId: string;
  readonly decidedBy: string;
  readonly institutionCode: string;
}

/** The child as it is afterwards; null where it was refused. */
export interface CorrectedAnswer {
  readonly child: {
    readonly bornOn: PlainDate;
    readonly sex: Sex;
    readonly residentIdForNumber: string | null;
  } | null;
  readonly userErrors: readonly { readonly code: string }[];
}

const ERRORS = 'userErrors { code message messageEn field }';
const FAULTS = `query($items: [CorrectionInput!]!) { correctionFaults(items: $items) { ${ERRORS} } }`;
const CORRECT = `mutation($input: CorrectChildInput!) {
  correctChild(input: $input) { child { bornOn sex residentIdForNumber } ${ERRORS} } }`;

/** What speaks against each correction now, in order, at the fields of an input `changes`. */
export async function correctionFaults(
  peers: Peers,
  corrections: readonly Correction[],
): Promise<UserError[][]> {
  if (corrections.length === 0) return [];
  const { correctionFaults: answers } = await peers.ask<{
    correctionFaults: { userErrors: UserError[] }[];
  }>('children', FAULTS, { items: corrections });
  return answers.map(({ userErrors }) =>
    // No clerk has stated the child; the record has.
    userErrors.flatMap((error) =>
      error.field[0] === 'childId' ? [{ ...error, field: ['recordId'] }] : under(['changes'], [error]),
    ),
  );
}

/** Carries a decided correction out, once however often it is asked: the application is the key. */
export async function correctChild(peers: Peers, order: CorrectionOrder): Promise<CorrectedAnswer> {
  const input = { idempotencyKey: order.applicationId, ...order };
  const answer = await peers.ask<{ correctChild: CorrectedAnswer }>('children', CORRECT, { input });
  return answer.correctChild;
}
