import { Command, Option } from 'commander';
import { asking, tokenOf, type AskingFlags } from '../asking.ts';
import { GraphFault } from '../roster/graph-client.ts';
import { faultLine, LANGUAGES, type Language } from '../roster/report.ts';
import { summaryOf, writeReport } from './report.ts';
import { compareFile, UnreadablePupils } from './run.ts';

/** 0: both sides say the same. 1: they differ, or rows were refused. 2: the file cannot be read, or the graph asked. */
const EXIT = { agrees: 0, differs: 1, stopped: 2 } as const;

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
    .option('--school <code>', 'school of rows that name none; for an authority')
    .option('--partial', 'the file is not the whole roster: nobody is missing from it')
    .option('--result <file>', 'report row by row, .xlsx or .csv')
    .option('--json', 'print JSON')
    .addOption(new Option('--lang <language>', 'language of the messages').choices(LANGUAGES).default('both'))
    .action(async (file: string, flags: Flags) => {
      process.exitCode = await run(file, flags).catch((error: unknown) => stopped(error));
    });
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
  return lines.every(({ outcome }) => outcome === 'AGREES' || outcome === 'NO_PRESCHOOL_RECORD')
    ? EXIT.agrees
    : EXIT.differs;
}

/** In one line, without a stack and without what was in the file. */
function stopped(error: unknown): number {
  if (error instanceof UnreadablePupils)
    for (const fault of error.faults) console.error(faultLine(fault, 'both'));
  else if (error instanceof GraphFault) console.error(`${error.message}; run the same command again`);
  else console.error(error instanceof Error ? error.message : 'unknown fault');
  return EXIT.stopped;
}
