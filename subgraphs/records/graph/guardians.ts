import { lentAccesses } from '../../../kernel/graph/child-access.ts';
import { d } from '../../../kernel/graph/describe.ts';
import type { Context } from './context.ts';

export const { GuardedChildRef, GuardedChildLent } = lentAccesses<Context>(
  'recordAccesses',
  d(
    '谁看过、办过儿童的学籍，含向外提供：机关或机构，不含个人',
    "Who looked at or acted on the child's record, and where it was given outside: the authority, never the person",
  ),
  ({ records }) => records.auditEntries,
);
