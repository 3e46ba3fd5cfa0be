/** Primary schools as their operators run them: processes with a database, keys and a token file of their own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pupil } from '../../clients/primary-school/model.ts';
import { openSchool, type OpenSchool } from '../../clients/primary-school/school.ts';
import { bundled } from '../support/bundled.ts';
import type { Enrolled } from '../support/schools.ts';

export interface Ran {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly err: string;
  /** What it printed last. */
  readonly said: unknown;
}

export interface SchoolAlone {
  readonly code: string;
  readonly dir: string;
  /** Puts children on its list, by names of its own. */
  enrol(children: readonly (Enrolled & { readonly ref: string })[]): Promise<unknown>;
  /** The same without a process: while none is at work, and in less time. */
  put(children: readonly (Enrolled & { readonly ref: string })[]): void;
  /** A command with its options, as a process of its own. */
  run(command: string, options?: readonly string[], started?: (child: ChildProcess) => void): Promise<Ran>;
  pupils(): readonly Pupil[];
}

export async function schoolsAlone() {
  const root = mkdtempSync(join(tmpdir(), 'xueji-schools-'));
  const program = await bundled('clients/primary-school/main.ts', join(root, 'program'));
  const open = (code: string, url: string, token: string): SchoolAlone => {
    const dir = join(root, code);
    mkdirSync(dir, { recursive: true });
    const tokenFile = join(dir, 'token');
    writeFileSync(tokenFile, token);
    const run: SchoolAlone['run'] = async (command, options = [], started) => {
      const asking = ['--dir', dir, '--url', url, '--token-file', tokenFile, '--batch', '20'];
      const child = spawn(process.execPath, [program, command, ...asking, ...options], {
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let [out, err] = ['', ''];
      child.stdout.on('data', (part: Buffer) => (out += part.toString()));
      child.stderr.on('data', (part: Buffer) => (err += part.toString()));
      started?.(child);
      await once(child, 'close');
      const last = out.trim().split('\n').at(-1) ?? '';
      return {
        code: child.exitCode,
        signal: child.signalCode,
        err,
        said: last === '' ? null : JSON.parse(last),
      };
    };
    const opened = <T>(work: (one: OpenSchool) => T): T => {
      const one = openSchool({ dir, url });
      try {
        return work(one);
      } finally {
        one.db.close();
      }
    };
    return {
      code,
      dir,
      run,
      async enrol(children) {
        const file = join(dir, 'list.csv');
        const lines = children.map(({ ref, number, bornOn }) => `${ref},${number},${bornOn}`);
        writeFileSync(file, ['ref,number,bornOn', ...lines, ''].join('\n'));
        const ran = await run('enrol', [file]);
        if (ran.code !== 0) throw new Error(ran.err);
        return ran.said;
      },
      put: (children) =>
        opened((one) =>
          children.forEach((child) => one.pupils.add({ ...child, state: 'NEW', takeOverId: null })),
        ),
      pupils: () => opened((one) => one.pupils.all()),
    };
  };
  return { open, close: () => rmSync(root, { recursive: true, force: true, maxRetries: 5 }) };
}
