import type { Payload, Refusal } from './seed-operations.ts';

/** Seeding came to something it did not expect; the message has codes and positions, never a name or a number. */
export class SeedingFailed extends Error {
  override readonly name = 'SeedingFailed';
}

/** Where a step stands, for instance `registerChildren, kindergarten 12, batch 2`. */
export type Position = string;

type Result = { readonly userErrors: readonly Refusal[] };

/** One thing for each item sent, in order. Throws SeedingFailed at the first refusal or missing thing. */
export function allDone<One extends Result, Thing>(
  position: Position,
  items: number,
  payload: Payload<One> | null,
  thingOf: (result: One) => Thing | null,
): Thing[] {
  if (payload === null) throw new SeedingFailed(`${position}: no answer`);
  stopAt(position, payload.userErrors);
  if (payload.results.length !== items) {
    throw new SeedingFailed(`${position}: ${items} items sent, ${payload.results.length} answered`);
  }
  return payload.results.map((result, at) => done(`${position}, item ${at + 1}`, result, thingOf));
}

export function done<One extends Result, Thing>(
  position: Position,
  result: One | null,
  thingOf: (result: One) => Thing | null,
): Thing {
  if (result === null) throw new SeedingFailed(`${position}: no answer`);
  stopAt(position, result.userErrors);
  const thing = thingOf(result);
  if (thing === null) throw new SeedingFailed(`${position}: neither done nor refused`);
  return thing;
}

function stopAt(position: Position, [first]: readonly Refusal[]): void {
  if (first) throw new SeedingFailed(`${position}: ${first.code} (${first.field.join('.')})`);
}
