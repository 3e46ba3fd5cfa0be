/**
 * Which way the arrows may point: the table of ARCHITECTURE.md. A room is the longest of these paths a file lies
 * under; `*` stands for any one subgraph. What a row does not name, its files may not import.
 */
import type { Import } from './imports.ts';

export interface Row {
  readonly room: string;
  /** Rooms and single files it may import from, beside itself. `*` is the importer's own subgraph. */
  readonly from: readonly string[];
  /** Rooms it may import types from, and nothing that remains at run time. */
  readonly typesFrom?: readonly string[];
  readonly packages: readonly string[];
  /** May it use what Node brings along? The rooms that only think may not. */
  readonly node: boolean;
}

/** What every command of the command line shares: how it ends, and how what is typed is read. */
const COMMAND = ['kernel/rules', 'clients/cli/ending.ts', 'clients/cli/typed.ts'];

export const ROWS: readonly Row[] = [
  {
    room: 'subgraphs/*/model.ts',
    from: ['subgraphs/*/model'],
    typesFrom: ['kernel/rules'],
    packages: [],
    node: false,
  },
  {
    // Where what it is has grown too long for one page.
    room: 'subgraphs/*/model',
    from: [],
    typesFrom: ['subgraphs/*/model.ts', 'kernel/rules'],
    packages: [],
    node: false,
  },
  {
    room: 'subgraphs/*/rules',
    from: ['subgraphs/*/model.ts', 'kernel/rules'],
    packages: ['pinyin-pro'],
    node: false,
  },
  {
    room: 'subgraphs/*/store',
    from: ['subgraphs/*/model.ts', 'kernel/store'],
    // How a row looks is said in the kernel's words: areas, days, code sets.
    typesFrom: ['kernel/rules'],
    packages: ['typeorm'],
    node: false,
  },
  {
    room: 'subgraphs/*/service',
    from: [
      'subgraphs/*/model.ts',
      'subgraphs/*/rules',
      'subgraphs/*/store',
      'kernel/rules',
      'kernel/store',
      'kernel/peers.ts',
    ],
    packages: [],
    node: false,
  },
  {
    room: 'subgraphs/*/graph',
    from: [
      'subgraphs/*/model.ts',
      'subgraphs/*/rules',
      'subgraphs/*/service',
      'kernel/rules',
      'kernel/graph',
    ],
    packages: ['type-graphql', 'dataloader'],
    node: false,
  },
  {
    room: 'subgraphs/*/main.ts',
    from: [
      'subgraphs/*',
      'kernel/serve',
      'kernel/region-data.ts',
      'kernel/calendar-data.ts',
      'kernel/access-matrix.ts',
    ],
    typesFrom: ['kernel/graph', 'kernel/store', 'kernel/peers.ts'],
    packages: [],
    node: false,
  },
  { room: 'kernel/rules', from: [], packages: ['pinyin-pro'], node: false },
  {
    room: 'kernel/store',
    from: ['kernel/rules'],
    packages: ['typeorm', 'mysql2', '@photostructure/sqlite', 'zod', '@opentelemetry/api'],
    node: true,
  },
  {
    room: 'kernel/graph',
    from: ['kernel/rules'],
    packages: [
      'type-graphql',
      'graphql',
      'graphql-scalars',
      'dataloader',
      'reflect-metadata',
      '@apollo/subgraph',
      '@graphql-tools/utils',
    ],
    node: false,
  },
  {
    room: 'kernel/peers.ts',
    // A neighbour that does not answer is a fault of the graph.
    from: ['kernel/rules', 'kernel/graph/faults.ts'],
    typesFrom: ['kernel/graph'],
    packages: ['dataloader'],
    node: false,
  },
  {
    room: 'kernel/serve',
    from: ['kernel'],
    packages: [
      'express',
      'graphql',
      'graphql-jit',
      'jose',
      'pino',
      'lru-cache',
      'prom-client',
      'undici',
      'zod',
      '@opentelemetry/api',
      '@opentelemetry/exporter-trace-otlp-http',
      '@opentelemetry/sdk-trace-node',
    ],
    node: true,
  },
  { room: 'kernel/paths.ts', from: [], packages: [], node: true },
  {
    room: 'kernel/region-data.ts',
    from: ['kernel/rules', 'kernel/paths.ts'],
    packages: [],
    node: true,
  },
  {
    room: 'kernel/access-matrix.ts',
    from: ['kernel/rules', 'kernel/paths.ts'],
    packages: ['graphql'],
    node: true,
  },
  {
    room: 'kernel/calendar-data.ts',
    from: ['kernel/rules', 'kernel/paths.ts'],
    packages: [],
    node: true,
  },
  {
    room: 'gateway',
    from: ['kernel/rules', 'kernel/serve', 'kernel/paths.ts'],
    typesFrom: ['kernel/graph'],
    packages: [
      '@apollo/federation-internals',
      '@apollo/gateway',
      '@apollo/query-planner',
      '@apollo/server',
      'altair-static',
      'express',
      'graphql',
      'graphql-scalars',
      'jose',
      'zod',
      '@opentelemetry/api',
    ],
    node: true,
  },
  {
    room: 'clients',
    from: ['kernel/rules', 'kernel/paths.ts', 'kernel/region-data.ts'],
    packages: ['commander', 'csv-parse', 'fflate', 'read-excel-file', 'write-excel-file'],
    node: true,
  },
  {
    // Checks receipts by the code that made them; for development it signs tokens and files children as the demonstration does.
    room: 'clients/conformance',
    from: ['clients/cli', 'kernel/rules', 'kernel/serve/receipts.ts', 'gateway/dev-issuer.ts'],
    packages: ['commander'],
    node: true,
  },
  {
    // A school's own system keeps its database and its keys as the project does, and checks receipts by the code that made them.
    room: 'clients/primary-school',
    from: [
      'clients/cli',
      'kernel/rules',
      'kernel/store/seal.ts',
      'kernel/store/sqlite-driver.ts',
      'kernel/serve/receipts.ts',
    ],
    packages: ['commander', 'csv-parse', 'jose'],
    node: true,
  },
  {
    // A development token is signed by the development issuer, and by nobody else.
    room: 'clients/cli/token.ts',
    from: [...COMMAND, 'kernel/region-data.ts', 'gateway/dev-issuer.ts', 'kernel/serve/config.ts'],
    packages: ['commander'],
    node: true,
  },
  {
    // Whoever checks the log must not have to believe who serves it: it is read from the databases themselves.
    room: 'clients/cli/audit',
    from: [...COMMAND, 'kernel/store', 'kernel/serve/config.ts', 'kernel/graph/subgraph.ts'],
    packages: ['commander', 'zod'],
    node: true,
  },
  {
    // Whoever has a receipt checks it by the very code that made it.
    room: 'clients/cli/receipt.ts',
    from: [...COMMAND, 'kernel/serve/receipts.ts'],
    packages: ['commander'],
    node: true,
  },
  // An operator's file is read with the same care as the environment.
  { room: 'embedded', from: ['kernel', 'gateway', 'subgraphs', 'clients'], packages: ['zod'], node: true },
  {
    room: 'schema',
    // The lifecycle page is printed from the one table of the record's life.
    from: ['kernel', 'embedded', 'subgraphs/records/model.ts', 'subgraphs/records/rules'],
    packages: ['@apollo/composition', 'graphql'],
    node: true,
  },
];

/** Why the arrow may not be, or null where it may. */
export function fault(arrow: Import, rows: readonly Row[] = ROWS): string | null {
  const row = rowOf(arrow.file, rows);
  if (!row) return `${arrow.file} lies in no room`;
  return isAllowed(arrow, row) ? null : `${arrow.file} -> ${arrow.target ?? arrow.package!}`;
}

function isAllowed({ file, target, package: name, typesOnly }: Import, row: Row): boolean {
  if (name?.startsWith('node:')) return row.node;
  if (name !== null) return row.packages.includes(name);
  const own = subgraphOf(file);
  const roads = [row.room, ...row.from, ...(typesOnly ? (row.typesFrom ?? []) : [])];
  return roads.some((road) => liesIn(target!, own === null ? road : road.replace('*', own)));
}

function rowOf(file: string, rows: readonly Row[]): Row | undefined {
  const own = subgraphOf(file) ?? '*';
  return rows
    .filter(({ room }) => liesIn(file, room.replace('*', own)))
    .sort((a, b) => b.room.length - a.room.length)[0];
}

/** `service` is a file, a folder, or both; so is every other room without an ending. */
function liesIn(file: string, road: string): boolean {
  return file === road || file === `${road}.ts` || file.startsWith(`${road}/`);
}

function subgraphOf(file: string): string | null {
  const [top, name] = file.split('/');
  return top === 'subgraphs' ? name! : null;
}
