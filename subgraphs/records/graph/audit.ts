import { auditQuery } from '../../../kernel/graph/audit.ts';
import { d } from '../../../kernel/graph/describe.ts';
import type { Context } from './context.ts';

export const RecordAuditQueries = auditQuery<Context>(
  'recordAuditEntries',
  d('学籍子图的审计日志', 'The audit log of the records subgraph'),
  ({ records }) => records.auditEntries,
);
