import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { NoAnswer, openLine, type End } from '../../../kernel/serve/workers/line.ts';

/** Two ends of one pipe. */
function pipe() {
  const [here, there] = [new EventEmitter(), new EventEmitter()];
  const end = (own: EventEmitter, other: EventEmitter) =>
    Object.assign(own, { send: (message: object) => other.emit('message', message) }) as unknown as End;
  return { near: end(here, there), far: end(there, here), cut: () => here.emit('disconnect') };
}

it('a line answers what the other side asks', async () => {
  const { near, far } = pipe();
  const line = openLine(near);
  openLine(far).answer('double', (n) => Number(n) * 2);
  expect(await line.ask('double', 21)).toBe(42);
});

it('a line rejects what has no answer in its time, whatever was asked before it', async () => {
  const { near, far } = pipe();
  const line = openLine(near);
  openLine(far).answer('nothing', () => new Promise(() => undefined));
  const patient = line.ask('nothing').catch((error: unknown) => error);
  await expect(line.ask('nothing', null, 10)).rejects.toThrow(NoAnswer);
  await expect(Promise.race([patient, Promise.resolve('waits')])).resolves.toBe('waits');
});

it('a line rejects at once when the other side is gone, also what is asked later', async () => {
  const { near, cut } = pipe();
  const line = openLine(near);
  const before = line.ask('anything').catch((error: unknown) => error);
  cut();
  expect(await before).toBeInstanceOf(NoAnswer);
  await expect(line.ask('anything')).rejects.toThrow(NoAnswer);
});
