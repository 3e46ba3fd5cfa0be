import type { Action } from './actions.ts';
import type { Purpose } from './purposes.ts';

/** Who asks: one account in one role, over one area. Roles and areas: design section 6. */
export const ROLES = [
  'MINISTRY_ANALYST',
  'MINISTRY',
  'PROVINCE',
  'CITY',
  'COUNTY',
  'KINDERGARTEN',
  'PRIMARY_SCHOOL',
  'AUDITOR',
  'GUARDIAN',
  // Three people: who opens accounts, who gives them force, who looks on; none of them reads child data.
  'SYSTEM_ADMIN',
  'SECURITY_ADMIN',
  'AUDIT_ADMIN',
  // Not accounts: a neighbour that asks for a fact, and the gateway that asks who may come in.
  'SERVICE',
  'GATEWAY',
] as const;
export type Role = (typeof ROLES)[number];

/** Roles no token from outside speaks for. */
export const INNER_ROLES = ['SERVICE', 'GATEWAY'] as const satisfies readonly Role[];

export const AREA_LEVELS = ['NATION', 'PROVINCE', 'CITY', 'COUNTY', 'INSTITUTION'] as const;
export type AreaLevel = (typeof AREA_LEVELS)[number];

/** A node of the region tree, or one institution by its 10-digit code. The nation has code 000000. */
export interface Area {
  readonly level: AreaLevel;
  readonly code: string;
}

/** A code as long as its level's, so that no claim covers a place by being odd. */
const CODE_OF_LEVEL: Readonly<Record<AreaLevel, RegExp>> = {
  NATION: /^000000$/,
  PROVINCE: /^\d{6}$/,
  CITY: /^\d{6}$/,
  COUNTY: /^\d{6}$/,
  INSTITUTION: /^\d{10}$/,
};

export const isArea = ({ level, code }: Area): boolean => CODE_OF_LEVEL[level].test(code);

/** An account's name in characters; it is written beside every act. */
export const ACCOUNT_MAX = 80;

/** Is the text an account's name: 1 to ACCOUNT_MAX characters, no space around it, nothing invisible in it? */
export const isAccount = (text: string): boolean =>
  text.length >= 1 && text.length <= ACCOUNT_MAX && text === text.trim() && !INVISIBLE.test(text);

/** Control and format characters, lone surrogates, line and paragraph separators. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

export interface Viewer {
  /** The account that acts, for instance `county-330110-1`; four-eyes rules compare it. */
  readonly account: string;
  readonly role: Role;
  readonly area: Area;
  /** The request it asks in, written beside what it does; absent where nobody asks through the graph. */
  readonly requestId?: string;
  /** The acts its account was given, of those of its role. Left out where no account stands behind it: all of them. */
  readonly rights?: readonly Action[];
  /** Children opened to it by break-glass, wherever they are. */
  readonly opened?: readonly OpenedChild[];
}

/** One child an account may look at beyond its area, for a stated reason and until a moment. */
export interface OpenedChild {
  /** The break-glass every look is logged under. */
  readonly id: string;
  readonly childId: string;
  /** An instant in UTC. */
  readonly until: string;
}

/** Without what has run out: each service asks its own clock, so that nothing outlives its term by waiting for word. */
export function openNow(viewer: Viewer, at: Date): Viewer {
  const { opened = [], ...rest } = viewer;
  const left = opened.filter(({ until }) => Date.parse(until) > at.getTime());
  return left.length === 0 ? rest : { ...rest, opened: left };
}

/**
 * One request on its way through the graph: who asks, and what travels with it from door to database. The same
 * object goes through every hop; over HTTP the identity token carries it.
 */
export interface Call {
  readonly viewer: Viewer;
  /** Names the client's request in every log line and error. */
  readonly requestId: string;
  /** When its answer is of no use any more, in milliseconds of this process's clock; over HTTP the time left travels. */
  readonly deadline?: number;
  /** What personal data is looked at for; without one it is masked. */
  readonly purpose?: Purpose | undefined;
}

/**
 * Where something is: its path in the region tree, written down as it was.
 * Province-run counties have no city; a city without counties is its own county.
 * So a prefix of a code says nothing, only these columns do.
 */
export interface Place {
  readonly provinceCode: string;
  readonly cityCode: string | null;
  readonly countyCode: string;
  readonly institutionCode?: string | null;
}

export const NATION: Area = { level: 'NATION', code: '000000' };

/** The level a role acts on; null where the role has no area of its own. */
export const AREA_LEVEL_OF_ROLE: Readonly<Record<Role, AreaLevel>> = {
  MINISTRY_ANALYST: 'NATION',
  MINISTRY: 'NATION',
  PROVINCE: 'PROVINCE',
  CITY: 'CITY',
  COUNTY: 'COUNTY',
  KINDERGARTEN: 'INSTITUTION',
  PRIMARY_SCHOOL: 'INSTITUTION',
  AUDITOR: 'NATION',
  GUARDIAN: 'NATION',
  SYSTEM_ADMIN: 'NATION',
  SECURITY_ADMIN: 'NATION',
  AUDIT_ADMIN: 'NATION',
  SERVICE: 'NATION',
  GATEWAY: 'NATION',
};

/** Does the area contain the place? Answers by the tree path, never by a code's prefix. */
export function covers(area: Area, place: Place): boolean {
  switch (area.level) {
    case 'NATION':
      return true;
    case 'PROVINCE':
      return place.provinceCode === area.code;
    case 'CITY':
      return place.cityCode === area.code;
    case 'COUNTY':
      return place.countyCode === area.code;
    case 'INSTITUTION':
      return place.institutionCode === area.code;
  }
}
