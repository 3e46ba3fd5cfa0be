/**
 * A closed set of values, in one shape for all: the value's name, its code in the national standard
 * (null where no standard gives one), and its Chinese and English label.
 * GraphQL enums, check constraints and the command line's labels are read from these tables.
 */
export interface CodeSetEntry {
  readonly code: string | null;
  readonly zh: string;
  readonly en: string;
}

export type CodeSet = Readonly<Record<string, CodeSetEntry>>;

export type ValueOf<S extends CodeSet> = keyof S & string;

export function valuesOf<S extends CodeSet>(set: S): ValueOf<S>[] {
  return Object.keys(set);
}

export function isValueOf<S extends CodeSet>(set: S, value: string): value is ValueOf<S> {
  return Object.hasOwn(set, value);
}

/** The value with this Chinese label, or null. */
export function fromZh<S extends CodeSet>(set: S, zh: string): ValueOf<S> | null {
  return valuesOf(set).find((value) => set[value]?.zh === zh) ?? null;
}

/** The first value with this national code, or null. */
export function fromCode<S extends CodeSet>(set: S, code: string): ValueOf<S> | null {
  return valuesOf(set).find((value) => set[value]?.code === code) ?? null;
}
