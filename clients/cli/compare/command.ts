import { Command, Option } from 'commander';
import { asking, tokenOf, type AskingFlags } from '../asking.ts';
import { EXIT, guarded } from '../ending.ts';
import { GraphFault } from '../roster/graph-client.ts';
import { faultLine, LANGUAGES, type Language } from '../roster/report.ts';
import { institutionCode } from '../typed.ts';
import { summaryOf, writeReport } from './report.ts';
import { compareFile, UnreadablePupils } from './run.ts';

interface Flags extends AskingFlags {
  readonly sheet?: string;
  readonly school?: string;
  readonly partial?: boolean;
  readonly result?: string;
  readonly json?: boolean;
  readonly lang: Language;
}

/** `compare FILE`: a K-12 roster against the records, to be added to the program. */
export function compareCommand(): Command {
  return asking(new Command('compare'))
    .description('比对中小学花名册，差异转有关幼儿园或区县 (compare a K-12 roster; differences become cases)')
    .argument('<file>', '.xlsx or .csv')
    .option('--sheet <name>', 'sheet to read; the first when not given')
    .option('--school <code>', 'school of rows that name none; for an authority', institutionCode)
    .option('--partial', 'the file is not the whole roster: nobody is missing from it')
    .option('--result <file>', 'report row by row, .xlsx or .csv')
    .option('--json', 'print JSON')
    .addOption(new Option('--lang <language>', 'language of the messages').choices(LANGUAGES).default('both'))
    .action(guarded((file: string, flags: Flags) => run(file, flags), told));
}

async function run(file: string, { url, sheet, school, partial, result, json, lang, ...rest }: Flags) {
  const lines = await compareFile({
    ...{ file, sheet, school, partial },
    graph: { url, token: await tokenOf(rest) },
  });
  if (result !== undefined) await writeReport(result, lines);
  const summary = summaryOf(lines);
  if (json === true) console.log(JSON.stringify(summary, null, 2));
  else {
    for (const fault of lines.flatMap(({ faults }) => faults)) console.log(faultLine(fault, lang));
    for (const [word, n] of Object.entries({ ...summary.outcomes, ...summary.differences }))
      console.log(`${word}\t${n}`);
    console.log(`rows ${summary.rows}, missing ${summary.missing}`);
  }
  const agrees = lines.every(({ outcome }) => outcome === 'AGREES' || outcome === 'NO_PRESCHOOL_RECORD');
  process.exitCode = agrees ? EXIT.fine : EXIT.refused;
}

/** Without what was in the file. */
function told(error: Error): string[] {
  if (error instanceof UnreadablePupils) return error.faults.map((fault) => faultLine(fault, 'both'));
  return [error instanceof GraphFault ? `${error.message}; run the same command again` : error.message];
}
