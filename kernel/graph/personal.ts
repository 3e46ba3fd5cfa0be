/**
 * Shows personal fields, within one request: masked, or whole where the call's purpose opens them. What is shown whole is
 * paid for first, each child once, and noted; a budget that is spent is a fault, never a mask put on in silence.
 */
import DataLoader from 'dataloader';
import { BUDGET_KINDS, type BudgetKind } from '../rules/budgets.ts';
import { opens, type Look, type PersonalField } from '../rules/purposes.ts';
import type { Call } from '../rules/viewer.ts';
import { fault } from './faults.ts';

/** One child and the fields that were shown whole. */
export interface UnmaskedRead {
  readonly childId: string;
  readonly fields: readonly PersonalField[];
}

/** What a subgraph does about unmasked reads. */
export interface Unmasking {
  /** Takes so many out of the account's budget of the day, or none when they no longer fit. */
  readonly spend: (
    kind: BudgetKind,
    amount: number,
  ) => Promise<{ readonly fits: boolean; readonly most: number }>;
  /** Notes what is about to be shown. */
  readonly note: (reads: readonly UnmaskedRead[]) => Promise<void>;
}

interface Wanted {
  readonly childId: string;
  readonly field: PersonalField;
}

export interface Personal {
  show(childId: string, field: PersonalField, plain: string, look: Look): string | Promise<string>;
  /** Pays for asking whose a number is, found or not. Throws RATE_LIMITED; however many a request asks, each is one. */
  guess(times?: number): Promise<void>;
}

export function personalOf(call: Call, { spend, note }: Unmasking): Personal {
  const take = async (kind: BudgetKind, amount: number) => {
    const { fits, most } = await spend(kind, amount);
    if (!fits) throw overBudget(kind, most);
  };
  const paid = new Set<string>();
  const opened = new DataLoader<Wanted, true, string>(
    async (wanted) => {
      const fresh = new Set(wanted.map(({ childId }) => childId).filter((id) => !paid.has(id)));
      if (fresh.size > 0) await take('UNMASKED', fresh.size);
      for (const id of fresh) paid.add(id);
      await note(byChild(wanted));
      return wanted.map(() => true);
    },
    { cacheKeyFn: ({ childId, field }) => `${childId} ${field}` },
  );
  const guesses = new DataLoader<number, true>(
    async (asked) => {
      await take(
        'LOOKED_UP',
        asked.reduce((sum, one) => sum + one, 0),
      );
      return asked.map(() => true);
    },
    { cache: false },
  );
  return {
    async guess(times = 1) {
      if (times > 0) await guesses.load(times);
    },
    show(childId, field, plain, look) {
      if (!opens(call, field, childId)) return look.masked(plain);
      return opened.load({ childId, field }).then(() => look.open(plain));
    },
  };
}

export function overBudget(kind: BudgetKind, most: number) {
  const { zh, en } = BUDGET_KINDS[kind];
  return fault(
    'RATE_LIMITED',
    `${zh}：每个账号每日至多 ${most}，余额不足，请明日再查。`,
    `${en}: at most ${most} a day for an account, and fewer than these are left. Ask again tomorrow.`,
  );
}

function byChild(wanted: readonly Wanted[]): UnmaskedRead[] {
  const fields = new Map<string, PersonalField[]>();
  for (const { childId, field } of wanted) fields.set(childId, [...(fields.get(childId) ?? []), field]);
  return [...fields].map(([childId, of]) => ({ childId, fields: of }));
}
