import { randomUUID } from 'node:crypto';
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { asking, promptly, type AskingFlags } from '../asking.ts';
import { EXIT, guarded } from '../ending.ts';
import { ask } from '../roster/graph-client.ts';
import type { Refusal } from '../roster/operations.ts';
import { LANGUAGES, type Language } from '../roster/report.ts';
import { id } from '../typed.ts';
import { EVIDENCE_KINDS, PROBLEM_ANSWERS, PROBLEM_KINDS, PROBLEM_RULINGS, PROBLEM_STATES } from '../words.ts'; // prettier-ignore
import { ANSWER, LIST, RULE, type ActAnswer, type ListAnswer, type Problem } from './operations.ts';

interface CommonFlags extends AskingFlags {
  readonly json?: boolean;
  readonly lang: Language;
}

interface ListFlags extends CommonFlags {
  readonly mine?: boolean;
  readonly overdue?: boolean;
  readonly state?: string;
  readonly kind?: string;
}

interface Paper {
  readonly kind: string;
  readonly reference: string;
  readonly digest: string;
}

interface AnswerFlags extends CommonFlags {
  readonly statement?: string;
  readonly paper: readonly Paper[];
  readonly key?: string;
}

interface RuleFlags extends CommonFlags {
  readonly reason: string;
  readonly key?: string;
}

/** `problems list | answer | rule`, to be added to the program. */
export function problemsCommand(): Command {
  const problems = new Command('problems').description(
    '问题学籍：查看、答复、裁定 (suspected records: list, answer, rule)',
  );
  return problems.addCommand(listCommand()).addCommand(answerCommand()).addCommand(ruleCommand());
}

const listCommand = () =>
  common(new Command('list'))
    .description('问题学籍，一行一项 (problem cases, one line each)')
    .option('--mine', 'only those whose turn it is with the own kindergarten or authority')
    .option('--overdue', 'only those open past their day')
    .addOption(new Option('--state <state>').choices(PROBLEM_STATES))
    .addOption(new Option('--kind <kind>').choices(PROBLEM_KINDS))
    .action(guarded((flags: ListFlags) => list(flags)));

const answerCommand = () =>
  common(new Command('answer'))
    .description('幼儿园答复 (answer, as the kindergarten that has the record)')
    .argument('<case>', 'its id, as `problems list` prints it', id)
    .addArgument(new Argument('<answer>').choices(PROBLEM_ANSWERS))
    .option('--statement <text>', 'in words')
    .option('--paper <kind:reference:sha256>', 'a paper that shows it; may be repeated', papers, [])
    .option('--key <key>', 'idempotency key, to repeat a run whose outcome is not known')
    .action(guarded((one: string, answer: string, flags: AnswerFlags) => answerOne(one, answer, flags)));

const ruleCommand = () =>
  common(new Command('rule'))
    .description('裁定或报上级 (rule, or refer to the authority above)')
    .argument('<case>', 'its id, as `problems list` prints it', id)
    .addArgument(new Argument('<ruling>').choices(PROBLEM_RULINGS))
    .requiredOption('--reason <text>', 'why')
    .option('--key <key>', 'idempotency key, to repeat a run whose outcome is not known')
    .action(guarded((one: string, ruling: string, flags: RuleFlags) => rule(one, ruling, flags)));

const common = (command: Command) =>
  asking(command)
    .option('--json', 'print JSON')
    .addOption(
      new Option('--lang <language>', 'language of the messages').choices(LANGUAGES).default('both'),
    );

async function list({ mine, overdue, state, kind, json, ...flags }: ListFlags): Promise<void> {
  const graph = await promptly(flags);
  const filter = { mine: mine ?? null, overdue: overdue ?? null, state: state ?? null, kind: kind ?? null };
  const all: Problem[] = [];
  for (let after: string | null = null; ;) {
    const { problemCases }: ListAnswer = await ask<ListAnswer>(graph, LIST, { filter, after });
    all.push(...problemCases.nodes);
    if (!problemCases.pageInfo.hasNextPage) break;
    after = problemCases.pageInfo.endCursor;
  }
  if (json) console.log(JSON.stringify(all, null, 2));
  else for (const one of all) console.log(lineOf(one));
}

function answerOne(problemCaseId: string, answer: string, { statement, paper, ...flags }: AnswerFlags) {
  return act(ANSWER, { problemCaseId, answer, statement: statement ?? null, evidence: paper }, flags);
}

const rule = (problemCaseId: string, ruling: string, { reason, ...flags }: RuleFlags) =>
  act(RULE, { problemCaseId, ruling, reason }, flags);

async function act(
  mutation: string,
  said: object,
  { key = randomUUID(), json, lang, ...flags }: CommonFlags & { readonly key?: string },
): Promise<void> {
  const graph = await promptly(flags);
  const input = { idempotencyKey: key, ...said };
  const { act: done } = await ask<ActAnswer>(graph, mutation, { input });
  if (json) console.log(JSON.stringify(done, null, 2));
  else if (done.userErrors.length === 0) console.log(lineOf(done.problemCase!));
  else for (const refusal of done.userErrors) console.log(refusalLine(refusal, lang));
  process.exitCode = done.userErrors.length > 0 ? EXIT.refused : EXIT.fine;
}

const lineOf = ({ id, kind, state, task, holder, dueOn, ruling, record }: Problem): string =>
  [
    ...[id, kind, state, task ?? '-', holder ? `${holder.level} ${holder.code}` : '-'],
    ...[state === 'OPEN' ? dueOn : '-', ruling ?? '-', record?.id ?? '-'],
  ].join('\t');

function refusalLine({ code, message, messageEn, field }: Refusal, lang: Language): string {
  const words = { zh: message, en: messageEn, both: `${message} ${messageEn}` };
  return [field.join('.') || '-', code, words[lang]].join('\t');
}

/** A reference may have colons in it. */
const PAPER = /^([A-Z_]+):(.+):([0-9a-f]{64})$/;

function papers(text: string, before: readonly Paper[]): readonly Paper[] {
  const [, kind, reference, digest] = PAPER.exec(text) ?? [];
  if (kind && reference && digest && EVIDENCE_KINDS.includes(kind))
    return [...before, { kind, reference, digest }];
  throw new InvalidArgumentError(
    `应为 种类:编号:SHA-256（64 位十六进制）。Expected kind:reference:sha256 (64 hex digits); kinds: ${EVIDENCE_KINDS.join(', ')}.`,
  );
}
