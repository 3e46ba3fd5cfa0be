import { Arg, Field, Int, ObjectType, type ClassType } from 'type-graphql';
import { fault } from './faults.ts';
import { Access } from './access.ts';
import type { Role } from '../rules/viewer.ts';
import { d } from './describe.ts';
import { PageInfo } from './shared-types.ts';
import { Weighs } from './sizes.ts';

export const PAGE_DEFAULT = 20;
export const PAGE_MAX = 100;

/** The argument `first` of every list. */
export const First = () =>
  Arg('first', () => Int, {
    defaultValue: PAGE_DEFAULT,
    ...d('每页条数，至多 100', 'How many, at most 100'),
  });

/** The argument `after` of every list. */
export const After = () =>
  Arg('after', () => String, { nullable: true, ...d('上页末尾游标', 'The end cursor of the page before') });

/** One page, as a service answers it: rows in order and whether more follow. */
export interface Page<T> {
  readonly rows: readonly T[];
  readonly hasNextPage: boolean;
}

/** What a caller asked of a list: how many, and after which row. */
export interface PageRequest {
  readonly first: number;
  readonly after: string | null;
}

/** What stands in a cursor where a list is in the order of its ids. */
export const ID_FORM = /^[0-9a-f-]{1,36}$/;

/** Checks `first` and opens the cursor (a row's id, or what `form` says); refuses anything else. */
export function pageRequest(
  first: number,
  after: string | null | undefined,
  form: RegExp = ID_FORM,
): PageRequest {
  if (!Number.isInteger(first) || first < 1 || first > PAGE_MAX) {
    throw fault(
      'BAD_USER_INPUT',
      `first 应为 1 至 ${PAGE_MAX}，实际 ${first}。`,
      `first must be 1 to ${PAGE_MAX}, ${first} came.`,
    );
  }
  return { first, after: after == null ? null : openCursor(after, form) };
}

const PREFIX = 'v1:';

/** `key`: the row's id, or what else says where it stands in its list. */
export function cursorOf(key: string): string {
  return Buffer.from(PREFIX + key).toString('base64url');
}

function openCursor(cursor: string, form: RegExp): string {
  const text = Buffer.from(cursor, 'base64url').toString();
  if (!text.startsWith(PREFIX) || !form.test(text.slice(PREFIX.length))) {
    throw fault('BAD_USER_INPUT', 'after 不是本列表给出的游标。', 'after is no cursor this list has given.');
  }
  return text.slice(PREFIX.length);
}

/** The page of a query that fetched one row more than asked. */
export function pageOf<T>(rows: readonly T[], first: number): Page<T> {
  return { rows: rows.slice(0, first), hasNextPage: rows.length > first };
}

export interface Connection<T> {
  readonly edges: readonly { cursor: string; node: T }[];
  readonly nodes: readonly T[];
  readonly pageInfo: PageInfo;
  /** Counted when it is read, because most callers do not ask. */
  readonly totalCount: Promise<number | null>;
}

export function connect<T extends { id: string }>(
  page: Page<T>,
  totalCount: () => Promise<number | null>,
  keyOf: (node: T) => string = ({ id }) => id,
): Connection<T> {
  const edges = page.rows.map((node) => ({ cursor: cursorOf(keyOf(node)), node }));
  const endCursor = edges.at(-1)?.cursor ?? null;
  return {
    edges,
    nodes: page.rows,
    pageInfo: { hasNextPage: page.hasNextPage, endCursor },
    get totalCount() {
      return totalCount();
    },
  };
}

/** The Relay connection and edge types of a node type. */
export function connectionOf<T extends object>(node: ClassType<T>, name: string, roles: readonly Role[]) {
  @Access(...roles)
  @ObjectType(`${name}Edge`, { simpleResolvers: true, ...d('列表中的一项', 'One entry of the list') })
  class Edge {
    @Field(() => String, d('游标', 'Its cursor'))
    cursor!: string;

    @Field(() => node, d('该项', 'The thing itself'))
    node!: T;
  }

  @Access(...roles)
  @ObjectType(`${name}Connection`, { simpleResolvers: true, ...d('分页列表', 'A list, page by page') })
  class ConnectionType {
    @Field(() => [Edge], d('本页各项及游标', 'This page, with cursors'))
    edges!: Edge[];

    @Field(() => [node], d('本页各项', 'This page'))
    nodes!: T[];

    @Field(() => PageInfo, d('分页信息', 'Where the page ends'))
    pageInfo!: PageInfo;

    @Weighs(10)
    @Field(() => Int, {
      nullable: true,
      // What has no resolver cannot be awaited by a compiled query (kernel/serve/executable.ts).
      simple: false,
      ...d('总数；不便计算时为空', 'How many in all; null where counting would be dear'),
    })
    totalCount!: number | null;
  }
  return ConnectionType;
}
