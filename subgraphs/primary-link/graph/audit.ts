import { auditQuery } from '../../../kernel/graph/audit.ts';
import { lentAccesses } from '../../../kernel/graph/child-access.ts';
import { d } from '../../../kernel/graph/describe.ts';
import type { Context } from './context.ts';

export const TakeOverAuditQueries = auditQuery<Context>(
  'takeOverAuditEntries',
  d('升学接续子图的审计日志', 'The audit log of the primary-link subgraph'),
  ({ primaryLink }) => primaryLink.auditEntries,
);

export const { GuardedChildRef, GuardedChildLent } = lentAccesses<Context>(
  'takeOverAccesses',
  d(
    '哪所小学看过、接续过儿童的学籍，及谁办理：机关或机构，不含个人',
    "Which school was shown the child's number, and who acted on taking the record over: the authority, never the person",
  ),
  ({ primaryLink }) => primaryLink.auditEntries,
);
