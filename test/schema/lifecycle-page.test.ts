import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { projectFile } from '../../kernel/paths.ts';
import { lifecyclePage } from '../../schema/lifecycle-page.ts';
import { RECORD_STATUS } from '../../subgraphs/records/model.ts';
import { LIFECYCLE, PARTIES } from '../../subgraphs/records/rules/lifecycle.ts';
import { NEED_WORDS } from '../../subgraphs/records/rules/need-words.ts';

const page = readFileSync(projectFile('docs', 'lifecycle.md'), 'utf8');
const rowOf = (start: string) => page.split('\n').find((line) => line.startsWith(`| ${start} |`)) ?? '';

describe('The lifecycle page', () => {
  it('is printed from the table as it is', () => {
    expect(page).toBe(lifecyclePage());
  });

  it.each(Object.entries(RECORD_STATUS))('has the status %s in both languages', (status, { zh, en }) => {
    expect(rowOf(`\`${status}\``)).toContain(`| ${zh} | ${en} |`);
  });

  it.each(LIFECYCLE)('has the act $action with its statuses, party, application and needs', (row) => {
    const { action, from, to, toIfNumbered, by, application, needs, zh, en } = row;
    const line = rowOf(`${zh} / ${en} \`${action}\``);
    const words = [
      ...[...from, to, toIfNumbered ?? to].map((status) => (status === null ? '–' : `\`${status}\``)),
      `${PARTIES[by].zh} / ${PARTIES[by].en} \`${by}\``,
      application === null ? '–' : `\`${application}\``,
      ...needs.map((need) => `\`${need}\` ${NEED_WORDS[need].zh} / ${NEED_WORDS[need].en}`),
    ];
    expect(words.filter((word) => !line.includes(word))).toEqual([]);
  });

  it('draws the edges of the table, and no other', () => {
    const drawn = [...page.matchAll(/^ {2}(\S+) --> (\S+): (\w+)$/gm)].map((match) =>
      match.slice(1, 4).join(' '),
    );
    const told = LIFECYCLE.flatMap(({ action, from, to, toIfNumbered }) =>
      from.flatMap((start) =>
        [...new Set([to, toIfNumbered ?? to])].map((end) => `${start ?? '[*]'} ${end} ${action}`),
      ),
    );
    expect(drawn).toEqual(told);
  });
});
