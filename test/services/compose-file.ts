/** docker-compose.yml as Compose reads it: anchors resolved, variables filled in. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { projectFile } from '../../kernel/paths.ts';

export interface Service {
  readonly image: string;
  readonly build?: string;
  readonly user?: string;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly privileged?: boolean;
  readonly profiles?: readonly string[];
  readonly restart?: string;
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly networks?: readonly string[];
  readonly network_mode?: string;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test: readonly string[] };
}

export interface ComposeFile {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>;
  readonly volumes: Readonly<Record<string, null>>;
}

/** `${NAME}`, `${NAME:-default}`, and `$$` for a dollar. */
const VARIABLE = /\$\$|\$\{(\w+)(?::-([^}]*))?\}/g;

export const composeText = () => readFileSync(projectFile('docker-compose.yml'), 'utf8');

export function readCompose(variables: Readonly<Record<string, string>> = {}): ComposeFile {
  return filled(parse(composeText(), { merge: true }), variables) as ComposeFile;
}

/** The variables the file asks for, with their defaults. */
export function variablesOf(text: string): Map<string, string> {
  const found = [...text.matchAll(VARIABLE)].filter(([, name]) => name !== undefined);
  return new Map(found.map(([, name, otherwise]) => [name!, otherwise ?? '']));
}

function filled(value: unknown, variables: Readonly<Record<string, string>>): unknown {
  if (typeof value === 'string') {
    return value.replaceAll(VARIABLE, (_, name?: string, otherwise?: string) =>
      name === undefined ? '$' : variables[name] || (otherwise ?? ''),
    );
  }
  if (Array.isArray(value)) return value.map((one) => filled(one, variables));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, filled(one, variables)]));
}
