import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { cellAddress, type CellValue } from './cells.ts';
import { fault, type Fault } from './faults.ts';
import { ROW_LIMIT } from './limits.ts';
import { scanSheet, sheetsOf, UnpacksTooLarge, UNPACKED_LIMIT_MB } from './xlsx-package.ts';
import type { SheetScan } from './xlsx-scan.ts';

/** Rectangle of cells a structural fault covers; rows and columns from 1, both ends included. */
export interface Spot {
  readonly code: 'MERGED_CELL' | 'FORMULA';
  readonly range: string;
  readonly from: { row: number; column: number };
  readonly to: { row: number; column: number };
}

export interface XlsxGrid {
  readonly sheet: string;
  readonly rows: CellValue[][];
  readonly spots: Spot[];
}

/**
 * One sheet of a workbook (the first, or the one named) as rows of values, with the places of merges and
 * formulas. Comes back as faults when the file is no workbook, too large unpacked, or has too many rows.
 */
export async function readXlsx(bytes: Uint8Array, sheet?: string): Promise<XlsxGrid | Fault[]> {
  try {
    const place = sheetsOf(bytes).find(({ name }) => sheet === undefined || name === sheet);
    if (!place) return [fault('FILE_NOT_READABLE')];
    const scan = scanSheet(bytes, place.path);
    if (scan.lastFilledRow > ROW_LIMIT + 1) {
      return [fault('FILE_TOO_MANY_ROWS', {}, { max: ROW_LIMIT, got: scan.lastFilledRow - 1 })];
    }
    return { sheet: place.name, rows: await readInWorker(bytes, place.position), spots: spotsOf(scan) };
  } catch (error) {
    return [unreadable(error)];
  }
}

function unreadable(error: unknown): Fault {
  return error instanceof UnpacksTooLarge
    ? fault('FILE_TOO_LARGE', {}, { max: UNPACKED_LIMIT_MB, got: error.megabytes })
    : fault('FILE_NOT_READABLE');
}

export function spotFault(spot: Spot, row: number, column?: string): Fault {
  return fault(spot.code, { row, ...(column === undefined ? {} : { column }) }, { range: spot.range });
}

function spotsOf({ merges, formulas }: SheetScan): Spot[] {
  const merged = merges.flatMap((range): Spot[] => {
    const [from, to] = range.split(':').map(cellAddress);
    return from ? [{ code: 'MERGED_CELL', range, from, to: to ?? from }] : [];
  });
  return [...merged, ...formulas.map((at): Spot => ({ code: 'FORMULA', range: '', from: at, to: at }))];
}

/**
 * The worker is a line of source, not a file of its own: a worker file would have to be TypeScript for the
 * tests and JavaScript for the build. It stands apart so that a sheet that eats memory ends a worker only.
 */
const READER = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { readSheet } = require(workerData.library);
  readSheet(Buffer.from(workerData.bytes), workerData.position).then((rows) => parentPort.postMessage(rows));
`;

function readInWorker(bytes: Uint8Array, position: number): Promise<CellValue[][]> {
  const library = createRequire(import.meta.url).resolve('read-excel-file/node');
  const worker = new Worker(READER, {
    eval: true,
    // Flags of the main thread (--input-type, --require) would change what these lines mean.
    execArgv: [],
    workerData: { library, bytes, position },
    resourceLimits: { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 16 },
  });
  return new Promise((resolve, reject) => {
    worker.once('message', resolve).once('error', reject);
    worker.once('exit', () => reject(new Error('the sheet could not be read')));
  });
}
