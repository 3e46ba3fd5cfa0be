import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { projectFile } from '../../kernel/paths.ts';
import { lifecyclePage } from '../../schema/lifecycle-page.ts';
import { RECORD_STATUS } from '../../subgraphs/records/model.ts';
import { edges, LIFECYCLE, PARTIES } from '../../subgraphs/records/rules/lifecycle.ts';
import { NEEDS } from '../../subgraphs/records/rules/needs.ts';

const page = readFileSync(projectFile('docs', 'lifecycle.md'), 'utf8');
const rowOf = (start: string) => page.split('\n').find((line) => line.startsWith(`| ${start} |`)) ?? '';

describe('The lifecycle page', () => {
  it('is printed from the table as it is', () => {
    expect(page).toBe(lifecyclePage());
  });

  it.each(Object.entries(RECORD_STATUS))('has the status %s in both languages', (status, { zh, en }) => {
    expect(rowOf(`\`${status}\``)).toContain(`| ${zh} | ${en} |`);
  });

  it.each(LIFECYCLE)(
    'has the act $action on $kind with its statuses, party, application and needs',
    (row) => {
      const { action, kind, from, to, by, application, needs, zh, en } = row;
      const words = [
        `${zh} / ${en} \`${action}\``,
        kind === null ? '–' : `\`${kind}\``,
        ...[...from, to].map((status) => (status === null ? '–' : `\`${status}\``)),
        `${PARTIES[by].zh} / ${PARTIES[by].en} \`${by}\``,
        application === null ? '–' : `\`${application}\``,
        ...needs.map((need) => `\`${need}\` ${NEEDS[need].zh} / ${NEEDS[need].en}`),
      ];
      const lines = page.split('\n').filter((line) => words.every((word) => line.includes(word)));
      expect(lines).toHaveLength(1);
    },
  );

  it('draws the edges of the table that lead from one status to another, and no other', () => {
    const drawn = [...page.matchAll(/^ {2}(\S+) --> (\S+): (\w+)$/gm)].map((match) =>
      match.slice(1, 4).join(' '),
    );
    const told = edges()
      .filter(({ from, to }) => from !== to)
      .map(({ action, from, to }) => `${from ?? '[*]'} ${to} ${action}`);
    expect(drawn).toEqual([...new Set(told)]);
  });
});
