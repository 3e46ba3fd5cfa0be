/** How personal fields look to those who may not see them whole. A mask shows no length where the length tells something. */

/** The first character, whatever follows: 张三丰 and 张三 are both 张*. A combining mark stays with its letter. */
export function maskName(name: string): string {
  const first = /^\P{M}\p{M}*/u.exec(name.trim())?.[0] ?? '';
  return `${first}*`;
}

/** The last four characters; of short numbers never more than half. */
export function maskDocumentNumber(number: string): string {
  const shown = Math.min(4, Math.floor(number.length / 2));
  return '*'.repeat(number.length - shown) + number.slice(number.length - shown);
}

/**
 * Every character a star. Beside birth date, sex and region even the last four of a resident ID give the whole
 * away, so they are for those who work with the child and its papers.
 */
export function maskWholly(number: string): string {
  return '*'.repeat(number.length);
}

/** 138****8000; of a number too short to hide behind that, the last two digits. */
export function maskPhone(phone: string): string {
  const digits = phone.replace(/\D/g, '');
  return digits.length < 11 ? `****${digits.slice(-2)}` : `${digits.slice(0, 3)}****${digits.slice(-4)}`;
}
