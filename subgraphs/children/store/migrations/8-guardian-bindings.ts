import type { Kit } from '../../../../kernel/store/kit.ts';
import { creation } from '../../../../kernel/store/migration.ts';
import { newGuardianBindingTable } from '../guardian-bindings.ts';

export const guardianBindings = (kit: Kit) =>
  creation('GuardianBindings1764000000008', kit, [newGuardianBindingTable(kit)]);
