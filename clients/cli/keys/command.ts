/** `keys`: makes the secrets of a deployment, each in a directory of the one process that may read it. */
import { Command, InvalidArgumentError } from 'commander';
import { initKeys } from './init.ts';

export function keysCommand(): Command {
  const init = new Command('init')
    .description('生成各进程的密钥，已有的保留 / make the keys of every process, keeping those already there')
    .requiredOption('--dir <dir>', '目录 / the directory to write to')
    .option(
      '--mysql <host:port>',
      '同时生成数据库账号 / make database accounts too, for a new server',
      address,
    )
    .action(async ({ dir, mysql }: { dir: string; mysql?: string }) => {
      await initKeys(dir, mysql);
      console.error('密钥已就绪。The keys are ready.');
    });
  return new Command('keys').description('部署密钥 / the keys of a deployment').addCommand(init);
}

function address(text: string): string {
  if (!/^[\w.-]+:\d{1,5}$/.test(text)) throw new InvalidArgumentError('应为 host:port。Expected host:port.');
  return text;
}
