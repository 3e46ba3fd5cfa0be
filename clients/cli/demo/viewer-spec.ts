import type { Action } from '../../../kernel/rules/actions.ts';
import type { Purpose } from '../../../kernel/rules/purposes.ts';
import { AREA_LEVEL_OF_ROLE, NATION, type Role, type Viewer } from '../../../kernel/rules/viewer.ts';

/** Who shall ask: what a token is minted from, or an identity in process. Which code is needed depends on the role. */
export interface ViewerSpec {
  readonly account: string;
  readonly role: Role;
  readonly institution?: string;
  readonly region?: string;
  /** What personal data is asked for; without one it comes masked. */
  readonly purpose?: Purpose;
  /** Of the rights that are given by name only, those its account is filed with. */
  readonly named?: readonly Action[];
}

/** Asks the graph as somebody. Answers with `data`; throws on any error of the graph or on the way to it. */
export type Ask = <Data>(
  viewer: ViewerSpec,
  query: string,
  variables: Readonly<Record<string, unknown>>,
) => Promise<Data>;

/** Throws when the role needs a region or an institution and none is named. */
export function viewerOf({ account, role, institution, region }: ViewerSpec): Viewer {
  const level = AREA_LEVEL_OF_ROLE[role];
  if (level === 'NATION') return { account, role, area: NATION };
  const code = level === 'INSTITUTION' ? institution : region;
  if (code === undefined) throw new Error(`A viewer in role ${role} needs the code of its ${level}.`);
  return { account, role, area: { level, code } };
}
