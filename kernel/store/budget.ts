/** What accounts have taken today of what is rationed (kernel/rules/budgets.ts): one row per account, day and kind. */
import { EntitySchema } from 'typeorm';
import { budgetOf, type BudgetKind } from '../rules/budgets.ts';
import { today, type PlainDate } from '../rules/plain-date.ts';
import type { Viewer } from '../rules/viewer.ts';
import type { BudgetsOf } from './budgets-set.ts';
import type { Kit } from './kit.ts';
import { creation } from './migration.ts';
import type { Store } from './open.ts';
import { raw, sql } from './sql.ts';

export interface BudgetUse {
  readonly account: string;
  readonly day: PlainDate;
  readonly kind: BudgetKind;
  readonly used: number;
}

const columns = (kit: Kit) => ({
  account: kit.text(80, { primary: true }),
  day: kit.date({ primary: true }),
  kind: kit.text(20, { primary: true }),
  used: kit.int(),
});

export const budgetTable = (kit: Kit) =>
  new EntitySchema<BudgetUse>({ name: 'budget_use', columns: columns(kit) });

export type WithBudget = { readonly budgetUse: ReturnType<typeof budgetTable> };

/** The migration that adds the table. */
export const budgetMigration = (name: string, kit: Kit) =>
  creation(name, kit, [{ name: 'budget_use', columns: columns(kit) }]);

export type BudgetDay = Omit<BudgetUse, 'used'>;

type Spending = Pick<Store<WithBudget>, 'dialect' | 'transaction'>;

/** Takes so many out of the day's budget; false, and nothing taken, when they no longer fit. */
export function spend(
  { dialect, transaction }: Spending,
  { account, day, kind }: BudgetDay,
  amount: number,
  budget: number,
): Promise<boolean> {
  // A row that is there stays as it is; the two families say so differently.
  const unlessThere = raw(
    dialect === 'sqlite' ? 'ON CONFLICT DO NOTHING' : 'ON DUPLICATE KEY UPDATE used = used',
  );
  const first = sql`INSERT INTO budget_use (account, day, kind, used) VALUES (${account}, ${day}, ${kind}, 0) ${unlessThere}`;
  const take = sql`UPDATE budget_use SET used = used + ${amount}
    WHERE account = ${account} AND day = ${day} AND kind = ${kind} AND used + ${amount} <= ${budget}`;
  return transaction(async (tx) => {
    if ((await tx.execute(take)) === 1) return true;
    await tx.execute(first);
    return (await tx.execute(take)) === 1;
  });
}

/** Whether it was taken, and how much there is in a day. */
export interface Spent {
  readonly fits: boolean;
  readonly most: number;
}

/** The same out of what the account has where it is. */
export async function spendOf(
  store: Spending,
  { account, role, area }: Viewer,
  { kind, amount }: { readonly kind: BudgetKind; readonly amount: number },
  at: Date,
  budgetsOf: BudgetsOf,
): Promise<Spent> {
  const most = budgetOf(kind, role, await budgetsOf(area));
  return { fits: await spend(store, { account, day: today(at), kind }, amount, most), most };
}
