import { createCipheriv, createHash, createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { addKey, removeKey, whyKept } from '../../../kernel/store/key-file.ts';
import { loadFieldKeys } from '../../../kernel/store/seal.ts';
import { SUITES } from '../../../kernel/store/suites.ts';

const dir = mkdtempSync(join(tmpdir(), 'xueji-suites-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
let files = 0;
const freshFile = () => join(dir, `keys-${files++}.json`);
const LATER = new Date(Date.now() + 60_000);

describe('The Chinese algorithms of this OpenSSL', () => {
  it('hash as GB/T 32905 says', () => {
    expect(createHash('sm3').update('abc').digest('hex')).toBe(
      '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0',
    );
  });

  it('encrypt as GB/T 32907 says', () => {
    const key = Buffer.from('0123456789abcdeffedcba9876543210', 'hex');
    const cipher = createCipheriv('sm4-ecb', key, null).setAutoPadding(false);
    expect(cipher.update(key).toString('hex')).toBe('681edf34d206965e86b3e94f536e4246');
  });

  it('authenticate as GM/T 0042 says', () => {
    const key = Buffer.from(Array.from({ length: 32 }, (_, i) => i + 1));
    const text = 'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq'.repeat(2);
    expect(createHmac('sm3', key).update(text).digest('hex')).toBe(
      'ca05e144ed05d1857840d1f318a4a8669e559fc8391f414485bfdf7bb408963a',
    );
  });
});

describe.each(SUITES)('The suite %s', (suite) => {
  const keys = loadFieldKeys(freshFile(), { create: true, suite });

  it('gives back what it sealed, and never the same bytes twice', () => {
    const [once, again] = [keys.seal('child.name', '𬎆·𠮷'), keys.seal('child.name', '𬎆·𠮷')];
    expect([keys.unseal('child.name', once), keys.unseal('child.name', again)]).toEqual(['𬎆·𠮷', '𬎆·𠮷']);
    expect(once.equals(again)).toBe(false);
  });

  it('adds at most 40 bytes, as the columns are made', () => {
    expect(keys.seal('child.name', '').length).toBeLessThanOrEqual(40);
  });

  it('refuses a value in another column, and with any byte changed', () => {
    const sealed = keys.seal('child.name', '某小满');
    expect(() => keys.unseal('guardian.name', sealed)).toThrow();
    for (let i = 0; i < sealed.length; i++) {
      const changed = Buffer.from(sealed);
      changed[i]! ^= 1;
      expect(() => keys.unseal('child.name', changed)).toThrow();
    }
    expect(() => keys.unseal('child.name', sealed.subarray(0, -1))).toThrow();
  });

  it('reads what the other suite sealed under the same keys', () => {
    const file = freshFile();
    const [aes, gm] = SUITES.map((name) => loadFieldKeys(file, { create: true, suite: name }));
    expect(aes!.unseal('c', gm!.seal('c', '值'))).toBe('值');
    expect(gm!.unseal('c', aes!.seal('c', '值'))).toBe('值');
    expect(aes!.isCurrent(gm!.seal('c', '值'))).toBe(false);
  });
});

describe('The key file', () => {
  it('keeps making blind indexes as it began, whatever new values are sealed with', () => {
    const [first, second] = [freshFile(), freshFile()];
    loadFieldKeys(second, { create: true, suite: 'gm' });
    loadFieldKeys(first, { create: true });
    const of = (file: string, suite: 'aes' | 'gm') =>
      loadFieldKeys(file, { suite }).blindIndex('document', '1').toString('hex');
    expect(of(first, 'gm')).toBe(of(first, 'aes'));
    const { index } = JSON.parse(readFileSync(second, 'utf8')) as { index: string };
    const byHand = createHmac('sm3', Buffer.from(index, 'base64')).update('document\u00001').digest('hex');
    expect(of(second, 'gm')).toBe(byHand.slice(0, 32));
  });

  it('gets another key while others work: they read with it at once, and seal with it soon', () => {
    const file = freshFile();
    const others = loadFieldKeys(file, { create: true });
    const before = others.seal('c', '旧');
    expect(addKey(file)).toBe(2);
    const mine = loadFieldKeys(file);
    expect(others.unseal('c', mine.seal('c', '新'))).toBe('新');
    expect([mine.seal('c', '新')[1], others.seal('c', '新')[1]]).toEqual([2, 2]);
    expect([mine.isCurrent(before), mine.unseal('c', before)]).toEqual([false, '旧']);
  });

  it('lets go of no key that is in use, is not there, or has just been replaced', () => {
    const file = freshFile();
    loadFieldKeys(file, { create: true });
    expect(whyKept(file, 1, LATER)).toContain('Key 1 is the current one.');
    expect(whyKept(file, 7, LATER)).toContain('Key 7 is not in the file.');
    addKey(file);
    expect(whyKept(file, 1)).toContain('The new key is younger than ten seconds; wait.');
    removeKey(file, 1, LATER);
    expect(whyKept(file, 1, LATER)).toContain('Key 1 is not in the file.');
  });

  it('is changed by one command at a time', () => {
    const file = freshFile();
    loadFieldKeys(file, { create: true });
    writeFileSync(`${file}.lock`, '');
    expect(() => addKey(file)).toThrow('Another command changes the key file');
  });
});
