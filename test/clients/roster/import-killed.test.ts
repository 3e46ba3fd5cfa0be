import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { importRoster } from '../../../clients/cli/roster/import.ts';
import { journalPath } from '../../../clients/cli/roster/journal.ts';
import { FakeGraph } from './fake-graph.ts';
import { goodRow, INSTITUTION, xlsxFile } from './support.ts';

const MODULE = fileURLToPath(new URL('../../../clients/cli/roster/import.ts', import.meta.url));
const ROWS = 40;

/** The import in a process of its own, so that it can be killed; vite loads the TypeScript as it is. */
const CHILD = `
  const { runnerImport } = await import('vite');
  const { module } = await runnerImport(process.env.MODULE, { configFile: false, logLevel: 'silent' });
  await module.importRoster(JSON.parse(process.env.OPTIONS));
`;

test.each(['registerChildren', 'submitEnrolments'] as const)(
  'an import killed while its fifth %s is on the way goes on without losing or doubling a row',
  async (act) => {
    const graph = await FakeGraph.start();
    const file = await xlsxFile(Array.from({ length: ROWS }, (_, at) => goodRow(at + 2)));
    const asking = { url: graph.url, token: 'a-token', pauseMs: 1 };
    const options = { file, graph: asking, institution: INSTITUTION, batch: 4 };
    const child = spawn(process.execPath, ['--input-type=module', '-e', CHILD], {
      env: { ...process.env, MODULE, OPTIONS: JSON.stringify(options) },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    let seen = 0;
    // The graph has done its work when the client dies: the worst moment, since nobody was told.
    graph.mishap = (asked) => {
      if (asked.act !== act || ++seen !== 5) return undefined;
      child.kill('SIGKILL');
      return 'DROP_AFTER';
    };
    await once(child, 'exit');
    expect(child.signalCode).toBe('SIGKILL');
    graph.mishap = () => undefined;
    // A line that was being written when the process died.
    await appendFile(journalPath(file), '{"outcomes":[{"row":2,');
    const summary = await importRoster(options);
    expect(summary).toMatchObject({ rowsIn: ROWS, accepted: ROWS, refused: 0 });
    expect(summary.resumed).toBeGreaterThanOrEqual(8);
    expect(new Set(graph.enrolments).size).toBe(ROWS);
    expect(graph.enrolments).toHaveLength(ROWS);
    const lines = (await readFile(journalPath(file), 'utf8')).trim().split('\n');
    expect(() => lines.map((line) => JSON.parse(line) as unknown)).not.toThrow();
    expect(lines).toHaveLength(1 + ROWS / 4);
  },
);
