/** Most items of one request; the largest primary schools admit fewer in a year. */
export const ITEMS_MAX = 500;

/** Items a client may ask a day: a whole county's admissions, far too few to try birth dates out by. */
export const DAILY_QUOTA = 20_000;
