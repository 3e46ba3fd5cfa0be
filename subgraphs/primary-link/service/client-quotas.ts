import { today } from '../../../kernel/rules/plain-date.ts';
import type { UserError } from '../../../kernel/rules/user-errors.ts';
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import { appendAudit } from '../../../kernel/store/audit/append.ts';
import { performBatch } from '../../../kernel/store/batch.ts';
import { QUOTA_KIND, type QuotaKind } from '../model.ts';
import { freesAt, quotaErrors, quotaOf, type QuotaSetting } from '../rules/quota.ts';
import { ofQuota } from './audited.ts';
import type { Deps } from './deps.ts';

/** What a client system may ask today, and has. */
export interface ClientQuota {
  readonly kind: QuotaKind;
  readonly most: number;
  readonly used: number;
  readonly freesAt: Date;
}

const KINDS = Object.keys(QUOTA_KIND) as QuotaKind[];

export async function clientQuotas(
  { queries, now }: Pick<Deps, 'queries' | 'now'>,
  client: Viewer,
): Promise<ClientQuota[]> {
  const day = today(now());
  const set = await queries.quotasSetFor(client);
  const used = await queries.quotasUsed(client.account, day);
  return KINDS.map((kind) => ({
    ...{ kind, most: quotaOf(kind, client, set), used: used.get(kind) ?? 0, freesAt: freesAt(day) },
  }));
}

/** Sets a quota, or lifts what was set; who has it in hand is told by the log. */
export function setClientQuota(
  { store, queries, now }: Deps,
  viewer: Viewer,
  key: string,
  item: QuotaSetting,
) {
  return performBatch(store, {
    viewer,
    idempotencyKey: key,
    act: 'setClientQuota',
    items: [item],
    gather: async () =>
      item.school == null ? null : ((await queries.schoolsByCode([item.school]))[0] ?? null),
    async write(tx, school): Promise<{ userErrors: readonly UserError[] }[]> {
      const userErrors = quotaErrors(item, school, viewer);
      if (userErrors.length > 0) return [{ userErrors }];
      const { kind, most = null } = item;
      const at = { areaCode: school?.code ?? viewer.area.code, account: item.account ?? '', kind };
      await queries.putQuota(
        tx,
        at,
        most === null ? null : { ...at, most, setBy: viewer.account, setAt: now() },
      );
      await appendAudit(store, tx, [ofQuota(at, most, school?.countyCode ?? viewer.area.code)]);
      return [{ userErrors }];
    },
  });
}
