import { EntitySchema } from 'typeorm';
import type { Kit } from '../kit.ts';
import { creation } from '../migration.ts';
import type { AuditEntry, AuditLink, AuditRoot } from './entry.ts';

/** Rows that are only ever added: on the MySQL family the account a subgraph runs with may not change them. */
export const APPEND_ONLY = ['audit_entry', 'audit_link', 'audit_root'] as const;

const entry = (kit: Kit) => ({
  id: kit.id({ primary: true }),
  at: kit.instant(),
  account: kit.text(80),
  role: kit.text(20),
  areaLevel: kit.text(12),
  areaCode: kit.text(10),
  authority: kit.text(6),
  action: kit.text(60),
  subjectType: kit.text(40),
  subjectId: kit.text(80),
  childId: kit.id({ nullable: true }),
  caseId: kit.id({ nullable: true }),
  fields: kit.json({ nullable: true }),
  purpose: kit.text(40, { nullable: true }),
  reason: kit.text(60, { nullable: true }),
  requestId: kit.text(100, { nullable: true }),
});

const link = (kit: Kit) => ({
  authority: kit.text(6, { primary: true }),
  seq: kit.int({ primary: true }),
  entryId: kit.id(),
  previous: kit.hash(),
  hash: kit.hash(),
  algorithm: kit.text(8),
  sealedAt: kit.instant(),
});

const root = (kit: Kit) => ({
  authority: kit.text(6, { primary: true }),
  day: kit.date({ primary: true }),
  seq: kit.int(),
  hash: kit.hash(),
});

const ENTRY_INDICES = [
  { name: 'audit_entry_authority', columns: ['authority', 'id'] },
  { name: 'audit_entry_account', columns: ['account', 'id'] },
  { name: 'audit_entry_child', columns: ['childId', 'id'] },
];
const LINK_INDICES = [{ name: 'audit_link_entry', columns: ['entryId'], unique: true }];

export const auditTables = (kit: Kit) => ({
  auditEntry: new EntitySchema<AuditEntry>({
    name: 'audit_entry',
    columns: entry(kit),
    indices: ENTRY_INDICES,
  }),
  auditLink: new EntitySchema<AuditLink>({ name: 'audit_link', columns: link(kit), indices: LINK_INDICES }),
  auditRoot: new EntitySchema<AuditRoot>({ name: 'audit_root', columns: root(kit) }),
});
export type AuditTables = ReturnType<typeof auditTables>;

/** Part of every database, whatever else its subgraph keeps; its number is out of the way of theirs. */
export const auditMigrations = (kit: Kit) => [
  creation('CreateAudit1764000000900', kit, [
    { name: 'audit_entry', columns: entry(kit), indices: ENTRY_INDICES },
    { name: 'audit_link', columns: link(kit), indices: LINK_INDICES },
    { name: 'audit_root', columns: root(kit) },
  ]),
];
