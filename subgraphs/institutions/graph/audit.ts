import { auditQuery } from '../../../kernel/graph/audit.ts';
import { d } from '../../../kernel/graph/describe.ts';
import type { Context } from './context.ts';

export const InstitutionAuditQueries = auditQuery<Context>(
  'institutionAuditEntries',
  d('机构子图的审计日志', 'The audit log of the institutions subgraph'),
  ({ institutions }) => institutions.auditEntries,
);
