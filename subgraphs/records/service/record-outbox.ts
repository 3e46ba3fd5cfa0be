import { newId } from '../../../kernel/store/ids.ts';
import type { Record, RecordChange, RecordEvent } from '../model.ts';
import { changeFacts } from '../rules/record-change.ts';

/** What the K-12 side is to be told of a line of history; nothing, where it does not concern it. */
export function toldOf(before: Record | null, after: Record, event: RecordEvent): RecordChange[] {
  const { recordId, seq, at, type, effectiveOn } = event;
  const facts = changeFacts(before, after, type, effectiveOn);
  return facts === null ? [] : [{ id: newId(), recordId, seq, at, facts, deliveredAt: null }];
}
