import type { Application } from '../model.ts';
import type { Reckoning } from '../rules/clock.ts';
import type { LifecycleAction } from '../rules/lifecycle.ts';
import type { Case } from './act-on-applications.ts';
import type { Deps } from './deps.ts';
import { reckoningsFor } from './settings.ts';

export type Reckonings = ReadonlyMap<string, Reckoning>;

/** What clocks are started with, in every province a next turn may be in; nothing is asked where no turn follows. */
export async function reckoned(
  { queries }: Deps,
  action: LifecycleAction,
  cases: readonly Case[],
): Promise<Reckonings> {
  const goingOn = cases.filter(({ application: { task } }) => !endsIt(action, task));
  if (goingOn.length === 0) return new Map();
  const provinces = goingOn.flatMap(({ application: { provinceCode, fromProvinceCode } }) =>
    fromProvinceCode === null ? [provinceCode] : [provinceCode, fromProvinceCode],
  );
  return reckoningsFor(queries, [...new Set(provinces)]);
}

const endsIt = (action: LifecycleAction, task: Application['task']) =>
  action === 'refuseApplication' ||
  action === 'withdrawApplication' ||
  (action === 'approveApplication' && task !== 'RELEASE');
