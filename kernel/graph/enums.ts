import { registerEnumType } from 'type-graphql';
import type { CodeSet, CodeSetEntry } from '../rules/code-sets/code-set.ts';

/** Makes a GraphQL enum of a closed set; every value's description carries its national code. */
export function enumOf<S extends CodeSet>(
  name: string,
  zh: string,
  en: string,
  set: S,
): { [V in keyof S]: V } {
  const values = Object.fromEntries(Object.keys(set).map((value) => [value, value])) as { [V in keyof S]: V };
  const valuesConfig = Object.fromEntries(
    Object.entries<CodeSetEntry>(set).map(([value, { zh, en, code }]) => [
      value,
      {
        description: code === null ? `${zh}\n${en}` : `${zh}（代码 ${code}）\n${en} (national code ${code})`,
      },
    ]),
  );
  registerEnumType(values, { name, description: `${zh}\n${en}`, valuesConfig: valuesConfig as never });
  return values;
}
