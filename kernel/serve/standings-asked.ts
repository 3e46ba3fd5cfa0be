/** What institutions is asked about accounts, and what its answers mean. */
import { z } from 'zod';
import { isAction, type Action } from '../rules/actions.ts';
import { AREA_LEVELS, ROLES, type Area, type OpenedChild, type Role } from '../rules/viewer.ts';

export interface Standing {
  readonly account: string;
  readonly active: boolean;
  /** Sealed, revoked, or only filed: for telling its holder what to do. */
  readonly state: string;
  readonly role: Role;
  readonly area: Area;
  readonly rights: readonly Action[];
  /** Children opened to it by break-glass. */
  readonly opened: readonly OpenedChild[];
  readonly usedOn: string | null;
}

const FIELDS = 'name state role areaLevel areaCode rights usedOn opened { id childId until }';
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
      opened: z.array(z.object({ id: z.string(), childId: z.string(), until: z.string() })),
    }),
  ),
});

/** The standings in an answer; throws where it has another form. */
export const standingsIn = (data: unknown): Standing[] => rows.parse(data).standings.map(standingOf);

function standingOf(row: z.infer<typeof rows>['standings'][number]): Standing {
  const { name, state, role, areaLevel, areaCode, usedOn, opened } = row;
  return {
    ...{ account: name, active: state === 'ACTIVE', state, role, usedOn, opened },
    area: { level: areaLevel, code: areaCode },
    // An act this service has never heard of is none it could let anybody do.
    rights: row.rights.filter(isAction),
  };
}
