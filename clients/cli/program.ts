/** xueji: the command line. Each command lives in its own file. */
import { Command } from 'commander';
import { auditCommand } from './audit/command.ts';
import { compareCommand } from './compare/command.ts';
import { problemsCommand } from './problems/command.ts';
import { exportCommand } from './export/command.ts';
import { receiptCommand } from './receipt.ts';
import { rosterCommand } from './roster/command.ts';
import { settingsCommand } from './settings/command.ts';
import { tokenCommand } from './token.ts';
import { yearEndCommand } from './year-end/command.ts';

export function xueji(): Command {
  return [
    auditCommand(),
    tokenCommand(),
    rosterCommand(),
    settingsCommand(),
    problemsCommand(),
    receiptCommand(),
    compareCommand(),
    exportCommand(),
    yearEndCommand(),
  ].reduce(
    (program, command) => program.addCommand(command),
    new Command('xueji').description('学前儿童学籍命令行 / the command line of Xueji'),
  );
}
