/** What institutions is asked about accounts, and what its answers mean. */
import { z } from 'zod';
import { isAction, type Action } from '../rules/actions.ts';
import { AREA_LEVELS, ROLES, type Area, type Role } from '../rules/viewer.ts';

export interface Standing {
  readonly account: string;
  readonly active: boolean;
  /** Sealed, revoked, or only filed: for telling its holder what to do. */
  readonly state: string;
  readonly role: Role;
  readonly area: Area;
  readonly rights: readonly Action[];
  readonly usedOn: string | null;
}

const FIELDS = 'name state role areaLevel areaCode rights usedOn';
export const OF = `query($names: [String!]!) { standings: accountStandings(names: $names) { ${FIELDS} } }`;
export const CHANGED = `query($seconds: Int!) { standings: changedAccountStandings(seconds: $seconds) { ${FIELDS} } }`;
export const USED = `mutation($input: NoteAccountUseInput!) { noteAccountUse(input: $input) { noted } }`;

const rows = z.object({
  standings: z.array(
    z.object({
      name: z.string(),
      state: z.string(),
      role: z.enum(ROLES),
      areaLevel: z.enum(AREA_LEVELS),
      areaCode: z.string(),
      rights: z.array(z.string()),
      usedOn: z.string().nullable(),
    }),
  ),
});

/** The standings in an answer; throws where it has another form. */
export const standingsIn = (data: unknown): Standing[] => rows.parse(data).standings.map(standingOf);

function standingOf(row: z.infer<typeof rows>['standings'][number]): Standing {
  const { name, state, role, areaLevel, areaCode, usedOn } = row;
  return {
    ...{ account: name, active: state === 'ACTIVE', state, role, usedOn },
    area: { level: areaLevel, code: areaCode },
    // An act this service has never heard of is none it could let anybody do.
    rights: row.rights.filter(isAction),
  };
}
