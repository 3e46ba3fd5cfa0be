import { normaliseRecordNumber } from '../../kernel/rules/record-number.ts';
import type { Row, SchoolDatabase } from './database.ts';
import { PUPIL_STATES, type Pupil, type PupilState } from './model.ts';

const NUMBER = 'pupil.number';

/** Changes of a pupil; what is left out stays as it is. */
export type PupilChange = Partial<Omit<Pupil, 'ref'>>;

export function pupils(db: SchoolDatabase) {
  const { keys } = db;
  const indexOf = (number: string) => keys.blindIndex(NUMBER, normaliseRecordNumber(number));
  const shown = (row: Row): Pupil => ({
    ref: row['ref'] as string,
    state: row['state'] as PupilState,
    number: row['number'] === null ? null : keys.unseal(NUMBER, row['number'] as Uint8Array),
    bornOn: row['born_on'] as string | null,
    takeOverId: row['take_over_id'] as string | null,
    recordId: row['record_id'] as string | null,
    status: row['status'] as string | null,
    admittedOn: row['admitted_on'] as string | null,
    receipt:
      row['receipt_text'] === null
        ? null
        : { text: row['receipt_text'] as string, jws: row['receipt_jws'] as string },
    code: row['code'] as string | null,
  });
  const found = (where: string, ...values: (string | number | Uint8Array)[]) =>
    db.rows(`SELECT * FROM pupil WHERE ${where}`, ...values).map(shown);

  return {
    /** False when the line, the number or the take-over is on the list already. */
    add({
      ref,
      state,
      number,
      bornOn,
      takeOverId,
    }: Pick<Pupil, 'ref' | 'state' | 'number' | 'bornOn' | 'takeOverId'>) {
      const sealed = number === null ? null : keys.seal(NUMBER, normaliseRecordNumber(number));
      const index = number === null ? null : indexOf(number);
      return (
        db.run(
          `INSERT INTO pupil (ref, state, number, number_index, born_on, take_over_id) VALUES (?, ?, ?, ?, ?, ?)
           ON CONFLICT DO NOTHING`,
          ...[ref, state, sealed, index, bornOn, takeOverId],
        ) === 1
      );
    },
    byRef: (ref: string): Pupil | null => found('ref = ?', ref)[0] ?? null,
    byTakeOver: (id: string): Pupil | null => found('take_over_id = ?', id)[0] ?? null,
    byNumber: (number: string): Pupil | null => found('number_index = ?', indexOf(number))[0] ?? null,
    all: (): Pupil[] => found('1 = 1 ORDER BY ref'),
    /** Those in the state about whom nothing is on its way, after a line of the list. */
    idle: (state: PupilState, after: string, limit: number): Pupil[] =>
      found('state = ? AND sending IS NULL AND ref > ? ORDER BY ref LIMIT ?', state, after, limit),
    /** Does the pupil stand so, with nothing on its way? */
    isIdle: (ref: string, state: PupilState): boolean =>
      found('ref = ? AND state = ? AND sending IS NULL', ref, state).length > 0,
    hold(refs: readonly string[], key: string | null): void {
      for (const ref of refs) db.run('UPDATE pupil SET sending = ? WHERE ref = ?', key, ref);
    },
    change(ref: string, change: PupilChange): void {
      const { number, receipt, ...plain } = change;
      const set: [string, string | Uint8Array | null][] = Object.entries(plain).map(([field, value]) => [
        field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
        value,
      ]);
      if (number != null) set.push(['number', keys.seal(NUMBER, number)], ['number_index', indexOf(number)]);
      if (receipt) set.push(['receipt_text', receipt.text], ['receipt_jws', receipt.jws]);
      const assignments = set.map(([column]) => `${column} = ?`).join(', ');
      db.run(`UPDATE pupil SET ${assignments} WHERE ref = ?`, ...set.map(([, value]) => value), ref);
    },
    /** How many stand where; nothing in it is anybody's. */
    counts(): Record<string, number> {
      const rows = db.rows('SELECT state, COUNT(*) AS n FROM pupil GROUP BY state');
      const by = new Map(rows.map((row) => [row['state'], Number(row['n'])]));
      return Object.fromEntries(
        PUPIL_STATES.flatMap((state) => (by.has(state) ? [[state, by.get(state)!]] : [])),
      );
    },
  };
}
export type Pupils = ReturnType<typeof pupils>;
