/**
 * What each client may spend and see at the gateway: by role, and where the configuration names it by account.
 * Costs are those of cost.ts. Rights to data are none of its business; the subgraphs keep those.
 */
import { z } from 'zod';
import { ROLES, type Role, type Viewer } from '../kernel/rules/viewer.ts';

export const PERSISTED_MODES = ['off', 'log', 'enforce'] as const;
export type PersistedMode = (typeof PERSISTED_MODES)[number];

export interface Allowance {
  /** The greatest cost of one operation. */
  readonly operation: number;
  /** The greatest cost of all operations of one minute; Infinity where nobody counts. */
  readonly minute: number;
  readonly persisted: PersistedMode;
  /** May it read the schema, and be helped by its names? */
  readonly introspection: boolean;
}

/** Of a viewer; of an address where nobody is known yet. */
export type Allowances = (viewer: Viewer | undefined) => Allowance;

export const COST_LIMIT = 50_000;

const MOST: Pick<Allowance, 'operation' | 'minute'> = { operation: COST_LIMIT, minute: 1_000_000 };
/** A parent reads one child; a primary school asks by number, up to 500 at once. */
const BY_ROLE: Readonly<Partial<Record<Role, Pick<Allowance, 'operation' | 'minute'>>>> = {
  GUARDIAN: { operation: 5_000, minute: 50_000 },
  PRIMARY_SCHOOL: { operation: 20_000, minute: 500_000 },
  KINDERGARTEN: { operation: COST_LIMIT, minute: 500_000 },
};
/** Introspection and refused tokens, of one address. */
const NOBODY = { operation: COST_LIMIT, minute: 200_000 };

const allowanceShape = z
  .object({
    operation: z.number().int().min(1),
    minute: z.number().int().min(1),
    persisted: z.enum(PERSISTED_MODES),
    introspection: z.boolean(),
  })
  .partial()
  .strict();

/** Roles and `account:<name>` to what differs from the defaults. */
export const allowancesShape = z.record(
  z.string().refine((key) => (ROLES as readonly string[]).includes(key) || key.startsWith('account:')),
  allowanceShape,
);
export type Differences = z.infer<typeof allowancesShape>;

export interface AllowanceOptions {
  readonly rateLimits: boolean;
  readonly persisted: PersistedMode;
  readonly introspection: boolean;
  readonly differences?: Differences;
}

/** The narrowest word wins: account, role, default. */
export function allowancesOf({ rateLimits, persisted, introspection, differences = {} }: AllowanceOptions) {
  const made = (viewer: Viewer | undefined): Allowance => {
    const spend = viewer ? (BY_ROLE[viewer.role] ?? MOST) : NOBODY;
    const said = {
      ...spend,
      persisted,
      introspection,
      ...(viewer && differences[viewer.role]),
      ...(viewer && differences[`account:${viewer.account}`]),
    };
    return { ...said, minute: rateLimits ? said.minute : Infinity } as Allowance;
  };
  const byRole = new Map<Role | undefined, Allowance>();
  return (viewer: Viewer | undefined): Allowance => {
    if (viewer && differences[`account:${viewer.account}`]) return made(viewer);
    const known = byRole.get(viewer?.role) ?? made(viewer);
    byRole.set(viewer?.role, known);
    return known;
  };
}
