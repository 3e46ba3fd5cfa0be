/** The call a subgraph is answering now, so that what it asks its neighbours meanwhile has the same id and deadline. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Call } from '../rules/viewer.ts';

const calls = new AsyncLocalStorage<Call>();

export const during = <T>(call: Call, work: () => T): T => calls.run(call, work);
/** Undefined in work a subgraph does by itself. */
export const currentCall = (): Call | undefined => calls.getStore();
