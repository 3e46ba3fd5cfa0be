#!/usr/bin/env node
/** conformance: forty cases an integrator runs against a gateway. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { runProgram } from '../cli/ending.ts';
import { address } from '../cli/typed.ts';
import { CASES } from './cases.ts';
import { readChildren } from './children.ts';
import { Party } from './party.ts';
import { FILES, prepare } from './prepare.ts';
import { htmlReport, jsonReport, reportOf } from './report.ts';
import { runCases } from './run.ts';

/** 0: all passed. 1: some did not. 2: it could not be run. */
const EXIT = { passed: 0, failed: 1, stopped: 2 } as const;

interface Flags {
  readonly gateway: string;
  readonly dir: string;
  readonly tokenFile?: string;
  readonly rivalTokenFile?: string;
  readonly kindergartenTokenFile?: string;
  readonly children?: string;
  readonly report?: string;
  readonly only?: string[];
}

const GATEWAY = ['--gateway <url>', 'GraphQL address', address, 'http://localhost:4000/graphql'] as const;
const DIR = ['--dir <dir>', 'where tokens, children and reports are', './var/conformance'] as const;

const program = new Command('conformance').description(
  '小学系统对接验证 / proves a primary-school client and its gateway',
);
program
  .command('run', { isDefault: true })
  .description('逐项验证，写出 HTML 与 JSON 报告 (runs the cases, writes report.html and report.json)')
  .option(...GATEWAY)
  .option(...DIR)
  .option('--token-file <file>', 'of the school that integrates')
  .option('--rival-token-file <file>', 'of a second primary school')
  .option('--kindergarten-token-file <file>', 'of the kindergarten the children are in')
  .option('--children <file>', 'children of the trial, JSON')
  .option('--report <dir>', 'where the reports go; the directory of the trial where left out')
  .option('--only <id...>', 'only these cases')
  .action(guarded(run));
program
  .command('prepare')
  .description(
    '为开发环境备好令牌与虚构儿童 (makes tokens and invented children, for a graph run by npm start)',
  )
  .option(...GATEWAY)
  .option(...DIR)
  .action(
    guarded(async ({ gateway, dir }) => {
      const n = await prepare(gateway, process.env['DATA_DIR'] ?? './var', dir);
      console.log(`${n} 名虚构儿童与三个令牌已备于 / ${n} invented children and three tokens are in ${dir}`);
      return EXIT.passed;
    }),
  );
await runProgram(program);

async function run(flags: Flags): Promise<number> {
  const { gateway, dir } = flags;
  const token = (given: string | undefined, name: string) =>
    readFileSync(given ?? join(dir, name), 'utf8').trim();
  const parties = {
    school: new Party(gateway, token(flags.tokenFile, FILES.token)),
    rival: new Party(gateway, token(flags.rivalTokenFile, FILES.rival)),
    garden: new Party(gateway, token(flags.kindergartenTokenFile, FILES.garden), false),
  };
  const children = readChildren(flags.children ?? join(dir, FILES.children));
  const cases = CASES.filter(({ id }) => flags.only?.includes(id) ?? true);
  const outcomes = await runCases(cases, children, parties, ({ case: { id, title }, passed }) =>
    console.log(`${passed ? '✓' : '✗'} ${id}  ${title.zh} / ${title.en}`),
  );
  const report = reportOf(gateway, outcomes);
  const into = flags.report ?? dir;
  mkdirSync(into, { recursive: true });
  writeFileSync(join(into, 'report.json'), jsonReport(report));
  writeFileSync(join(into, 'report.html'), htmlReport(report));
  console.log(
    `${report.passed} 项通过 / passed, ${report.failed} 项未通过 / failed: ${join(into, 'report.html')}`,
  );
  return report.failed > 0 ? EXIT.failed : EXIT.passed;
}

function guarded(work: (flags: Flags) => Promise<number>) {
  return async (flags: Flags) => {
    try {
      process.exitCode = await work(flags);
    } catch (error) {
      console.error(`停止 stopped: ${(error as Error).message}`);
      process.exitCode = EXIT.stopped;
    }
  };
}
