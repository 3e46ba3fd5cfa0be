import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { projectFile } from '../kernel/paths.ts';

const page = readFileSync(projectFile('docs', 'coverage.md'), 'utf8');
/** The rows of its tables: number, rule, certainty, where, proved by. */
const rows = page
  .split('\n')
  .filter((line) => /^\| \d+ /.test(line))
  .map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim())); // prettier-ignore
const quoted = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, text]) => text!);

/** Files of a rule's enforcement; inside one subgraph's row its rooms are named alone. */
const FILE = /^(subgraphs|kernel|gateway|clients|data|rules|service)\/[\w./-]+$/;
const ROOTS = ['', 'subgraphs/records', 'subgraphs/institutions', 'subgraphs/primary-link'];
const named = rows.flatMap(([, rule, , where]) =>
  quoted(where!).filter((text) => FILE.test(text)).map((file) => [file, rule!] as const),
); // prettier-ignore

const all = (readdirSync(projectFile('test'), { recursive: true }) as string[])
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.test.ts'));

/** A test is `file`, `file: title`, or `title` of the file named before; `…` stands for what is left out. */
const TEST = /^([a-z][\w-]*(?:\/[\w-]+)*)(?:: (.+))?$/;
const tests = rows.flatMap(([, rule, , , proof]) => {
  let files: string[] = [];
  return quoted(proof!).map((text) => {
    const [, name, title] = TEST.exec(text) ?? [];
    const found = name === undefined ? [] : testFiles(name);
    if (found.length > 0 || title !== undefined) files = found;
    return { rule: rule!, text, files, title: found.length > 0 || title !== undefined ? title : text };
  });
});

function testFiles(name: string): string[] {
  return all.filter((file) => file === `${name}.test.ts` || file.startsWith(`${name}/`));
}

describe('docs/coverage.md', () => {
  it('has a place or a reason, and a proof or none, for every rule', () => {
    expect(rows.length).toBeGreaterThan(60);
    expect(rows.filter((row) => row.length !== 5 || row.slice(1, 2).includes('') || row[3] === '')).toEqual(
      [],
    );
    // Without a test is only what is no software, an assumption, or not built.
    const unproved = rows.filter(([, , , , proof]) => proof === '–').map(([, rule]) => rule);
    expect(unproved).toEqual([
      'The nation fixes the basic information',
      'Electronic first, paper only where needed',
      'There is no suspension 休学',
      'Regular verification 定期核验 by kindergarten and county',
      'Equipment, training and their funding',
      'Which letters preschool uses is not in the text',
    ]);
  });

  it.each(named)('%s is there: %s', (file) => {
    expect(ROOTS.some((root) => existsSync(projectFile(root, file)))).toBe(true);
  });

  it.each(tests)('$text is a test: $rule', ({ text, files, title }) => {
    expect(files, text).not.toEqual([]);
    if (title === undefined) return;
    const sources = files.map((file) => readFileSync(projectFile('test', file), 'utf8'));
    const parts = title.split('…').map((part) => part.trim().replace(/,$/, ''));
    expect(sources.some((source) => parts.every((part) => source.replace(/\\'/g, "'").includes(part)))).toBe(
      true,
    );
  });
});
