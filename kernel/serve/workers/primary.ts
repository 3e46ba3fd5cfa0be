/** What a process knows of itself where it is a worker: which one, and how to ask its primary. */
import cluster from 'node:cluster';
import { openLine, type End, type Line } from './line.ts';

/** The variable a primary numbers its workers by. */
export const NUMBER = 'XUEJI_WORKER';

/** From 1; whoever takes the place of one that died has its number. Undefined in a process that is no worker. */
export const workerNumber = cluster.isWorker ? Number(process.env[NUMBER]) : undefined;

/** Undefined in a process that is no worker. */
export const primary: Line | undefined = cluster.isWorker ? openLine(process as End) : undefined;
