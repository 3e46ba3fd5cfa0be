/** `audit`: what an auditor does with the log, read from the databases themselves: nobody who serves it need be believed. */
import { readFileSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { SUBGRAPH_NAMES, type SubgraphName } from '../../../kernel/graph/subgraph.ts';
import { ConfigError } from '../../../kernel/serve/config.ts';
import { entriesAfter, headsOf } from '../../../kernel/store/audit/reading.ts';
import { rootOf } from '../../../kernel/store/audit/roots.ts';
import { AUDIT_FAULT, verifyAudit } from '../../../kernel/store/audit/verify.ts';
import { EXIT } from '../ending.ts';
import { regionCode } from '../typed.ts';
import { inEach, type AuditLog } from './databases.ts';

const PAGE = 1000;

export function auditCommand(): Command {
  const audit = new Command('audit').description('审计日志 / the audit log');
  audit
    .command('verify')
    .description('逐条重算审计链，指出改动之处 / reckon every chain anew and say where it was tampered with')
    .argument('[subgraphs...]', '子图，默认全部 / subgraphs, all of them by default', names, [])
    .option('--roots <file>', '另行保存的链根 / roots kept elsewhere, as `audit roots` prints them', rootsIn)
    .action((subgraphs: SubgraphName[], { roots }: { roots?: Root[] }, command: Command) =>
      telling(command, () => verify(subgraphs, roots ?? [])),
    );
  audit
    .command('roots')
    .description('打印每条链的现状，应另行保存 / print where every chain stands; to be kept elsewhere')
    .argument('[subgraphs...]', '子图 / subgraphs', names, [])
    .action((subgraphs: SubgraphName[], _: unknown, command: Command) =>
      telling(command, () => inEach(subgraphs, printRoots)),
    );
  audit
    .command('export')
    .description('导出条目，每行一条 JSON / print entries, one JSON object a line')
    .argument('[subgraphs...]', '子图 / subgraphs', names, [])
    .option('--authority <code>', '某一机关的链 / the chain of one authority', regionCode)
    .option('--from <day>', '自该日零时（北京时间）/ from the beginning of this day in Beijing', day)
    .option('--until <day>', '至该日零时前 / before the beginning of this day', day)
    .action((subgraphs: SubgraphName[], wanted: Wanted, command: Command) =>
      telling(command, () => inEach(subgraphs, (log) => printEntries(log, wanted))),
    );
  return audit;
}

interface Wanted {
  readonly authority?: string;
  readonly from?: Date;
  readonly until?: Date;
}

async function verify(subgraphs: readonly SubgraphName[], roots: readonly Root[]): Promise<void> {
  let faulty = 0;
  await inEach(subgraphs, async ({ subgraph, store }) => {
    const given = roots.filter((root) => root.subgraph === subgraph);
    const { chains, links, faults } = await verifyAudit(store, given);
    faulty += faults.length;
    for (const { fault, authority, seq, entryId } of faults) {
      const place = [subgraph, authority, seq === null ? '' : `#${seq}`, entryId ?? '']
        .filter(Boolean)
        .join(' ');
      console.log(`${place}: ${fault}, ${AUDIT_FAULT[fault]}`);
    }
    const against = given.length > 0 ? `${given.length} roots` : 'no roots, so a cut end would not be seen';
    console.log(`${subgraph}: ${chains} chains, ${links} entries, ${faults.length} faults (${against})`);
  });
  if (faulty > 0) process.exitCode = EXIT.refused;
}

async function printRoots({ subgraph, store }: AuditLog): Promise<void> {
  for (const head of (await headsOf(store, store.reader)).values())
    console.log(JSON.stringify({ subgraph, ...rootOf(head) }));
}

async function printEntries({ subgraph, store }: AuditLog, wanted: Wanted): Promise<void> {
  for (let last: string | null = null; ;) {
    const page = await entriesAfter(store, store.reader, wanted, last, PAGE);
    for (const entry of page) console.log(JSON.stringify({ subgraph, ...entry }));
    if (page.length < PAGE) return;
    last = page.at(-1)!.id;
  }
}

const ROOT = z.object({
  subgraph: z.enum(SUBGRAPH_NAMES),
  authority: z.string(),
  day: z.string(),
  seq: z.number().int(),
  hash: z.string(),
});
type Root = z.infer<typeof ROOT>;

function rootsIn(file: string): Root[] {
  try {
    const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
    return lines.map((line) => ROOT.parse(JSON.parse(line)));
  } catch {
    throw new InvalidArgumentError('应为 audit roots 的输出。Expected a file that `audit roots` printed.');
  }
}

function names(name: string, before: SubgraphName[]): SubgraphName[] {
  const known = SUBGRAPH_NAMES.find((one) => one === name);
  if (!known) throw new InvalidArgumentError(`应为 ${SUBGRAPH_NAMES.join('、')}。Expected one of these.`);
  return [...before, known];
}

function day(text: string): Date {
  const at = new Date(`${text}T00:00:00+08:00`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(at.getTime()))
    throw new InvalidArgumentError('应为 YYYY-MM-DD。Expected YYYY-MM-DD.');
  return at;
}

async function telling(command: Command, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof ConfigError) return command.error(error.message, { exitCode: EXIT.stopped });
    throw error;
  }
}
