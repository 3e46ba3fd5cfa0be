import { randomUUID } from 'node:crypto';
import { Command, Option } from 'commander';
import { today } from '../../../kernel/rules/plain-date.ts';
import { asking, tokenOf, type AskingFlags } from '../asking.ts';
import { ask } from '../roster/graph-client.ts';
import type { Refusal } from '../roster/operations.ts';
import { LANGUAGES, type Language } from '../roster/report.ts';
import { SET, SHOW, type SetAnswer, type Setting, type ShowAnswer } from './operations.ts';
import { FORMS, textOf, valueOf } from './value.ts';

/** 0: done. 1: refused, with the reason. 2: the value cannot be read, or the graph cannot be asked. */
const EXIT = { fine: 0, refused: 1, stopped: 2 } as const;

interface CommonFlags extends AskingFlags {
  readonly province?: string;
  readonly json?: boolean;
}

interface ShowFlags extends CommonFlags {
  readonly history?: boolean;
}

interface SetFlags extends CommonFlags {
  readonly from?: string;
  readonly reason?: string;
  readonly key?: string;
  readonly lang: Language;
}

/** `settings show | set`, to be added to the program. */
export function settingsCommand(): Command {
  const settings = new Command('settings').description('各省设定：查看、设定 (settings: show, set)');
  return settings.addCommand(showCommand()).addCommand(setCommand());
}

function showCommand(): Command {
  return common(new Command('show'))
    .description('现行设定，一行一项 (what holds, one line each)')
    .option('--history', 'every version, past and yet to come')
    .action(guarded((flags: ShowFlags) => show(flags)));
}

function setCommand(): Command {
  return common(new Command('set'))
    .description('设定一项；新增版本，不改旧版 (set one; a version is added, none is changed)')
    .argument('<name>', 'what to set, as `settings show` prints it')
    .argument('<value...>', FORMS)
    .option('--from <day>', 'its first day, YYYY-MM-DD; today when not given')
    .option('--reason <text>', 'why; needed where a deadline departs from the Measure')
    .option('--key <key>', 'idempotency key, to repeat a run whose outcome is not known')
    .addOption(new Option('--lang <language>', 'language of the messages').choices(LANGUAGES).default('both'))
    .action(guarded((name: string, words: string[], flags: SetFlags) => set(name, words, flags)));
}

const common = (command: Command) =>
  asking(command)
    .option('--province <code>', "a province, 000000 for the nation; the account's own when not given")
    .option('--json', 'print JSON');

async function show({ url, province, history, json, ...flags }: ShowFlags): Promise<void> {
  const graph = { url, token: await tokenOf(flags) };
  const variables = { province: province ?? null, history: history ?? false };
  const { settings } = await ask<ShowAnswer>(graph, SHOW, variables);
  if (json) return console.log(JSON.stringify(settings, null, 2));
  for (const setting of settings) console.log(lineOf(setting));
}

async function set(name: string, words: readonly string[], flags: SetFlags): Promise<void> {
  const value = valueOf(words);
  if (!value) throw new Error(`a value was expected (${FORMS}); this is none`);
  const { url, province = null, reason = null, from = today(new Date()), key = randomUUID() } = flags;
  const input = { idempotencyKey: key, name, province, value, validFrom: from, reason };
  const { setSetting } = await ask<SetAnswer>({ url, token: await tokenOf(flags) }, SET, { input });
  const { setting, userErrors } = setSetting;
  if (flags.json) console.log(JSON.stringify(setSetting, null, 2));
  else if (setting) console.log(lineOf(setting));
  else for (const refusal of userErrors) console.log(refusalLine(refusal, flags.lang));
  process.exitCode = setting ? EXIT.fine : EXIT.refused;
}

/** Name, value, grounds, province, version, first day, who, why; a version that does not hold today begins with `-`. */
function lineOf(setting: Setting): string {
  const { name, value, basis, province, version, validFrom, setBy, reason, inForce } = setting;
  const parts = [basis, province ?? '-', `v${version}`, validFrom ?? '-', setBy ?? '-', reason ?? '-'];
  return [`${inForce ? '' : '-'}${name}`, textOf(value), ...parts].join('\t');
}

function refusalLine({ code, field, message, messageEn }: Refusal, lang: Language): string {
  const words = { zh: message, en: messageEn, both: `${message} ${messageEn}` };
  return [field.join('.') || '-', code, words[lang]].join('\t');
}

/** What stops a command is told in one line, without a stack. */
function guarded<Args extends unknown[]>(action: (...args: Args) => Promise<void>) {
  return async (...args: Args): Promise<void> => {
    try {
      await action(...args);
    } catch (error) {
      process.exitCode = EXIT.stopped;
      console.error(error instanceof Error ? error.message : 'unknown fault');
    }
  };
}
