import { BESIDE } from './cases/beside.ts';
import { CLAIMS } from './cases/claims.ts';
import { DOOR } from './cases/door.ts';
import { ENDINGS } from './cases/endings.ts';
import { FEED } from './cases/feed.ts';
import { HAND_SHAKE } from './cases/hand-shake.ts';
import { PURPOSE } from './cases/purpose.ts';
import { RECEIPTS } from './cases/receipts.ts';
import { RESOLVE } from './cases/resolve.ts';

/** All forty, in the order in which an integrator meets them. */
export const CASES = [
  ...DOOR,
  ...PURPOSE,
  ...RESOLVE,
  ...CLAIMS,
  ...HAND_SHAKE,
  ...ENDINGS,
  ...BESIDE,
  ...RECEIPTS,
  ...FEED,
];
