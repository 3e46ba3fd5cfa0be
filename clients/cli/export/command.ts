/** `export download <id>`: fetches the file of an export part by part, as the account that asked for it. */
import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { Command } from 'commander';
import { asking, promptly, type AskingFlags } from '../asking.ts';
import { guarded } from '../ending.ts';
import { id } from '../typed.ts';
import { ask } from '../roster/graph-client.ts';

interface DownloadFlags extends AskingFlags {
  readonly out: string;
}

interface Downloading {
  readonly downloadDataExport: {
    readonly ticket: string | null;
    readonly dataExport: { readonly parts: number; readonly lineCount: number } | null;
    readonly userErrors: readonly {
      readonly code: string;
      readonly message: string;
      readonly messageEn: string;
    }[];
  };
}

const DOWNLOAD = `mutation DownloadDataExport($input: DownloadDataExportInput!) {
  downloadDataExport(input: $input) { ticket dataExport { parts lineCount } userErrors { code message messageEn } }
}`;
const PART = `query DataExportPart($ticket: ID!, $part: Int!) { dataExportPart(ticket: $ticket, part: $part) }`;

export function exportCommand(): Command {
  return new Command('export').description('向外提供的数据 / data given to somebody outside').addCommand(
    asking(new Command('download'))
      .description('下载文件 / fetch the file')
      .argument('<id>', 'the export', id)
      .requiredOption('--out <file>', 'where to; must not be there yet')
      .action(guarded((one: string, flags: DownloadFlags) => download(one, flags))),
  );
}

/** Whole or not at all: what was fetched of it is removed again where it breaks off. */
async function download(exportId: string, { out, ...flags }: DownloadFlags): Promise<void> {
  const graph = await promptly(flags);
  const part = `${out}.part`;
  const file = await open(part, 'wx', 0o600);
  try {
    const input = { idempotencyKey: randomUUID(), exportId };
    const { ticket, dataExport, userErrors } = (await ask<Downloading>(graph, DOWNLOAD, { input }))
      .downloadDataExport;
    if (ticket === null || dataExport === null)
      throw new Error(
        userErrors.map(({ code, message, messageEn }) => `${code}: ${message} ${messageEn}`).join('\n'),
      );
    for (let n = 0; n < dataExport.parts; n++) {
      const answer = await ask<{ dataExportPart: string }>(graph, PART, { ticket, part: n });
      await file.write(answer.dataExportPart);
    }
    await file.sync();
    await file.close();
    await rename(part, out);
    console.log(`${dataExport.lineCount} 行 / lines`);
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(part, { force: true });
    throw error;
  }
}
