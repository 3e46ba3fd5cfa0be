/**
 * Tells whether a token has come before. Its id is remembered for as long as the token could hold, in two halves of
 * which the older is forgotten whole, so that remembering costs no walk over what is remembered.
 */
export function seenOnce(holdsMs: number, now: () => number = () => performance.now()) {
  let young = new Set<string>();
  let old = new Set<string>();
  let since = now();
  return (id: string): boolean => {
    if (now() - since >= holdsMs) {
      old = now() - since >= 2 * holdsMs ? new Set() : young;
      young = new Set();
      since = now();
    }
    if (young.has(id) || old.has(id)) return false;
    young.add(id);
    return true;
  };
}
