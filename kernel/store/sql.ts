/** A piece of SQL with its values beside it; values never enter the text. */
export class Sql {
  readonly text: string;
  readonly params: readonly unknown[];

  constructor(text: string, params: readonly unknown[]) {
    this.text = text;
    this.params = params;
  }
}

class Many {
  readonly values: readonly unknown[];

  constructor(values: readonly unknown[]) {
    this.values = values;
  }
}

/** For `IN (${many(values)})`. An empty list matches nothing. */
export function many(values: readonly unknown[]): Many {
  return new Many(values);
}

/** sql`WHERE county_code = ${code} AND ${otherSql}`: strings, numbers, dates and bytes become parameters. */
export function sql(strings: TemplateStringsArray, ...values: unknown[]): Sql {
  let text = strings[0]!;
  const params: unknown[] = [];
  values.forEach((value, i) => {
    if (value instanceof Sql) {
      text += value.text;
      params.push(...value.params);
    } else if (value instanceof Many) {
      text += value.values.length === 0 ? 'NULL' : value.values.map(() => '?').join(',');
      params.push(...value.values);
    } else {
      text += '?';
      params.push(value);
    }
    text += strings[i + 1]!;
  });
  return new Sql(text, params);
}

/** Text from this program itself (a table, a column), never from a caller. */
export function raw(text: string): Sql {
  return new Sql(text, []);
}

export function all(conditions: readonly Sql[]): Sql {
  return join(conditions, ' AND ', 'TRUE');
}

export function join(parts: readonly Sql[], separator: string, empty = ''): Sql {
  if (parts.length === 0) return raw(empty);
  return new Sql(
    parts.map((part) => part.text).join(separator),
    parts.flatMap((part) => part.params),
  );
}
