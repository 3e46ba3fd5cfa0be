import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { normaliseRecordNumber } from '../../kernel/rules/record-number.ts';
import {
  subjectOf,
  verifyReceipt,
  type ReceiptKey,
  type SignedReceipt,
} from '../../kernel/serve/receipts.ts';
import { EXIT } from './ending.ts';

const WHY = {
  FORM: '不是接续凭证。This is no receipt of a take-over.',
  KEY_UNKNOWN: '不是所给公钥签署的。None of the keys given has signed it.',
  SIGNATURE: '签名不符，内容可能被改动。The signature does not fit; the text may have been changed.',
} as const;
const OTHER_CHILD = '凭证不是这名儿童的。The receipt is not of this child.';

interface Flags {
  readonly keys: string;
  readonly numberFile?: string;
}

/** `receipt verify FILE --keys FILE`, offline: to be added to the program. */
export function receiptCommand(): Command {
  const verify = new Command('verify')
    .description('离线验证接续凭证 (checks a receipt without asking anybody)')
    .argument('<file>', 'the receipt: JSON with `text` and `jws`, as the graph gives it')
    .requiredOption('--keys <file>', 'JSON with the public keys, as `receiptKeys` of the graph gives them')
    .option('--number-file <file>', 'also check that it is of this child: a file with the record number')
    .action((file: string, flags: Flags) => {
      process.exitCode = run(file, flags);
    });
  return new Command('receipt').description('接续凭证 (receipts of take-overs)').addCommand(verify);
}

function run(file: string, { keys, numberFile }: Flags): number {
  let verdict;
  let number: string | undefined;
  try {
    verdict = verifyReceipt(receiptIn(readFileSync(file, 'utf8')), keysIn(readFileSync(keys, 'utf8')));
    number = numberFile === undefined ? undefined : normaliseRecordNumber(readFileSync(numberFile, 'utf8'));
  } catch {
    // A file's text is a child's; what is wrong with it is not repeated.
    console.error('文件无法读取。A file cannot be read.');
    return EXIT.stopped;
  }
  if (!verdict.holds) {
    console.error(WHY[verdict.why]);
    return EXIT.refused;
  }
  if (number !== undefined && !isOf(verdict.facts, number)) {
    console.error(OTHER_CHILD);
    return EXIT.refused;
  }
  console.log(JSON.stringify({ holds: true, kid: verdict.kid, ...verdict.facts }, null, 2));
  return EXIT.fine;
}

function receiptIn(text: string): SignedReceipt {
  const { text: signed, jws } = JSON.parse(text) as Partial<SignedReceipt>;
  return { text: String(signed), jws: String(jws) };
}

function keysIn(text: string): ReceiptKey[] {
  const found = JSON.parse(text) as { keys?: ReceiptKey[] } | ReceiptKey[];
  return Array.isArray(found) ? found : (found.keys ?? []);
}

function isOf({ subject }: Readonly<Record<string, unknown>>, number: string): boolean {
  const { salt, digest } = (subject ?? {}) as { salt?: string; digest?: string };
  return salt !== undefined && subjectOf(salt, number) === digest;
}
