import { Unzip, UnzipInflate, unzipSync } from 'fflate';
import { SheetScanner, type SheetScan } from './xlsx-scan.ts';

export const UNPACKED_LIMIT_MB = 200;
const MEGABYTE = 1024 * 1024;
const CHUNK = 64 * 1024;

export interface SheetPlace {
  readonly name: string;
  /** The sheet's number as read-excel-file counts them, from 1. */
  readonly position: number;
  readonly path: string;
}

/** The package unpacks to more than the limit: a zip bomb, or a sheet nobody can work with. */
export class UnpacksTooLarge extends Error {
  constructor(readonly megabytes: number) {
    super(`unpacks to more than ${UNPACKED_LIMIT_MB} MB`);
  }
}

/**
 * The sheets of a package, in the order of its tabs. Looks only at the zip directory and two small parts.
 * Throws UnpacksTooLarge on what the directory admits, and fflate's error where the bytes are no zip.
 */
export function sheetsOf(bytes: Uint8Array): SheetPlace[] {
  let size = 0;
  const parts = unzipSync(bytes, {
    filter: ({ name, originalSize }) => {
      size += originalSize;
      return /^xl\/(workbook\.xml|_rels\/workbook\.xml\.rels)$/.test(name) && originalSize < MEGABYTE;
    },
  });
  if (size > UNPACKED_LIMIT_MB * MEGABYTE) throw new UnpacksTooLarge(Math.ceil(size / MEGABYTE));
  const part = (name: string) => new TextDecoder().decode(parts[name] ?? new Uint8Array());
  return places(part('xl/workbook.xml'), part('xl/_rels/workbook.xml.rels'));
}

/**
 * Walks one sheet's XML for what read-excel-file does not tell: merges, formulas and the last filled row.
 * Unpacks the whole package piece by piece on the way, because a directory can lie about sizes.
 */
export function scanSheet(bytes: Uint8Array, path: string): SheetScan {
  const scanner = new SheetScanner();
  let size = 0;
  const unzip = new Unzip((file) => {
    const decoder = file.name === path ? new TextDecoder() : null;
    file.ondata = (error, chunk, final) => {
      if (error) throw error;
      size += chunk.length;
      if (size > UNPACKED_LIMIT_MB * MEGABYTE) throw new UnpacksTooLarge(Math.ceil(size / MEGABYTE));
      if (decoder) scanner.push(decoder.decode(chunk, { stream: !final }));
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  for (let at = 0; at < bytes.length; at += CHUNK) {
    unzip.push(bytes.subarray(at, at + CHUNK), at + CHUNK >= bytes.length);
  }
  return scanner.result;
}

function places(workbook: string, relations: string): SheetPlace[] {
  const targets = new Map(
    elements(relations, 'Relationship').map((tag) => [attribute(tag, 'Id'), attribute(tag, 'Target')]),
  );
  return elements(workbook, 'sheet').map((tag, at) => ({
    name: attribute(tag, 'name'),
    position: at + 1,
    path: partPath(targets.get(attribute(tag, '\\w+:id')) ?? ''),
  }));
}

function partPath(target: string): string {
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`;
}

function elements(xml: string, name: string): string[] {
  return xml.match(new RegExp(`<(?:\\w+:)?${name}\\s[^>]*>`, 'g')) ?? [];
}

function attribute(tag: string, name: string): string {
  return new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
}
