import type { Fault } from './faults.ts';

export const LANGUAGES = ['zh', 'en', 'both'] as const;
export type Language = (typeof LANGUAGES)[number];

/** `5	出生日期	ERROR	DATE_IMPOSSIBLE	message`: tab-separated, so that it can be cut and sorted. */
export function faultLine(
  { row, column, severity, code, message, messageEn }: Fault,
  lang: Language,
): string {
  const words = { zh: message, en: messageEn, both: `${message} ${messageEn}` }[lang];
  return [row ?? '-', column ?? '-', severity, code, words].join('\t');
}
