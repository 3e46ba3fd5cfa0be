import { auditQuery } from '../../../kernel/graph/audit.ts';
import { d } from '../../../kernel/graph/describe.ts';
import { looksQuery } from '../../../kernel/graph/looks.ts';
import type { Context } from './context.ts';

export const RecordAuditQueries = auditQuery<Context>(
  'recordAuditEntries',
  d('学籍子图的审计日志', 'The audit log of the records subgraph'),
  ({ records }) => records.auditEntries,
);

export const RecordLooks = looksQuery<Context>(
  'recordLooksUnder',
  d(
    '学籍子图中某次破例查看的明文查看（子图间）',
    'What was looked at in records under a break-glass, for neighbours',
  ),
  ({ records }) => records.auditEntries,
);
