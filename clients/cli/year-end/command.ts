import { randomUUID } from 'node:crypto';
import { Command, Option } from 'commander';
import { asking, promptly, tokenOf, type AskingFlags } from '../asking.ts';
import { EXIT, guarded } from '../ending.ts';
import { GraphFault } from '../roster/graph-client.ts';
import { LANGUAGES, type Language } from '../roster/report.ts';
import { day, id, idAndId, idAndText, institutionCode, schoolYear, type Pair } from '../typed.ts';
import { briefly, childLines, classLine, runLine, toldLine } from './lines.ts';
import { planOf } from './plan.ts';
import { runYearEnd } from './run.ts';
import { survey } from './survey.ts';
import { undoYearEnd } from './undo.ts';

interface Flags extends AskingFlags {
  readonly institution: string;
  readonly schoolYear: number;
  readonly to: readonly Pair[];
  readonly json?: boolean;
  readonly lang: Language;
}

interface RunFlags extends Flags {
  readonly exclude: readonly Pair[];
  readonly graduateOn?: string;
  readonly promoteOn?: string;
  readonly again?: boolean;
}

interface UndoFlags extends Pick<Flags, 'json' | 'lang'>, AskingFlags {
  readonly run?: string;
  readonly promotion: readonly Pair[];
  readonly reason?: string;
  readonly key?: string;
}

/** `year-end preview | run | undo`, to be added to the program. */
export function yearEndCommand(): Command {
  const yearEnd = new Command('year-end').description(
    '学年末：预览、办理、撤销 (the end of a school year: preview, run, undo)',
  );
  return yearEnd.addCommand(previewCommand()).addCommand(runCommand()).addCommand(undoCommand());
}

const previewCommand = () =>
  ofYear(new Command('preview'))
    .description(
      '逐班列出谁毕业、谁升班、谁留下及理由 (who graduates, goes on, stays, and why; nothing is changed)',
    )
    .action(guarded((flags: Flags) => preview(flags), told));

const runCommand = () =>
  ofYear(new Command('run'))
    .description(
      '设新班、毕业、升班；中断后重新运行即可继续 (open classes, graduate, promote; run again to resume)',
    )
    .option(
      '--graduate-on <day>',
      'first day the graduates are gone; the last day of the term when not given',
      day,
    )
    .option('--promote-on <day>', 'first day in the new classes; 1 September when not given', day)
    .option(
      '--exclude <record=reason>',
      'a child that does not graduate, and why; may be repeated',
      idAndText,
      [],
    )
    .option('--again', 'a further graduation, after one that was run')
    .action(guarded((flags: RunFlags) => run(flags), told));

const undoCommand = () =>
  said(new Command('undo'))
    .description('县级撤销毕业、升班 (take a graduation and promotions back, as the county)')
    .option('--run <id>', 'the graduation, as `run` printed it', id)
    .option(
      '--promotion <class=class>',
      'class ids: a class, and the one it went on to; may be repeated',
      idAndId,
      [],
    )
    .option('--reason <text>', 'why')
    .option('--key <key>', 'idempotency key, to repeat a run whose outcome is not known')
    .action(guarded((flags: UndoFlags) => undo(flags), told));

const ofYear = (command: Command) =>
  said(command)
    .requiredOption('--institution <code>', 'the kindergarten, by its code', institutionCode)
    .requiredOption('--school-year <year>', 'the school year that ends, e.g. 2026', schoolYear)
    .option(
      '--to <class=class>',
      'class ids: where a class goes on to, when its name does not tell',
      idAndId,
      [],
    );

const said = (command: Command) =>
  asking(command)
    .option('--json', 'print JSON')
    .addOption(
      new Option('--lang <language>', 'language of the messages').choices(LANGUAGES).default('both'),
    );

async function preview({ url, institution, schoolYear, to, json, lang, ...flags }: Flags): Promise<void> {
  const graph = await promptly({ url, ...flags });
  const found = await survey(graph, { institution, schoolYear });
  const plans = planOf(found, schoolYear, new Map(to.map(({ left, right }) => [left, right])));
  if (json) return console.log(JSON.stringify(plans.map(briefly), null, 2));
  for (const plan of plans) {
    console.log(classLine(plan));
    for (const child of plan.staying) for (const line of childLines(child, lang)) console.log(line);
  }
}

async function run({ url, exclude, to, json, lang, ...flags }: RunFlags): Promise<void> {
  const summary = await runYearEnd({
    ...flags,
    graph: { url, token: await tokenOf(flags) },
    exclude: exclude.map(({ left: recordId, right: reason }) => ({ recordId, reason })),
    to: to.map(({ left, right }) => ({ from: left, to: right })),
  });
  if (json) console.log(JSON.stringify(summary, null, 2));
  else {
    for (const told of [...summary.warnings, ...summary.refusals]) console.log(toldLine(told, lang));
    console.log(`opened ${summary.opened} classes; ${runLine(summary.run)}; moved ${summary.moved} children`);
  }
  process.exitCode = summary.refusals.length > 0 ? EXIT.refused : EXIT.fine;
}

async function undo({
  url,
  run = undefined,
  promotion,
  reason,
  key = randomUUID(),
  json,
  lang,
  ...flags
}: UndoFlags) {
  if (run === undefined && promotion.length === 0)
    throw new Error('--run or --promotion was expected, neither came');
  const promotions = promotion.map(({ left, right }) => ({ fromClassId: left, toClassId: right }));
  const graph = await promptly({ url, ...flags });
  const undone = await undoYearEnd(graph, { run: run ?? null, promotions, reason: reason ?? null, key });
  if (json) console.log(JSON.stringify(undone, null, 2));
  else {
    for (const told of [...undone.warnings, ...undone.refusals]) console.log(toldLine(told, lang));
    if (promotions.length > 0) console.log(`moved back ${undone.movedBack} children`);
    if (undone.run) console.log(runLine(undone.run));
  }
  process.exitCode = undone.refusals.length > 0 ? EXIT.refused : EXIT.fine;
}

const told = (error: Error): string[] => [
  error instanceof GraphFault
    ? `${error.message}; nothing done is lost, run the same command again to go on`
    : error.message,
];
