import type { EntitySchemaColumnOptions, ValueTransformer } from 'typeorm';
import { fromBytes, toBytes } from './ids.ts';
import type { FieldKeys } from './seal.ts';

export type Dialect = 'sqlite' | 'mariadb' | 'mysql';

/** The column kinds both database families keep alike (storage notes, section 2). Lengths are in characters. */
export interface Kit {
  readonly dialect: Dialect;
  id(extra?: Extra): EntitySchemaColumnOptions;
  /** 16 bytes of a digest, as hex in the code. */
  digest(extra?: Extra): EntitySchemaColumnOptions;
  /** 32 bytes of a digest nobody may guess or find twice, as hex in the code. */
  hash(extra?: Extra): EntitySchemaColumnOptions;
  text(length: number, extra?: Extra): EntitySchemaColumnOptions;
  json(extra?: Extra): EntitySchemaColumnOptions;
  int(extra?: Extra): EntitySchemaColumnOptions;
  flag(extra?: Extra): EntitySchemaColumnOptions;
  /** A plain date, 'YYYY-MM-DD'. */
  date(extra?: Extra): EntitySchemaColumnOptions;
  /** A moment in UTC with milliseconds, a Date in the code; set by the application, never by the database. */
  instant(extra?: Extra): EntitySchemaColumnOptions;
  /** A personal value, readable only with the field keys. */
  sealed(column: string, extra?: Extra & { characters?: number }): EntitySchemaColumnOptions;
  /** A value with personal parts, sealed whole as JSON; some kilobytes at most. */
  sealedJson(column: string, extra?: Extra): EntitySchemaColumnOptions;
  /** A long text with personal parts: some hundred kilobytes. */
  sealedText(column: string, extra?: Extra): EntitySchemaColumnOptions;
  /** "At most one": NULL unless the condition holds, so that a unique index over it lets only one such row in. */
  oneOpen(id: string, condition: string): EntitySchemaColumnOptions;
}

export type Extra = Pick<EntitySchemaColumnOptions, 'nullable' | 'primary'>;

/** The codec of a sealed column, and what its values are bound to; so that they can be found and sealed anew. */
export type Sealing = ValueTransformer & { readonly boundTo: string };

const bytesToId = { to: (id: string) => toBytes(id), from: (raw: Uint8Array) => fromBytes(raw) };
const bytesToHex = {
  to: (hex: string) => Buffer.from(hex, 'hex'),
  from: (raw: Uint8Array) => Buffer.from(raw).toString('hex'),
};
const numberToBoolean = { to: (yes: boolean) => (yes ? 1 : 0), from: (raw: number) => raw === 1 };
const textToJson = {
  to: (value: unknown) => JSON.stringify(value),
  from: (raw: string) => JSON.parse(raw) as unknown,
};
const textToInstant = { to: (at: Date) => at.toISOString(), from: (raw: string) => new Date(raw) };

export function columnKit(dialect: Dialect, keys: FieldKeys): Kit {
  const lite = dialect === 'sqlite';
  // SQLite keeps no fixed-length binary; the length there is guarded by the code that makes the value.
  const bytes16 = lite ? ({ type: 'blob' } as const) : ({ type: 'binary', length: 16 } as const);
  return {
    dialect,
    id: (extra) => ({ ...bytes16, ...extra, transformer: bytesToId }),
    digest: (extra) => ({ ...bytes16, ...extra, transformer: bytesToHex }),
    hash: (extra) => ({
      ...(lite ? ({ type: 'blob' } as const) : ({ type: 'binary', length: 32 } as const)),
      ...extra,
      transformer: bytesToHex,
    }),
    text: (length, extra) => ({ type: 'varchar', length, ...extra }),
    // A batch's stored answer outgrows the 64 kB of MySQL's text.
    json: (extra) => ({ type: lite ? 'text' : 'mediumtext', ...extra, transformer: textToJson }),
    int: (extra) => ({ type: lite ? 'integer' : 'int', ...extra }),
    flag: (extra) => ({ type: lite ? 'integer' : 'tinyint', ...extra, transformer: numberToBoolean }),
    date: (extra) => ({ type: 'date', ...extra }),
    instant: (extra) =>
      lite
        ? { type: 'text', ...extra, transformer: textToInstant }
        : { type: 'datetime', precision: 3, ...extra },
    sealed: (column, { characters = 140, ...extra } = {}) => ({
      // Four bytes a character and the envelope.
      ...(lite ? ({ type: 'blob' } as const) : ({ type: 'varbinary', length: characters * 4 + 40 } as const)),
      ...extra,
      transformer: {
        boundTo: column,
        to: (value: string) => keys.seal(column, value),
        from: (raw: Uint8Array) => keys.unseal(column, raw),
      } as Sealing,
    }),
    sealedJson: (column, extra) => ({
      type: 'blob',
      ...extra,
      transformer: {
        boundTo: column,
        to: (value: unknown) => keys.seal(column, JSON.stringify(value)),
        from: (raw: Uint8Array) => JSON.parse(keys.unseal(column, raw)) as unknown,
      } as Sealing,
    }),
    sealedText: (column, extra) => ({
      type: lite ? 'blob' : 'mediumblob',
      ...extra,
      transformer: {
        boundTo: column,
        to: (value: string) => keys.seal(column, value),
        from: (raw: Uint8Array) => keys.unseal(column, raw),
      } as Sealing,
    }),
    oneOpen: (id, condition) => ({
      ...bytes16,
      nullable: true,
      generatedType: 'STORED',
      asExpression: `CASE WHEN ${condition} THEN ${id} END`,
      select: false,
      insert: false,
      update: false,
    }),
  };
}
