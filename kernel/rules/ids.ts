const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Has the text the form of an id of this system? Anything else names nothing, so nobody need be asked. */
export function isId(text: string): boolean {
  return UUID.test(text);
}
