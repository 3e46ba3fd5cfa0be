import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compactVerify, importSPKI } from 'jose';
import { afterAll, describe, expect, it } from 'vitest';
import { receiptCommand } from '../../clients/cli/receipt.ts';
import { ensureReceiptKeys, passingReceiptKey, verifyReceipt } from '../../kernel/serve/receipts.ts';

const NUMBER = 'L190101202003150001';
const FACTS = { takeOver: 't-1', school: '2133990001', kindergarten: '1133990001', admittedOn: '2026-09-01' };
const dir = mkdtempSync(join(tmpdir(), 'xueji-receipts-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe.each(['aes', 'gm'] as const)('A receipt of the suite %s', (suite) => {
  const signer = passingReceiptKey(suite);

  it('holds with the public keys alone, and names no number', async () => {
    const receipt = await signer.issue(FACTS, NUMBER);
    expect(verifyReceipt(receipt, signer.publicKeys)).toMatchObject({ holds: true, facts: FACTS });
    expect(receipt.text).not.toContain(NUMBER);
    expect(receipt.jws).toMatch(/^[\w-]+\.\.[\w-]+$/);
  });

  it('does not hold with one letter changed, with another key, or in another form', async () => {
    const { text, jws } = await signer.issue(FACTS, NUMBER);
    const keys = signer.publicKeys;
    expect(verifyReceipt({ text: text.replace('t-1', 't-2'), jws }, keys)).toEqual({
      holds: false,
      why: 'SIGNATURE',
    });
    expect(verifyReceipt({ text, jws }, passingReceiptKey(suite).publicKeys)).toEqual({
      holds: false,
      why: 'KEY_UNKNOWN',
    });
    expect(verifyReceipt({ text, jws: jws.replace('..', '.x.') }, keys)).toEqual({
      holds: false,
      why: 'FORM',
    });
    expect(verifyReceipt({ text: 'x', jws }, keys)).toEqual({ holds: false, why: 'FORM' });
  });
});

describe('An Ed25519 receipt', () => {
  it('is a JWS that others read as well, once the text is put back between the dots', async () => {
    const signer = passingReceiptKey();
    const { text, jws } = await signer.issue(FACTS, NUMBER);
    const whole = jws.replace('..', `.${Buffer.from(text).toString('base64url')}.`);
    const { payload } = await compactVerify(
      whole,
      await importSPKI(signer.publicKeys[0]!.publicKey, 'EdDSA'),
    );
    expect(Buffer.from(payload).toString()).toBe(text);
  });
});

describe('The keys of receipts', () => {
  it('are made once, readable by their owner alone, and keep what signed before', async () => {
    const folder = join(dir, 'keys');
    const first = ensureReceiptKeys(folder);
    const receipt = await first.issue(FACTS, NUMBER);
    expect(statSync(join(folder, 'receipt.pem')).mode & 0o777).toBe(0o600);
    expect(verifyReceipt(receipt, ensureReceiptKeys(folder).publicKeys)).toMatchObject({ holds: true });
    const others = ensureReceiptKeys(join(dir, 'others'));
    const kept = JSON.parse(readFileSync(join(folder, 'receipt-keys.json'), 'utf8')) as { keys: unknown[] };
    writeFileSync(join(dir, 'others', 'receipt-keys.json'), JSON.stringify(kept));
    expect(ensureReceiptKeys(join(dir, 'others')).publicKeys).toHaveLength(2);
    expect(verifyReceipt(receipt, ensureReceiptKeys(join(dir, 'others')).publicKeys)).toMatchObject({
      holds: true,
    });
    expect(verifyReceipt(receipt, others.publicKeys)).toEqual({ holds: false, why: 'KEY_UNKNOWN' });
  });
});

describe('`receipt verify`', () => {
  const run = async (...args: string[]) => {
    process.exitCode = undefined;
    await receiptCommand().parseAsync(['verify', ...args], { from: 'user' });
    const code = process.exitCode;
    process.exitCode = undefined;
    return code;
  };

  it('says by its exit code whether a receipt holds, and whether it is of this child', async () => {
    const signer = passingReceiptKey();
    const file = (name: string, content: unknown) => {
      const path = join(dir, name);
      writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
      return path;
    };
    const receipt = await signer.issue(FACTS, NUMBER);
    const [good, keys] = [file('good.json', receipt), file('keys.json', signer.publicKeys)];
    const bad = file('bad.json', { ...receipt, text: receipt.text.replace('t-1', 't-2') });
    expect(await run(good, '--keys', keys)).toBe(0);
    expect(await run(good, '--keys', keys, '--number-file', file('number', `${NUMBER}\n`))).toBe(0);
    expect(await run(good, '--keys', keys, '--number-file', file('other', 'L190101202003150002'))).toBe(1);
    expect(await run(bad, '--keys', keys)).toBe(1);
    expect(await run(join(dir, 'none'), '--keys', keys)).toBe(2);
  });
});
