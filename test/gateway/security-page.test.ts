import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { projectFile } from '../../kernel/paths.ts';

const page = readFileSync(projectFile('docs', 'security.md'), 'utf8');
/** Rows of its tables, without the heads and the lines below them. */
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('|') && !/^\| (point|where|-)/.test(line) && !/^\|[ -]*-\|?/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()));

describe('docs/security.md', () => {
  it('has a test for every point of the GraphQL cheat sheet and of the ten', () => {
    expect(rows.length).toBeGreaterThan(30);
    for (const [, point, how, tests] of rows) {
      expect(how, point).not.toBe('');
      expect(tests, point).toMatch(/`test\/[\w/.-]+\.test\.ts` “.+”/);
    }
    const ten = Array.from({ length: 10 }, (_, i) => `API${i + 1} `);
    expect(ten.filter((point) => !rows.some(([, name]) => name?.startsWith(point)))).toEqual([]);
  });

  const named = [...page.matchAll(/`(test\/[\w/.-]+)` “([^”]*)”/g)].map(([, file, title]) => [file!, title!]);

  it.each(named)('%s has “%s”', (file, title) => {
    expect(existsSync(projectFile(file)), file).toBe(true);
    expect(title.length).toBeGreaterThan(3);
    expect(readFileSync(projectFile(file), 'utf8')).toContain(title);
  });
});
