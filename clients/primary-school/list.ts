/** The school's list of newcomers: a CSV file with `ref,number,bornOn`. */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { isPlainDate } from '../../kernel/rules/plain-date.ts';
import type { Pupils } from './pupils.ts';

export interface Added {
  readonly added: number;
  /** Were on the list before: the same line, or the same number under another. */
  readonly known: number;
}

/** Throws, with the line but not what stands in it, where a line is not whole; then nobody of the file is added. */
export function readList(file: string): { ref: string; number: string; bornOn: string }[] {
  const rows = parse<Record<string, string>>(readFileSync(file, 'utf8'), { columns: true, bom: true, trim: true, skip_empty_lines: true }); // prettier-ignore
  return rows.map(({ ref, number, bornOn }, i) => {
    if (!ref || !number || !isPlainDate(bornOn ?? ''))
      throw new Error(`line ${i + 2}: ref, number and bornOn (YYYY-MM-DD) were expected`);
    return { ref, number, bornOn: bornOn! };
  });
}

/** Whose preschool record was found since: `ref,number,bornOn,schoolNumber`, the last being the number the school has given. */
export interface LateLine {
  readonly ref: string;
  readonly number: string;
  readonly bornOn: string;
  readonly schoolNumber: string;
}

export function readLateList(file: string): LateLine[] {
  const rows = parse<Record<string, string>>(readFileSync(file, 'utf8'), { columns: true, bom: true, trim: true, skip_empty_lines: true }); // prettier-ignore
  return readList(file).map((line, i) => {
    const { schoolNumber } = rows[i]!;
    if (!schoolNumber) throw new Error(`line ${i + 2}: schoolNumber was expected`);
    return { ...line, schoolNumber };
  });
}

export function enrol(pupils: Pupils, lines: ReturnType<typeof readList>): Added {
  const added = lines.filter((line) => pupils.add({ ...line, state: 'NEW', takeOverId: null })).length;
  return { added, known: lines.length - added };
}
