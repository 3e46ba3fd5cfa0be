/** docs/primary-school.md: every example on it, as it stands there, against a graph. */
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { USER_ERRORS } from '../../../kernel/rules/user-errors.ts';
import { projectFile } from '../../../kernel/paths.ts';
import { bundled } from '../../support/bundled.ts';
import { embedded } from '../../support/databases.ts';
import { enrolled, openSchools, school, type Enrolled } from '../../support/schools.ts';
import { acts, openGardens } from '../../support/story.ts';
import { startWorld, type World } from '../../support/world.ts';

const PAGE = readFileSync(projectFile('docs', 'primary-school.md'), 'utf8');
const examples = new Map(
  [...PAGE.matchAll(/<!-- example: (\S+) -->\n\n```\w+\n(.*?)\n```\n/gs)].map(([, name, text]) => [
    name!,
    text!,
  ]),
);

// One story, in the order of the page.
describe('The page for primary schools', () => {
  const databases = embedded();
  let world: World;
  let dir: string;
  let child: Enrolled;

  /** Runs an example in a directory of its own; answers what it printed. */
  const run = (name: string, program: string, more: Record<string, string> = {}) =>
    new Promise<string>((resolve, reject) => {
      const env = {
        ...process.env,
        XUEJI_GATEWAY: world.url,
        NUMBER: child.number,
        BORN_ON: child.bornOn,
        ...more,
      };
      execFile(program, [join(dir, name)], { cwd: dir, env }, (error, out, err) =>
        error ? reject(new Error(`${name}: ${err}`)) : resolve(out.trim()),
      );
    });
  const takeOver = async () => {
    const { takeOvers } = await world.data<{ takeOvers: { nodes: { id: string }[] } }>(school, '{ takeOvers(first: 1) { nodes { id } } }'); // prettier-ignore
    return takeOvers.nodes[0]!.id;
  };

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'xueji-page-'));
    world = await startWorld({ databases, wiring: 'in one process' });
    const clerks = acts(world, await openGardens(world));
    await openSchools(world, [school.institution!]);
    [child] = (await enrolled(clerks, [1])) as [Enrolled];
    for (const [name, text] of examples) writeFileSync(join(dir, name), `${text}\n`);
    writeFileSync(join(dir, 'school.token'), `${await world.token(school)}\n`);
    writeFileSync(join(dir, 'number.txt'), child.number);
    cpSync(projectFile('clients', 'primary-school', 'operations.ts'), join(dir, 'operations.ts'));
  });
  afterAll(async () => {
    await world?.close();
    rmSync(dir, { recursive: true, force: true });
  });

  it('has six examples, and all of them are run below', () => {
    expect([...examples.keys()]).toEqual([
      'resolve.sh',
      'take-over.ts',
      'receipt.sh',
      'feed.py',
      'push.py',
      'cancel.sh',
    ]);
  });

  it('resolves with curl', async () => {
    expect(JSON.parse(await run('resolve.sh', 'sh'))).toMatchObject({
      data: { resolveNumber: { outcome: 'FOUND', currentNumber: child.number, status: 'IN_KINDERGARTEN' } },
    });
  });

  it('takes over in TypeScript whose types fit, and does it once however often it is run', async () => {
    const options: ts.CompilerOptions = {
      ...{ strict: true, noUncheckedIndexedAccess: true, noEmit: true, skipLibCheck: true, allowImportingTsExtensions: true },
      ...{ target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext, lib: ['lib.es2023.d.ts'], types: ['node'], typeRoots: [projectFile('node_modules', '@types')] },
    }; // prettier-ignore
    writeFileSync(join(dir, 'package.json'), '{"type":"module"}');
    symlinkSync(projectFile('node_modules'), join(dir, 'node_modules'));
    const program = ts.createProgram([join(dir, 'take-over.ts')], options);
    const faults = ts
      .getPreEmitDiagnostics(program)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
    expect(faults).toEqual([]);
    for (const name of ['take-over', 'operations']) {
      const { outputText } = ts.transpileModule(readFileSync(join(dir, `${name}.ts`), 'utf8'), {
        compilerOptions: {
          ...options,
          module: ts.ModuleKind.ESNext,
          noEmit: false,
          rewriteRelativeImportExtensions: true,
        },
      });
      writeFileSync(join(dir, `${name}.js`), outputText);
    }
    const first = await run('take-over.js', process.execPath);
    expect(JSON.parse(first)).toEqual({ state: 'ACKNOWLEDGED', holds: true, ofThisChild: true });
    expect(await run('take-over.js', process.execPath)).toBe(first);
  });

  it('checks the receipt with the command', async () => {
    // `npm run cli` builds first; the program is the same.
    const program = await bundled('clients/cli/main.ts', join(dir, 'cli'));
    const words = examples
      .get('receipt.sh')!
      .replace('npm run --silent cli --', `"${process.execPath}" "${program}"`);
    expect(words).not.toContain('npm');
    writeFileSync(join(dir, 'receipt.sh'), words);
    expect(JSON.parse(await run('receipt.sh', 'sh'))).toMatchObject({
      holds: true,
      school: school.institution,
    });
  });

  it('follows the feed in Python, once each however often it is run', async () => {
    const n = Number(await run('feed.py', 'python3'));
    expect(n).toBeGreaterThanOrEqual(2);
    expect(Number(await run('feed.py', 'python3'))).toBe(n);
  });

  it('is told by the pushed feed', async () => {
    const partitions = await Promise.all(
      ['0', '1', '2', '3'].map(async (partition) => {
        const { recordChanges } = await world.data<{ recordChanges: { changes: unknown[] } }>(school, `{ recordChanges(partition: ${partition}, first: 1) { changes { id } } }`); // prettier-ignore
        return recordChanges.changes.length > 0 ? [partition] : [];
      }),
    );
    const [partition] = partitions.flat();
    expect(await run('push.py', 'python3', { PARTITION: partition! })).toContain('something is there after');
  });

  it('cancels with curl', async () => {
    const more = { KEY: 'undo-1', TAKE_OVER: await takeOver() };
    const undone = {
      data: { cancelTakeOver: { takeOver: { state: 'CANCELLED', endReason: 'BY_SCHOOL' }, userErrors: [] } },
    };
    expect(JSON.parse(await run('cancel.sh', 'sh', more))).toEqual(undone);
    expect(JSON.parse(await run('cancel.sh', 'sh', more))).toEqual(undone);
  });

  it('speaks of codes, commands and pages that there are', () => {
    const own = [...PAGE.matchAll(/`((?:TAKE_OVER|NO_PRESCHOOL|IDEMPOTENCY)_[A-Z_]+)`/g)].map(
      ([, code]) => code!,
    );
    expect(own.filter((code) => !(code in USER_ERRORS) && code !== 'NO_PRESCHOOL_RECORD')).toEqual([]);
    const links = [...PAGE.matchAll(/\]\(([^)#]+)\)/g)].map(([, path]) => path!);
    expect(links.filter((path) => !existsSync(projectFile('docs', path)))).toEqual([]);
    const scripts = (JSON.parse(readFileSync(projectFile('package.json'), 'utf8')) as { scripts: object })
      .scripts;
    const named = [...PAGE.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, name]) => name!);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});
