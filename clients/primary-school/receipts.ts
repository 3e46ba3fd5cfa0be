import { verifyReceipt, type ReceiptKey, type ReceiptVerdict } from '../../kernel/serve/receipts.ts';
import type { SchoolDatabase } from './database.ts';
import type { Graph } from './graph.ts';
import type { Pupil } from './model.ts';
import { schoolReceiptKeys } from './operations.ts';

/** Keys that have signed receipts are kept: a receipt is to be checked when nobody can be asked any more. */
export function receiptKeys(db: SchoolDatabase) {
  const known = (): ReceiptKey[] =>
    db.rows('SELECT kid, alg, public_key FROM receipt_key').map((row) => ({
      kid: row['kid'] as string,
      alg: row['alg'] as string,
      publicKey: row['public_key'] as string,
    }));
  return {
    known,
    /** A key once trusted under its name is not replaced by another of that name. */
    async learn(graph: Graph): Promise<void> {
      const { receiptKeys: keys } = await graph.ask(schoolReceiptKeys, {});
      db.transaction(() => {
        for (const { kid, alg, publicKey } of keys)
          db.run('INSERT INTO receipt_key VALUES (?, ?, ?) ON CONFLICT DO NOTHING', kid, alg, publicKey);
      });
    },
    verify: (receipt: NonNullable<Pupil['receipt']>) => verifyReceipt(receipt, known()),
  };
}
export type ReceiptKeys = ReturnType<typeof receiptKeys>;

/** Is it the receipt of this very take-over? One that holds may still be another child's. */
export function isOf(verdict: ReceiptVerdict, { takeOverId }: Pick<Pupil, 'takeOverId'>): boolean {
  return verdict.holds && verdict.facts['takeOver'] === takeOverId;
}
