import { open, readFile, rename, type FileHandle } from 'node:fs/promises';
import { placed, type Fault, type FaultPlace } from './faults.ts';
import type { Outcome } from './outcome.ts';

/** What a run is about; a journal of anything else is laid aside, never continued. */
export interface JournalSubject {
  readonly fingerprint: string;
  readonly url: string;
  readonly institution: string | null;
}

/** What a run must keep on resuming, so that the same rows pass the checks and the same batches are cut. */
export interface JournalSettings {
  readonly today: string;
  readonly schoolYear: number;
  readonly batch: number;
}

interface Head extends JournalSubject, JournalSettings {
  readonly xuejiJournal: 1;
}

interface Line {
  readonly outcomes: readonly {
    row: number;
    outcome: Outcome['outcome'];
    faults: readonly Omit<Fault, 'row' | 'severity'>[];
    recordId: string | null;
  }[];
}

export function journalPath(file: string): string {
  return `${file}.xueji-journal.jsonl`;
}

/**
 * The diary of one import: a head, then one line per batch, on disk before the batch counts as done. Holds row
 * numbers, what was said of each row, and record ids; messages never carry what stood in a cell. A line cut short by a kill is as if never written.
 */
export class Journal {
  private tail: Promise<void> = Promise.resolve();

  private constructor(
    private readonly file: FileHandle,
    readonly settings: JournalSettings,
    readonly outcomes: ReadonlyMap<number, Outcome>,
  ) {}

  static async open(path: string, subject: JournalSubject, settings: JournalSettings): Promise<Journal> {
    const { head, lines, length } = await readJournal(path);
    if (head && isAbout(head, subject)) {
      const file = await open(path, 'a', 0o600);
      await file.truncate(length);
      return new Journal(file, head, outcomesOf(lines));
    }
    if (head) await rename(path, `${path}.old`);
    const journal = new Journal(await open(path, 'w', 0o600), settings, new Map());
    await journal.write({ xuejiJournal: 1, ...subject, ...settings } satisfies Head);
    return journal;
  }

  append(outcomes: readonly Outcome[]): Promise<void> {
    return this.write({
      outcomes: outcomes.map(({ row, outcome, faults, recordId }) => {
        return { row, outcome, faults: faults.map(said), recordId };
      }),
    } satisfies Line);
  }

  close(): Promise<void> {
    return this.file.close();
  }

  /** Lines are written one after the other, since two batches may end at once. */
  private write(line: Head | Line): Promise<void> {
    this.tail = this.tail.then(async () => {
      await this.file.appendFile(`${JSON.stringify(line)}\n`);
      await this.file.datasync();
    });
    return this.tail;
  }
}

async function readJournal(path: string): Promise<{ head: Head | null; lines: Line[]; length: number }> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const [head, ...lines] = whole
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Head | Line);
  const isHead = head !== undefined && 'xuejiJournal' in head;
  return { head: isHead ? head : null, lines: lines as Line[], length: Buffer.byteLength(whole) };
}

function isAbout(head: Head, { fingerprint, url, institution }: JournalSubject): boolean {
  return head.fingerprint === fingerprint && head.url === url && head.institution === institution;
}

function outcomesOf(lines: readonly Line[]): Map<number, Outcome> {
  const all = lines.flatMap(({ outcomes }) => outcomes);
  return new Map(
    all.map(({ row, outcome, faults, recordId }) => {
      return [
        row,
        { row, outcome, recordId, faults: faults.map((fault) => placed(fault, placeOf(row, fault))) },
      ];
    }),
  );
}

const said = ({ code, column, message, messageEn }: Fault) => ({ code, column, message, messageEn });

const placeOf = (row: number, { column }: Pick<Fault, 'column'>): FaultPlace =>
  column === null ? { row } : { row, column };
