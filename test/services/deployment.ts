/**
 * docker-compose.yml, carried out without Docker: the same programs with the same arguments and environment, and
 * nothing else in it. Only places differ: a volume is a folder, a container's address a port of this machine.
 */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../support/mariadb.ts';
import { readCompose, type Service } from './compose-file.ts';
import { databaseServer } from './database-server.ts';
import { buildImage, type Image } from './image.ts';

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Process {
  readonly ended: Promise<Ended>;
  isRunning(): boolean;
  kill(signal: NodeJS.Signals): void;
}

export interface Deployment {
  readonly image: Image;
  readonly keys: string;
  readonly database: ReturnType<typeof databaseServer>;
  /** Where the service answers, without a trailing slash. */
  url(service: string): string;
  /** Runs a service to its end. */
  run(service: string, variables?: Variables): Promise<Ended>;
  /** Starts a service; resolves when its health check passes. */
  start(service: string, variables?: Variables): Promise<Process>;
  close(): Promise<void>;
}

export type Variables = Readonly<Record<string, string>>;

const READY_WITHIN_MS = 60_000;

/** `variables` are those of .env; `server` is a database server's URL, with rights to make accounts. */
export async function deploy(server: string, variables: Variables): Promise<Deployment> {
  const directory = mkdtempSync(join(tmpdir(), 'xueji-deployed-'));
  const image = await buildImage(join(directory, 'app'));
  mkdirSync(join(directory, 'data'));
  const database = databaseServer(server);
  const ports = await portsOf(Object.entries(readCompose().services));
  const running = new Set<ChildProcess>();
  const killAll = () => running.forEach((child) => child.kill('SIGKILL'));
  process.once('exit', killAll);

  /** The text as it reads where this machine takes the place of the containers. */
  const here = (text: string) =>
    [...ports].reduce(
      (read, [name, port]) => read.replace(new RegExp(`^http://${name}:\\d+`), `http://127.0.0.1:${port}`),
      text
        .replace(/^\/(keys|data)/, join(directory, '$1'))
        .replace(/^mysql:3306$/, database.address)
        .replace(/^0\.0\.0\.0$/, '127.0.0.1'),
    );
  const environment = (name: string, { environment = {} }: Service) => {
    const told = Object.entries(environment).map(([key, value]) => [key, here(String(value))] as const);
    const port = ports.get(name);
    return {
      PATH: process.env['PATH'],
      ...Object.fromEntries(told),
      ...(port ? { PORT: String(port) } : {}),
    };
  };
  const launch = (name: string, more: Variables) => {
    const service = readCompose({ ...variables, ...more }).services[name]!;
    const [program, ...args] = [...(service.entrypoint ?? image.entrypoint), ...(service.command ?? [])];
    const env = environment(name, service);
    const child = spawn(program!.replace(/^node$/, process.execPath), args.map(here), {
      cwd: image.directory,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(child);
    const ended = endOf(child).finally(() => running.delete(child));
    return { child, ended, healthy: () => isHealthy(service, env) };
  };

  return {
    image,
    keys: join(directory, 'keys'),
    database,
    url: (service) => `http://127.0.0.1:${ports.get(service)!}`,
    run: (service, more = {}) => launch(service, more).ended,
    async start(service, more = {}) {
      const { child, ended, healthy } = launch(service, more);
      await healthyOrEnded(service, child, ended, healthy);
      return {
        ended,
        isRunning: () => child.exitCode === null && child.signalCode === null,
        kill: (signal) => void child.kill(signal),
      };
    },
    async close() {
      killAll();
      process.off('exit', killAll);
      await database.drop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function portsOf(services: readonly (readonly [string, Service])[]): Promise<Map<string, number>> {
  const listening = services.filter(([, { environment }]) => environment?.['PORT'] !== undefined);
  return new Map(await Promise.all(listening.map(async ([name]) => [name, await freePort()] as const)));
}

function endOf(child: ChildProcess): Promise<Ended> {
  const said = { stdout: '', stderr: '' };
  child.stdout!.on('data', (part: Buffer) => (said.stdout += part.toString()));
  child.stderr!.on('data', (part: Buffer) => (said.stderr += part.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, ...said }));
  });
}

/** The service's own check, run as Docker would run it. */
function isHealthy({ healthcheck }: Service, env: NodeJS.ProcessEnv): Promise<boolean> {
  const [, program, ...args] = healthcheck!.test;
  return new Promise((resolve) => {
    execFile(program!.replace(/^node$/, process.execPath), args, { env }, (error) => resolve(error === null));
  });
}

async function healthyOrEnded(
  service: string,
  child: ChildProcess,
  ended: Promise<Ended>,
  healthy: () => Promise<boolean>,
): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (!(await healthy())) {
    if (child.exitCode !== null) {
      const { code, stderr } = await ended;
      throw new Error(`${service} ended with ${code} before it was ready:\n${stderr}`);
    }
    if (Date.now() > deadline) throw new Error(`${service} was not ready within ${READY_WITHIN_MS} ms.`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
