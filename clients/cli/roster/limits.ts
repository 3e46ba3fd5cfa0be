/** Data rows of a roster, in any format. */
export const ROW_LIMIT = 50_000;
