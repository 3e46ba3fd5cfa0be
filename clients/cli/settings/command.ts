import { randomUUID } from 'node:crypto';
import { Argument, Command, Option } from 'commander';
import { today } from '../../../kernel/rules/plain-date.ts';
import { asking, promptly, type AskingFlags } from '../asking.ts';
import { EXIT, guarded } from '../ending.ts';
import { ask } from '../roster/graph-client.ts';
import type { Refusal } from '../roster/operations.ts';
import { LANGUAGES, type Language } from '../roster/report.ts';
import { day, regionCode } from '../typed.ts';
import { SETTING_NAMES } from '../words.ts';
import { SET, SHOW, type SetAnswer, type Setting, type ShowAnswer } from './operations.ts';
import { FORMS, textOf, valueOf } from './value.ts';

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
    .addArgument(new Argument('<name>', 'what to set, as `settings show` prints it').choices(SETTING_NAMES))
    .argument('<value...>', FORMS)
    .option('--from <day>', 'its first day, YYYY-MM-DD; today when not given', day)
    .option('--reason <text>', 'why; needed where a deadline departs from the Measure')
    .option('--key <key>', 'idempotency key, to repeat a run whose outcome is not known')
    .addOption(new Option('--lang <language>', 'language of the messages').choices(LANGUAGES).default('both'))
    .action(guarded((name: string, words: string[], flags: SetFlags) => set(name, words, flags)));
}

const common = (command: Command) =>
  asking(command)
    .option(
      '--province <code>',
      "a province, 000000 for the nation; the account's own when not given",
      regionCode,
    )
    .option('--json', 'print JSON');

async function show({ url, province, history, json, ...flags }: ShowFlags): Promise<void> {
  const graph = await promptly({ url, ...flags });
  const variables = { province: province ?? null, history: history ?? false };
  const { settings } = await ask<ShowAnswer>(graph, SHOW, variables);
  if (json) return console.log(JSON.stringify(settings, null, 2));
  for (const setting of settings) console.log(lineOf(setting));
}

async function set(name: string, words: readonly string[], flags: SetFlags): Promise<void> {
  // What is no value at all is asked for all the same: which there are for this setting, the graph alone knows.
  const value = valueOf(words);
  const { province = null, reason = null, from = today(new Date()), key = randomUUID() } = flags;
  const input = { idempotencyKey: key, name, province, value: value ?? {}, validFrom: from, reason };
  const { setSetting } = await ask<SetAnswer>(await promptly(flags), SET, { input });
  const { setting, userErrors } = setSetting;
  if (flags.json) console.log(JSON.stringify(setSetting, null, 2));
  else if (setting) console.log(lineOf(setting));
  else for (const refusal of userErrors) console.log(refusalLine(refusal, flags.lang));
  if (!value) console.error(`“${words.join(' ')}” came, which is none of: ${FORMS}`);
  process.exitCode = setting ? EXIT.fine : value ? EXIT.refused : EXIT.stopped;
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
