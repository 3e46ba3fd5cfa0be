import { Command, Option } from 'commander';
import { readRegionTree } from '../../../kernel/region-data.ts';
import { today } from '../../../kernel/rules/plain-date.ts';
import { asking, tokenOf, type AskingFlags } from '../asking.ts';
import { EXIT, guarded } from '../ending.ts';
import { progressTo } from '../progress.ts';
import { institutionCode, schoolYear, whole } from '../typed.ts';
import { BATCH_LIMIT } from './batches.ts';
import { checkRoster } from './check.ts';
import { isError } from './faults.ts';
import { GraphFault } from './graph-client.ts';
import { importRoster, UnreadableRoster, type ImportSummary } from './import.ts';
import { readRoster } from './read.ts';
import { faultLine, LANGUAGES, type Language } from './report.ts';
import { writeTemplate } from './template.ts';

interface CheckFlags {
  json?: boolean;
  lang: Language;
  sheet?: string;
  institution?: string;
}

interface ImportFlags extends CheckFlags, AskingFlags {
  result?: string;
  batch: number;
  schoolYear?: number;
}

/** `roster check | import | template`, to be added to the program. */
export function rosterCommand(): Command {
  const roster = new Command('roster').description(
    '花名册：核对、导入、模板 (rosters: check, import, template)',
  );
  roster.addCommand(checkCommand()).addCommand(importCommand()).addCommand(templateCommand());
  return roster;
}

function checkCommand(): Command {
  return reading(new Command('check'))
    .description('核对花名册，不发送任何内容 (check a roster; nothing is sent)')
    .action(guarded((file: string, flags: CheckFlags) => check(file, flags), told));
}

function importCommand(): Command {
  return asking(reading(new Command('import')))
    .description('导入花名册；中断后重新运行即可继续 (import a roster; run again to resume)')
    .option('--result <file>', 'result file, .xlsx or .csv')
    .option('--batch <rows>', `rows a request, at most ${BATCH_LIMIT}`, whole(1, BATCH_LIMIT), 100)
    .option('--school-year <year>', 'school year of the classes, e.g. 2026', schoolYear)
    .action(guarded((file: string, flags: ImportFlags) => bringIn(file, flags), told));
}

function templateCommand(): Command {
  return new Command('template')
    .description('生成空白花名册 (write an empty roster)')
    .option('--out <file>', '.xlsx or .csv', 'roster.xlsx')
    .action(
      guarded(async ({ out }: { out: string }) => {
        await writeTemplate(out);
        console.log(out);
      }),
    );
}

function reading(command: Command): Command {
  return command
    .argument('<file>', '.xlsx or .csv')
    .option('--sheet <name>', 'sheet to read; the first when not given')
    .option('--institution <code>', 'institution of rows that name none', institutionCode)
    .option('--json', 'print JSON')
    .addOption(
      new Option('--lang <language>', 'language of the messages').choices(LANGUAGES).default('both'),
    );
}

async function check(file: string, { json, lang, sheet, institution }: CheckFlags): Promise<void> {
  const roster = await readRoster(file, { sheet });
  const { candidates, faults } = checkRoster(roster, {
    today: today(new Date()),
    institution,
    isKnownRegion: knownRegions(),
  });
  const summary = { file, sheet: roster.sheet, rows: roster.rows.length, good: candidates.length, faults };
  if (json) console.log(JSON.stringify(summary, null, 2));
  else {
    for (const fault of faults) console.log(faultLine(fault, lang));
    console.log(`rows ${summary.rows}, good ${summary.good}, faults ${faults.filter(isError).length}`);
  }
  process.exitCode = !roster.readable ? EXIT.stopped : faults.some(isError) ? EXIT.refused : EXIT.fine;
}

async function bringIn(file: string, flags: ImportFlags): Promise<void> {
  const { url, batch, result, schoolYear, institution, sheet, json, lang } = flags;
  const token = await tokenOf(flags);
  const summary = await importRoster(
    {
      file,
      graph: { url, token },
      batch,
      result,
      schoolYear,
      institution,
      sheet,
      isKnownRegion: knownRegions(),
    },
    { progress: (rows) => progressTo(process.stderr, rows) },
  );
  report(summary, json ?? false, lang);
  process.exitCode = summary.refused > 0 ? EXIT.refused : EXIT.fine;
}

function report({ outcomes, ...summary }: ImportSummary, json: boolean, lang: Language): void {
  const { rowsIn, accepted, refused, resumed, resultFile } = summary;
  if (json) return console.log(JSON.stringify({ rowsIn, accepted, refused, resumed, resultFile }));
  const refusals = outcomes.filter(({ outcome }) => outcome === 'REFUSED').sort((a, b) => a.row - b.row);
  for (const fault of refusals.flatMap(({ faults }) => faults)) console.log(faultLine(fault, lang));
  console.log(
    `rows in ${rowsIn} = accepted ${accepted} + refused ${refused}; resumed ${resumed}; ${resultFile}`,
  );
}

/** Past and present: an abolished region is the graph's to warn of, with its successors. */
function knownRegions(): (code: string) => boolean {
  const codes = new Set(readRegionTree().map(({ code }) => code));
  return (code) => codes.has(code);
}

/** Without what was in the file. */
function told(error: Error): string[] {
  if (error instanceof UnreadableRoster) return error.faults.map((fault) => faultLine(fault, 'both'));
  if (!(error instanceof GraphFault)) return [error.message];
  return [`${error.message}; nothing decided is lost, run the same command again to go on`];
}
