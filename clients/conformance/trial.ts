import { Checks } from './checks.ts';
import { inTurn, type TrialChild, type TrialChildren } from './children.ts';
import { type Acted, type Party, type TakeOver } from './party.ts';

export interface Parties {
  /** The integrator. */
  readonly school: Party;
  /** Another primary school. */
  readonly rival: Party;
  /** The kindergarten the children are in. */
  readonly garden: Party;
}

/** What a case has at hand. */
export interface Trial extends Parties {
  readonly check: Checks;
  readonly young: TrialChild;
  readonly child: () => TrialChild;
  /** Claimed by the school, or nothing where that did not succeed; then the case has failed already. */
  readonly claimed: (child: TrialChild) => Promise<TakeOver | null>;
  /** Claimed and acknowledged. */
  readonly taken: (child: TrialChild) => Promise<TakeOver | null>;
}

export function trials({ children, young }: TrialChildren, parties: Parties): () => Trial {
  const child = inTurn(children);
  const numbers = [...children, young].flatMap(({ number, recordId }) => [number, number.slice(1), recordId]);
  const hide = (text: string) => numbers.reduce((shown, one) => shown.replaceAll(one, '***'), text);
  return () => {
    const check = new Checks(hide);
    const claimed = async (one: TrialChild) =>
      standing(check, await parties.school.act('offerTakeOver', claimOf(one)), 'ACCEPTED');
    return {
      ...parties,
      ...{ check, young, child, claimed },
      async taken(one) {
        const takeOver = await claimed(one);
        if (!takeOver) return null;
        const acted = await parties.school.act('acknowledgeTakeOver', { takeOverId: takeOver.id });
        return standing(check, acted, 'ACKNOWLEDGED');
      },
    };
  };
}

export const claimOf = ({ number, bornOn }: Pick<TrialChild, 'number' | 'bornOn'>) => ({ number, bornOn });

function standing(check: Checks, { takeOver, userErrors }: Acted, state: string): TakeOver | null {
  const came = takeOver ? takeOver.state : userErrors.map(({ code }) => code);
  return check.same(`the child is ${state}`, came, state) ? takeOver : null;
}

/** Everything a case has begun is ended, so that the next one finds its child free. */
export async function tidy(parties: Parties): Promise<void> {
  for (const party of [parties.school, parties.rival, parties.garden]) {
    for (const takeOverId of party.seen)
      await party.act('cancelTakeOver', { takeOverId, reason: 'conformance' });
    party.seen.clear();
  }
}

interface Page {
  readonly nodes: readonly { readonly id: string; readonly record: { readonly id: string } | null }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const STANDING = `query Conformance($state: TakeOverState!, $after: String) {
  takeOvers(filter: { state: $state }, first: 100, after: $after) {
    nodes { id record { id } } pageInfo { hasNextPage endCursor } } }`;

/** What a run that was broken off has left behind. The kindergarten sees it all; whose it is, cancels it. */
export async function sweep(parties: Parties, children: readonly TrialChild[]): Promise<void> {
  const ours = new Set(children.map(({ recordId }) => recordId));
  for (const state of ['OFFERED', 'CONFLICT', 'ACCEPTED', 'ACKNOWLEDGED']) {
    for (let after: string | null = null; ;) {
      const { data } = await parties.garden.ask(STANDING, { state, after });
      const page = data?.['takeOvers'] as Page | null | undefined;
      if (!page) return;
      for (const { id, record } of page.nodes)
        if (record && ours.has(record.id))
          for (const party of [parties.school, parties.rival]) party.seen.add(id);
      if (!page.pageInfo.hasNextPage) break;
      after = page.pageInfo.endCursor;
    }
  }
  await tidy(parties);
}
