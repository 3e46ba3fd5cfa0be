import type { EntityMetadata } from 'typeorm';

type Codec = (value: unknown) => unknown;

export interface Column {
  readonly property: string;
  readonly name: string;
  readonly encode: Codec;
  readonly decode: Codec;
}

/** How the rows of one table travel. */
export interface Shape {
  readonly table: string;
  readonly columns: readonly Column[];
  readonly list: string;
  readonly byProperty: ReadonlyMap<string, Column>;
}

const same: Codec = (value) => value;
const shapes = new WeakMap<EntityMetadata, Shape>();

/** The column list and each column's codec, read once from the metadata of an EntitySchema. */
export function shapeOf(metadata: EntityMetadata): Shape {
  let shape = shapes.get(metadata);
  if (!shape) shapes.set(metadata, (shape = read(metadata)));
  return shape;
}

export function encode(column: Column, value: unknown): unknown {
  return value === null || value === undefined ? null : column.encode(value);
}

export function decodeRow<T>(shape: Shape, record: Record<string, unknown>): T {
  const row: Record<string, unknown> = {};
  for (const column of shape.columns) {
    const value = record[column.name];
    row[column.property] = value === null || value === undefined ? null : column.decode(value);
  }
  return row as T;
}

function read(metadata: EntityMetadata): Shape {
  const columns = metadata.columns
    .filter((column) => column.isSelect)
    .map((column): Column => {
      const transformer = column.transformer as { to: Codec; from: Codec } | undefined;
      return {
        property: column.propertyName,
        name: column.databaseName,
        encode: transformer?.to ?? same,
        decode: transformer?.from ?? same,
      };
    });
  return {
    table: metadata.tableName,
    columns,
    list: columns.map((column) => column.name).join(', '),
    byProperty: new Map(columns.map((column) => [column.property, column])),
  };
}
