import type { QuotaKind } from '../model.ts';

/** Most items of one request; the largest primary schools admit fewer in a year. */
export const ITEMS_MAX = 500;

/**
 * Items a client system may ask a day: a whole county's admissions, far too few to try birth dates out by. Those who have
 * no number are few; whoever asks by document could find out by trying who has a record.
 */
export const QUOTAS: Readonly<Record<QuotaKind, number>> = {
  NUMBERS: 20_000,
  DOCUMENTS: 2_000,
  ROSTER: 20_000,
};
