import type { RecordStore } from '../../../subgraphs/records/store/store.ts';

/**
 * The same store for two who act at once: each has looked at everything before either writes, then one writes, then
 * the other. What the loser does next goes through undisturbed.
 */
export function inThisOrder(store: RecordStore): { first: RecordStore; second: RecordStore } {
  const looked = { first: latch(), second: latch() };
  const written = latch();
  const gate = (arrive: () => void, wait: Promise<unknown>, leave: () => void): RecordStore => ({
    ...store,
    async transaction(work) {
      arrive();
      await wait;
      try {
        return await store.transaction(work);
      } finally {
        leave();
      }
    },
  });
  return {
    first: gate(looked.first.open, looked.second.opened, written.open),
    second: gate(looked.second.open, Promise.all([looked.first.opened, written.opened]), () => undefined),
  };
}

function latch() {
  let open!: () => void;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
}

/** The same store, where somebody else acts once, between the reading of the records and what is read next. */
export function afterRecordsAreRead(store: RecordStore, act: () => Promise<unknown>): RecordStore {
  const { reader, tables } = store;
  let acted = false;
  const rows: typeof reader.rows = async (table, tail) => {
    const found = await reader.rows(table, tail);
    if ((table as unknown) === tables.record && !acted) {
      acted = true;
      await act();
    }
    return found;
  };
  return { ...store, reader: Object.assign(Object.create(reader) as typeof reader, { rows }) };
}
