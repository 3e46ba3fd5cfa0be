/** What was looked at under a break-glass: who judges it reads that in the logs of those who showed it, field by field. */
import { isId } from '../../../../kernel/rules/ids.ts';
import type { Viewer } from '../../../../kernel/rules/viewer.ts';
import { isReviewer } from '../../rules/break-glass.ts';
import type { Deps } from '../../service.ts';

/** Names of fields, and never what stood in them. */
export interface Look {
  readonly id: string;
  readonly at: Date;
  readonly fields: readonly string[] | null;
  readonly purpose: string | null;
  readonly requestId: string | null;
}

type Told = Omit<Look, 'at'> & { readonly at: string };

const KEEPERS = { children: 'childLooksUnder', records: 'recordLooksUnder' } as const;

/** So many after one of them, the earliest first; null for whoever is not to judge it, as where there is none. */
export async function looksUnder(
  { accounts, glasses, peers }: Deps,
  viewer: Viewer,
  breakGlassId: string,
  after: string | null,
  limit: number,
): Promise<Look[] | null> {
  const glass = isId(breakGlassId) ? await glasses.breakGlassById(breakGlassId) : null;
  const [reviewer] = await accounts.accountsByName([viewer.account]);
  if (!glass || !reviewer || !isReviewer(glass, reviewer, viewer)) return null;
  const variables = { child: glass.childId, glass: glass.id, after, limit };
  const told = await Promise.all(
    (Object.keys(KEEPERS) as (keyof typeof KEEPERS)[]).map((keeper) =>
      peers.ask<{ looks: Told[] }>(keeper, asking(KEEPERS[keeper]), variables),
    ),
  );
  // Ids begin with their moment, so the order of all is the order of their ids.
  return told
    .flatMap(({ looks }) => looks)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .slice(0, limit)
    .map((look) => ({ ...look, at: new Date(look.at) }));
}

const asking = (field: string) => `query($child: ID!, $glass: ID!, $after: ID, $limit: Int!) {
  looks: ${field}(childId: $child, breakGlassId: $glass, after: $after, limit: $limit) { id at fields purpose requestId } }`;
