import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../kernel/paths.ts';

/** The national figures a demonstration county is shaped by; counts in persons and institutions, not in 10,000. */
export interface NationalFigures {
  readonly kindergartens: number;
  readonly children: number;
  readonly counties: number;
  /** Parts of one. */
  readonly privateKindergartens: number;
  readonly privateChildren: number;
  readonly meanClassSize: number;
  /** Births by calendar year, in 10,000. */
  readonly births: ReadonlyMap<number, number>;
}

type Row = Readonly<Record<string, string>>;

/** Reads data/statistics: the newest year with kindergartens and children, the class size of the last full table. */
export function readNationalFigures(
  directory: string = join(projectRoot(), 'data', 'statistics'),
): NationalFigures {
  const read = (name: string) => rowsOf(readFileSync(join(directory, name), 'utf8'));
  const series = read('national-series.csv');
  const newest = series.findLast((row) => row['kindergartens_10k'] !== '')!;
  const kindergartens = number(newest, 'kindergartens_10k');
  const children = number(newest, 'children_10k');
  const nation = read('provinces-2020.csv').find((row) => row['region_code'] === 'TOTAL')!;
  const figures = new Map(read('reference-figures.csv').map((row) => [row['figure'], number(row, 'value')]));
  return {
    kindergartens: kindergartens * 10_000,
    children: children * 10_000,
    counties: figures.get('counties')!,
    privateKindergartens: figures.get('private_kindergartens_10k')! / kindergartens,
    privateChildren: figures.get('private_children_10k')! / children,
    meanClassSize: (number(nation, 'children_10k') * 10_000) / number(nation, 'classes'),
    births: new Map(series.map((row) => [number(row, 'year'), number(row, 'births_10k')])),
  };
}

/**
 * Children of a September-to-August cohort, as a weight: a third of the births of the year it begins in and two
 * thirds of the year it ends in. Beyond the series its newest year stands in.
 */
export function cohortWeight({ births }: NationalFigures, cohort: number): number {
  const newest = Math.max(...births.keys());
  const bornIn = (year: number) => births.get(Math.min(year, newest)) ?? births.get(newest)!;
  return bornIn(cohort - 1) / 3 + (bornIn(cohort) * 2) / 3;
}

/** Plain files of our own: no quotes, no commas inside a cell. */
function rowsOf(csv: string): Row[] {
  const [header, ...lines] = csv.trim().split(/\r?\n/);
  const names = header!.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(names.map((name, at) => [name, cells[at] ?? '']));
  });
}

function number(row: Row, name: string): number {
  const value = Number(row[name]);
  if (row[name] === '' || !Number.isFinite(value))
    throw new Error(`A number was expected in column ${name} of the statistics.`);
  return value;
}
