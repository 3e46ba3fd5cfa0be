import { fault } from '../../../kernel/graph/faults.ts';
import { QUOTA_KIND, type ClientOperation, type QuotaKind } from '../model.ts';
import { ITEMS_MAX } from '../rules/quota.ts';
import type { Context } from './context.ts';

/** Takes so many items out of the asker's day, or throws RATE_LIMITED. */
export async function spend(
  context: Context,
  operation: ClientOperation,
  kind: QuotaKind,
  items: number,
): Promise<void> {
  if (items > ITEMS_MAX) throw tooMany(items);
  if (items === 0) return;
  const { fits, most, freesAt } = await context.primaryLink.uses.spend(context, operation, kind, items);
  if (!fits) throw over(kind, most, freesAt);
}

function tooMany(got: number) {
  const [zh, en] = [`至多 ${ITEMS_MAX} 项，实际 ${got} 项。`, `At most ${ITEMS_MAX} items, ${got} came.`];
  return fault('BAD_USER_INPUT', zh, en);
}

export function over(kind: QuotaKind, most: number, freesAt: Date) {
  const { zh, en } = QUOTA_KIND[kind];
  const at = freesAt.toISOString();
  return fault(
    'RATE_LIMITED',
    `${zh}：此账号每日至多 ${most} 项，余额不足，${at} 起重新计算。`,
    `${en}: this account may ask ${most} items a day; fewer than these are left. Free again at ${at}.`,
  );
}
