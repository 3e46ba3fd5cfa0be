import { today } from '../../../kernel/rules/plain-date.ts';
import type { UserError } from '../../../kernel/rules/user-errors.ts';
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import { performBatch } from '../../../kernel/store/batch.ts';
import type { Transaction } from '../../../kernel/store/rows.ts';
import type { ChangeKind, Institution, InstitutionAct } from '../model.ts';
import { changeErrors, type ChangeAct, type Known, type Wish } from '../rules/changing.ts';
import { reasonOf } from '../rules/texts.ts';
import type { Deps, Opened } from '../service.ts';
import { knownByCode } from './known.ts';
import { writeChanges } from './write-changes.ts';

/** A change of one institution. */
export interface InstitutionWish extends Wish {
  readonly institutionCode: string;
}

/** What an act on one institution has of its own; the rest is common to them. */
export interface OneAct<Facts> {
  readonly act: ChangeAct;
  readonly kept: InstitutionAct;
  readonly kind: ChangeKind;
  /** What it must know beside the institution; neighbours are asked here. */
  readonly gather: (known: Known | null) => Promise<Facts>;
  readonly errors: (known: Known, facts: Facts) => readonly UserError[];
  readonly after: (known: Known, facts: Facts) => Institution;
  /** Keeps what was gathered as it was until the act is written. */
  readonly hold?: (tx: Transaction, facts: Facts) => Promise<void>;
}

/** Changes one institution, keeps what it was, and leaves word for the neighbours. */
export function changeInstitution<Facts>(
  { store, queries, now }: Deps,
  viewer: Viewer,
  idempotencyKey: string,
  wish: InstitutionWish,
  one: OneAct<Facts>,
) {
  const at = now();
  return performBatch(store, {
    viewer,
    idempotencyKey,
    act: one.act,
    items: [wish],
    async gather() {
      const known = (await knownByCode(queries, [wish.institutionCode])).get(wish.institutionCode) ?? null;
      return { known, facts: await one.gather(known) };
    },
    async write(tx, { known, facts }): Promise<Opened[]> {
      const common = changeErrors(one.act, wish, wish.institutionCode, known, { viewer, today: today(at) });
      const userErrors = common.length > 0 ? common : one.errors(known!, facts);
      if (userErrors.length > 0) return [{ id: null, userErrors }];
      const before = known!.institution;
      await one.hold?.(tx, facts);
      await writeChanges(
        tx,
        store,
        [{ before, after: one.after(known!, facts), act: one.kept, kind: one.kind }],
        { account: viewer.account, at, on: wish.on, reason: reasonOf(wish.reason) },
      );
      return [{ id: before.id, userErrors }];
    },
  });
}
