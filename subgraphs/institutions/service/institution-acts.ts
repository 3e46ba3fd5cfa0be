/** The acts on one institution, each as what it has of its own. */
import type { Viewer } from '../../../kernel/rules/viewer.ts';
import { userError } from '../../../kernel/rules/user-errors.ts';
import type { Region } from '../model.ts';
import { emptinessErrors, statusBeforeClosing, type Known, type Load } from '../rules/changing.ts';
import { placeOf, regionErrors } from '../rules/opening.ts';
import { NAME_MAX, textErrors } from '../rules/texts.ts';
import type { Deps } from '../service.ts';
import { holdRegions } from '../store/regions.ts';
import { changeInstitution, type InstitutionWish, type OneAct } from './change-institution.ts';

const nothing = () => Promise.resolve(null);

export interface Renaming extends InstitutionWish {
  readonly name: string;
}

export const renameInstitution = (deps: Deps, viewer: Viewer, key: string, wish: Renaming) =>
  changeInstitution(deps, viewer, key, wish, {
    act: 'renameInstitution',
    kept: 'RENAME',
    kind: 'RENAMED',
    gather: nothing,
    errors: ({ institution }) =>
      wish.name.trim() === institution.name
        ? [userError('NAME_UNCHANGED', ['name'])]
        : textErrors('name', wish.name, NAME_MAX),
    after: ({ institution }) => ({ ...institution, name: wish.name.trim() }),
  });

export interface Moving extends InstitutionWish {
  readonly region: string;
}

export const moveInstitution = (deps: Deps, viewer: Viewer, key: string, wish: Moving) =>
  changeInstitution(deps, viewer, key, wish, {
    act: 'moveInstitution',
    kept: 'MOVE',
    kind: 'MOVED',
    gather: async (): Promise<Region | null> => (await deps.queries.regionsByCode([wish.region]))[0] ?? null,
    errors: ({ institution }, region) =>
      wish.region === institution.regionCode
        ? [userError('REGION_UNCHANGED', ['region'], { code: wish.region })]
        : regionErrors(wish.region, region, viewer),
    after: ({ institution }, region) => ({
      ...institution,
      ...placeOf(region!)!,
      regionCode: region!.code,
    }),
    hold: (tx, region) => holdRegions(tx, [region!.code]),
  });

export const beginClosing = (deps: Deps, viewer: Viewer, key: string, wish: InstitutionWish) =>
  changeInstitution(deps, viewer, key, wish, {
    ...{ act: 'beginClosing', kept: 'BEGIN_CLOSING', kind: 'STATUS', gather: nothing, errors: () => [] },
    after: ({ institution }) => ({ ...institution, status: 'CLOSING' }),
  });

export const cancelClosing = (deps: Deps, viewer: Viewer, key: string, wish: InstitutionWish) =>
  changeInstitution(deps, viewer, key, wish, {
    ...{ act: 'cancelClosing', kept: 'CANCEL_CLOSING', kind: 'STATUS', gather: nothing, errors: () => [] },
    after: ({ institution, versions }) => ({ ...institution, status: statusBeforeClosing(versions) }),
  });

/**
 * Nothing new can be on its way into an institution that has been closing for a minute, so what records
 * answers before the transaction cannot grow until it is written.
 */
export const closeInstitution = (deps: Deps, viewer: Viewer, key: string, wish: InstitutionWish) =>
  changeInstitution(deps, viewer, key, wish, closing(deps, viewer, wish));

function closing(
  { peers, now }: Deps,
  viewer: Viewer,
  { on, institutionCode }: InstitutionWish,
): OneAct<Load | null> {
  return {
    act: 'closeInstitution',
    kept: 'CLOSE',
    kind: 'STATUS',
    async gather(known: Known | null) {
      if (known?.institution.status !== 'CLOSING') return null;
      const query = `query($codes: [String!]!) { institutionLoad(codes: $codes) { code children undecided stayedUntil } }`;
      interface Answer {
        readonly institutionLoad: readonly (Load & { readonly code: string })[];
      }
      const { institutionLoad } = await peers.ask<Answer>('records', query, { codes: [institutionCode] });
      return institutionLoad[0] ?? null;
    },
    errors: (known, load) => emptinessErrors(known, load, on, now(), viewer),
    after: ({ institution }) => ({ ...institution, status: 'CLOSED', closedOn: on }),
  };
}
