/** What every command that asks the graph shares: where it is, and with which token. */
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { GraphClientOptions } from './roster/graph-client.ts';
import { address } from './typed.ts';

export interface AskingFlags {
  readonly url: string;
  readonly tokenFile?: string;
}

export function asking(command: Command): Command {
  return command
    .option('--url <url>', 'GraphQL address', address, 'http://localhost:4000/graphql')
    .option('--token-file <file>', 'file with the access token (else XUEJI_TOKEN)');
}

/** For a question somebody waits at: it gives up within two seconds where nobody answers. */
const PROMPT_ATTEMPTS = 4;

export async function promptly({ url, ...flags }: AskingFlags): Promise<GraphClientOptions> {
  return { url, token: await tokenOf(flags), attempts: PROMPT_ATTEMPTS };
}

/** Throws, saying what was expected, where there is no token. */
export async function tokenOf({ tokenFile }: Pick<AskingFlags, 'tokenFile'>): Promise<string> {
  const token = tokenFile === undefined ? process.env['XUEJI_TOKEN'] : await readFile(tokenFile, 'utf8');
  if (!token?.trim()) throw new Error('a token was expected in --token-file or XUEJI_TOKEN, none came');
  return token.trim();
}
