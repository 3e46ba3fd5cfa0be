/** What the Dockerfile makes, without Docker: the files it copies, the packages it installs, nothing else. */
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { projectFile } from '../../kernel/paths.ts';

const TSC = projectFile('node_modules', 'typescript', 'bin', 'tsc');

/** The image's working directory, and the words its commands are behind. */
export interface Image {
  readonly directory: string;
  readonly entrypoint: readonly string[];
}

export async function buildImage(directory: string): Promise<Image> {
  const dockerfile = readFileSync(projectFile('Dockerfile'), 'utf8');
  for (const [, file] of dockerfile.matchAll(/^COPY --from=build \/app\/(\S+) \S+$/gm)) {
    if (file === 'dist') await compile(join(directory, 'dist'));
    else cpSync(projectFile(file!), join(directory, file!), { recursive: true });
  }
  linkProductionPackages(join(directory, 'node_modules'));
  const entrypoint = /^ENTRYPOINT (.*)$/m.exec(dockerfile)![1]!;
  return { directory, entrypoint: JSON.parse(entrypoint) as string[] };
}

/** Types are checked elsewhere; here they are only dropped. */
async function compile(outDir: string): Promise<void> {
  const options = [
    '--outDir',
    outDir,
    '--incremental',
    '--tsBuildInfoFile',
    join(outDir, '..', '..', 'tsbuildinfo'),
  ];
  const project = projectFile('tsconfig.build.json');
  await promisify(execFile)(process.execPath, [TSC, '-p', project, '--noCheck', ...options]);
}

/** What `npm ci --omit=dev` would leave: an import of anything else fails. */
function linkProductionPackages(target: string): void {
  const lock = JSON.parse(readFileSync(projectFile('package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean }>;
  };
  for (const [path, { dev }] of Object.entries(lock.packages)) {
    const name = /^node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(path)?.[1];
    if (!name || dev || !existsSync(projectFile(path))) continue;
    mkdirSync(dirname(join(target, name)), { recursive: true });
    symlinkSync(projectFile(path), join(target, name));
  }
}
