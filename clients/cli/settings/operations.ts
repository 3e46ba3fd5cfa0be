import type { Refusal } from '../roster/operations.ts';
import type { Value } from './value.ts';

/** What the command asks of the graph, and the shape of what comes back. */
export interface Setting {
  readonly name: string;
  readonly value: Value;
  readonly basis: string;
  /** Null for the nation. */
  readonly province: string | null;
  readonly version: number;
  readonly validFrom: string | null;
  readonly setBy: string | null;
  readonly setAt: string | null;
  readonly reason: string | null;
  readonly inForce: boolean;
}

const SETTING = `{
  name value { flag number windows { from until scope } deadline { length unit } }
  basis province version validFrom setBy setAt reason inForce
}`;

export const SHOW = `
  query Settings($province: String, $history: Boolean!) { settings(province: $province, history: $history) ${SETTING} }`;

export interface ShowAnswer {
  readonly settings: readonly Setting[];
}

export const SET = `
  mutation SetSetting($input: SetSettingInput!) {
    setSetting(input: $input) { setting ${SETTING} userErrors { code message messageEn field } }
  }`;

export interface SetAnswer {
  readonly setSetting: { readonly setting: Setting | null; readonly userErrors: readonly Refusal[] };
}
