const decoder = new TextDecoder('gb18030');

/** Node decodes GB18030 but cannot write it; the two-byte part is found by decoding every pair once. */
const TWO_BYTES = new Map<string, Buffer>();
for (let lead = 0x81; lead <= 0xfe; lead++) {
  for (let trail = 0x40; trail <= 0xfe; trail++) {
    const pair = Buffer.from([lead, trail]);
    const text = decoder.decode(pair);
    if (trail !== 0x7f && [...text].length === 1) TWO_BYTES.set(text, pair);
  }
}

/** A file as an old Chinese spreadsheet writes it. Throws on a character outside ASCII and the two-byte part. */
export function gb18030(text: string): Buffer {
  return Buffer.concat(
    [...text].map((character) => {
      if (character.charCodeAt(0) < 0x80) return Buffer.from(character);
      const pair = TWO_BYTES.get(character);
      if (!pair) throw new Error(`U+${character.codePointAt(0)!.toString(16)} has no two-byte form.`);
      return pair;
    }),
  );
}
