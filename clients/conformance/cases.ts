import { DOOR } from './cases/door.ts';
import { ENDINGS } from './cases/endings.ts';
import { FEED } from './cases/feed.ts';
import { RECEIPTS } from './cases/receipts.ts';
import { RESOLVE } from './cases/resolve.ts';
import { TAKE_OVER } from './cases/take-over.ts';

/** All forty, in the order in which an integrator meets them. */
export const CASES = [...DOOR, ...RESOLVE, ...TAKE_OVER, ...ENDINGS, ...RECEIPTS, ...FEED];
