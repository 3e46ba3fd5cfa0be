import { ID_FORM, pageRequest, type PageRequest } from '../../../kernel/graph/connection.ts';
import { enumOf } from '../../../kernel/graph/enums.ts';
import type { Application } from '../model.ts';

/** In which order a work queue is read. */
export const ApplicationOrderEnum = enumOf(
  'ApplicationOrder',
  '待办排序',
  'In which order applications are listed',
  {
    ID: { code: null, zh: '按提交先后', en: 'as they were submitted' },
    DUE: { code: null, zh: '按期限先后，仅未办结', en: 'by the day they are due, the undecided only' },
  },
);
export type ApplicationOrder = 'ID' | 'DUE';

/** What the cursors of each order hold. */
const FORM: Readonly<Record<ApplicationOrder, RegExp>> = {
  ID: ID_FORM,
  DUE: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])_[0-9a-f-]{36}$/,
};

export const keyIn =
  (order: ApplicationOrder) =>
  ({ id, dueOn }: Application): string =>
    order === 'ID' ? id : `${dueOn}_${id}`;

export interface QueueRequest {
  readonly first: PageRequest['first'];
  /** The last application of the page before. */
  readonly after: { readonly id: string; readonly dueOn: string } | null;
}

/** A page in one order; a cursor of the other order is refused. */
export function queueRequest(
  order: ApplicationOrder,
  first: number,
  after: string | null | undefined,
): QueueRequest {
  const page = pageRequest(first, after, FORM[order]);
  if (page.after === null) return { first: page.first, after: null };
  const [dueOn, id] = order === 'ID' ? ['', page.after] : page.after.split('_');
  return { first: page.first, after: { id: id!, dueOn: dueOn! } };
}
