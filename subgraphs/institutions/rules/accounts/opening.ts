import { isAction, ON_REQUEST, type Action } from '../../../../kernel/rules/actions.ts';
import type { DocumentKind } from '../../../../kernel/rules/code-sets/document-kind.ts';
import { birthDateOf, checkDocument, normalise, sexOf } from '../../../../kernel/rules/identity-document.ts';
import { checkName } from '../../../../kernel/rules/person-name.ts';
import { userError, type UserError } from '../../../../kernel/rules/user-errors.ts';
import {
  ACCOUNT_MAX,
  AREA_LEVEL_OF_ROLE,
  isAccount,
  isArea,
  type Viewer,
} from '../../../../kernel/rules/viewer.ts';
import type { Account, AccountDuty, AccountRole } from '../../model.ts';
import { ABOVE, dutyFits, grantable, isAbove, isAdmin, withheld, type AccountPlace } from './filing.ts';

/** What an authority says about an account it files. */
export interface NewAccount {
  readonly name: string;
  readonly holderName: string;
  readonly documentKind: DocumentKind;
  readonly documentNumber: string;
  readonly role: AccountRole;
  /** The region, or the 10 digits of the institution; the nation's where left out. */
  readonly areaCode: string | null;
  /** Of a primary school: the county in charge. */
  readonly region: string | null;
  readonly duty: AccountDuty | null;
  /** All that the role and the duty may have, where left out. */
  readonly rights: readonly string[] | null;
}

export interface AccountFacts {
  /** Where it would belong; null where nobody knows the region or the institution. */
  readonly place: AccountPlace | null;
  readonly nameTaken: boolean;
  /** What this person holds that is not revoked. */
  readonly held: readonly Pick<Account, 'role' | 'areaCode'>[];
}

export const areaCodeOf = ({ role, areaCode }: Pick<NewAccount, 'role' | 'areaCode'>): string =>
  AREA_LEVEL_OF_ROLE[role] === 'NATION' ? (areaCode ?? '000000') : (areaCode ?? '');

/** May this account be filed by this viewer? Every error, in the order of the fields. */
export function mayOpenAccount(item: NewAccount, facts: AccountFacts, viewer: Viewer): UserError[] {
  return [
    ...nameErrors(item.name, facts.nameTaken),
    ...checkName(item.holderName, ['holderName']),
    ...documentErrors(item),
    ...placeErrors(item, facts.place, viewer),
    ...(dutyFits(item) ? [] : [userError('ACCOUNT_DUTY_REQUIRED', ['duty'])]),
    ...rightsErrors(item, item.rights, viewer),
    ...personErrors(item, facts.held),
  ];
}

/** Account names are written beside every act and into logs, so none may be somebody's number. */
function nameErrors(name: string, taken: boolean): UserError[] {
  if (
    !isAccount(name) ||
    /\p{Decimal_Number}{11}/u.test(name.normalize('NFKC')) ||
    name.startsWith('service:')
  )
    return [userError('ACCOUNT_NAME_FORM', ['name'], { max: ACCOUNT_MAX })];
  return taken ? [userError('ACCOUNT_NAME_TAKEN', ['name'])] : [];
}

/** Of a holder nothing else is known that a number could be held against, so it is held against itself. */
function documentErrors({ documentKind: kind, documentNumber }: NewAccount): UserError[] {
  const number = normalise(kind, documentNumber) ?? '';
  if (kind === 'NONE' || number === '') return [userError('DOCUMENT_NUMBER_REQUIRED', ['documentNumber'])];
  const holder = { bornOn: birthDateOf(number) ?? '1000-01-01', sex: sexOf(number) };
  return checkDocument({ kind, number, ...holder }).map((error) => ({ ...error, field: ['documentNumber'] }));
}

function placeErrors(item: NewAccount, place: AccountPlace | null, viewer: Viewer): UserError[] {
  const { role } = item;
  const level = AREA_LEVEL_OF_ROLE[role];
  if (!isArea({ level, code: areaCodeOf(item) }))
    return [userError('ACCOUNT_AREA_FORM', ['areaCode'], { role, level })];
  if (!ABOVE[role].includes(viewer.role)) {
    const facts = { role, expected: ABOVE[role].join(' | '), got: viewer.role };
    return [userError('ACCOUNT_ROLE_NOT_YOURS', ['role'], facts)];
  }
  if (role === 'PRIMARY_SCHOOL' && item.region === null)
    return [userError('ACCOUNT_REGION_REQUIRED', ['region'])];
  if (place && isAbove(viewer, role, place)) return [];
  return [userError('OUTSIDE_YOUR_AREA', ['areaCode'], { area: viewer.area.code })];
}

/** Why these rights cannot be given to an account of this role and duty, or not by this viewer. */
export function rightsErrors(
  account: Pick<Account, 'role' | 'duty'>,
  rights: readonly string[] | null,
  viewer: Viewer,
): UserError[] {
  const most = grantable(account.role, account.duty);
  const beyond = (rights ?? []).filter((right) => !(most as string[]).includes(right));
  if (beyond.length > 0)
    return [userError('ACCOUNT_RIGHTS_BEYOND_ROLE', ['rights'], { rights: beyond.map(shown).join(' ') })];
  const missing = rights === null ? [] : withheld(viewer, rights as readonly Action[]);
  return missing.length === 0
    ? []
    : [userError('ACCOUNT_RIGHTS_BEYOND_YOURS', ['rights'], { rights: missing.join(' ') })];
}

/** A word nobody knows is not repeated: it may be anything. */
const shown = (right: string) => (isAction(right) ? right : '?');

/** The rights it gets: those asked for, or all that both the account and the viewer can have. */
export function rightsGiven(
  { role, duty }: Pick<Account, 'role' | 'duty'>,
  asked: readonly string[] | null,
  viewer: Viewer,
): Action[] {
  const most = grantable(role, duty);
  const kept = [...withheld(viewer, most), ...ON_REQUEST];
  return most.filter((action) => (asked === null ? !kept.includes(action) : asked.includes(action)));
}

function personErrors(item: NewAccount, held: AccountFacts['held']): UserError[] {
  if (held.length > 0 && (isAdmin(item.role) || held.some(({ role }) => isAdmin(role))))
    return [userError('ADMIN_DUTIES_APART', ['documentNumber'])];
  const same = held.some(({ role, areaCode }) => role === item.role && areaCode === areaCodeOf(item));
  return same ? [userError('HOLDER_HAS_ACCOUNT', ['documentNumber'])] : [];
}
