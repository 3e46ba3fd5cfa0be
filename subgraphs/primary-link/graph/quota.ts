import { fault } from '../../../kernel/graph/faults.ts';
import { QUOTA_KIND, type ClientOperation, type QuotaKind } from '../model.ts';
import { ITEMS_MAX, QUOTAS } from '../rules/quota.ts';
import type { Context } from './context.ts';

/** Takes so many items out of the asker's day, or throws RATE_LIMITED. */
export async function spend(
  context: Context,
  operation: ClientOperation,
  kind: QuotaKind,
  items: number,
): Promise<void> {
  if (items > ITEMS_MAX) throw tooMany(items);
  if (items > 0 && !(await context.primaryLink.uses.spend(context, operation, kind, items))) throw over(kind);
}

function tooMany(got: number) {
  const [zh, en] = [`至多 ${ITEMS_MAX} 项，实际 ${got} 项。`, `At most ${ITEMS_MAX} items, ${got} came.`];
  return fault('BAD_USER_INPUT', zh, en);
}

function over(kind: QuotaKind) {
  const { zh, en } = QUOTA_KIND[kind];
  const most = QUOTAS[kind];
  return fault(
    'RATE_LIMITED',
    `${zh}：每个账号每日至多 ${most} 项，余额不足，请明日再查。`,
    `${en}: an account may ask ${most} items a day; fewer than these are left. Ask again tomorrow.`,
  );
}
