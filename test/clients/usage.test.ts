import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSchema, isEnumType } from 'graphql';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runProgram, withSubcommands } from '../../clients/cli/ending.ts';
import { xueji } from '../../clients/cli/program.ts';
import * as words from '../../clients/cli/words.ts';
import { commands } from '../../clients/primary-school/commands.ts';

const ID = '01890000-0000-7000-8000-000000000001';

let told = '';
beforeEach(() => {
  told = '';
  const tell = (text: unknown) => ((told += `${String(text)}`), true);
  vi.spyOn(process.stderr, 'write').mockImplementation(tell);
  vi.spyOn(process.stdout, 'write').mockImplementation(tell);
  vi.spyOn(console, 'error').mockImplementation(tell);
  vi.stubEnv('XUEJI_TOKEN', 'a-token');
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  process.exitCode = undefined;
});

async function run(line: string): Promise<{ exit: unknown; told: string }> {
  told = '';
  process.exitCode = undefined;
  await runProgram(xueji(), line.split(' ').filter(Boolean));
  return { exit: process.exitCode, told };
}

describe('What is typed and cannot be read', () => {
  it.each([
    ['nonsense', "unknown command 'nonsense'"],
    ['', 'Usage: xueji'],
    ['settings', 'Usage: xueji settings'],
    ['settings show --nonsense', "unknown option '--nonsense'"],
    ['settings show --url localhost:4000', 'Expected an http or https address'],
    ['settings show --province 33', 'Expected a region code, 6 digits.'],
    ['settings set', "missing required argument 'name'"],
    ['settings set NOTHING 1', 'DEADLINE_TRANSFER, DEADLINE_TRANSFER_DECISION, DEFERRAL_REMINDER_DAYS, '],
    ['settings set REINSTATEMENT_MONTHS 6 --from 2026-02-30', 'Expected a day, YYYY-MM-DD.'],
    ['year-end preview --school-year x', 'Expected a whole number from 2000 to 2099.'],
    ['year-end run --exclude foo', 'Expected an id, = and a text.'],
    ['year-end run --institution 33', 'Expected an institution code, 10 digits.'],
    ['year-end run --to a=b', 'Expected two ids with = between.'],
    ['year-end run --graduate-on soon', 'Expected a day, YYYY-MM-DD.'],
    ['year-end undo --run x', 'Expected an id as the graph prints it'],
    ['problems rule x NONSENSE', "required option '--reason <text>' not specified"],
    ['problems rule x CORRECT --reason r', 'Expected an id as the graph prints it'],
    [`problems rule ${ID} NONSENSE --reason r`, 'Allowed choices are NO_FAULT, CORRECT, CANCEL, NUMBER_TO_OTHER, REFERRED.'],
    [`problems rule ${ID} CORRECT`, "required option '--reason <text>' not specified"],
    [`problems answer ${ID} EVIDENCE --paper foo`, 'Expected kind:reference:sha256 (64 hex digits); kinds: BIRTH_CERTIFICATE, '],
    [`problems answer ${ID} EVIDENCE --paper NOTHING:r:${'0'.repeat(64)}`, 'Expected kind:reference:sha256'],
    ['problems list --state SHUT', 'Allowed choices are OPEN, RESOLVED.'],
    ['roster import f.csv --batch 0', 'Expected a whole number from 1 to 200.'],
    ['roster check', "missing required argument 'file'"],
    ['compare f.csv --school 1', 'Expected an institution code, 10 digits.'],
    ['export download x --out f', 'Expected an id as the graph prints it'],
    ['audit export nobody', 'Expected one of these.'],
    ['receipt verify f', "required option '--keys <file>' not specified"],
    ['token --role GATEWAY', "argument 'GATEWAY' is invalid. Allowed choices are"],
    ['token --role SERVICE', "argument 'SERVICE' is invalid. Allowed choices are"],
    ['token --role PROVINCE --region 330105', '330105 is of level COUNTY; PROVINCE takes a code of level PROVINCE.'],
    ['token --role MINISTRY --days 400', 'Expected a whole number from 1 to 366.'],
  ])('ends “%s” with 2 and says what was expected', async (line, why) => {
    expect(await run(line)).toEqual({ exit: 2, told: expect.stringContaining(why) as unknown });
  }); // prettier-ignore

  it('is no fault where help is asked for', async () => {
    expect(await run('year-end --help')).toEqual({
      exit: 0,
      told: expect.stringContaining('preview') as unknown,
    });
  });

  it('would be seen of every option and argument: what is not free text is read by something', () => {
    const FREE = /<(file|text|name|key|dir)>/;
    const all = [xueji(), ...commands()].flatMap(withSubcommands);
    const unread = all.flatMap((command) => [
      ...command.options
        .filter((one) => !one.isBoolean() && !one.parseArg && !FREE.test(one.flags))
        .map(({ flags }) => flags),
      ...command.registeredArguments
        .filter((one) => !one.parseArg && !['file', 'value', 'ref'].includes(one.name()))
        .map((one) => `${command.name()} ${one.name()}`),
    ]);
    // The form of the one is the identity provider's, and a point of a crash is mischief of its own.
    expect([...new Set(unread)].sort()).toEqual(['--client-id <id>', '--crash-at <point>']);
  });

  it('is held against words that are the schema’s', () => {
    const schema = buildSchema(readFileSync('schema/api.graphql', 'utf8'));
    const of = (name: string) => {
      const type = schema.getType(name);
      return isEnumType(type) ? type.getValues().map((value) => value.name).sort() : [];
    }; // prettier-ignore
    const sorted = (list: readonly string[]) => [...list].sort();
    expect(sorted(words.PROBLEM_STATES)).toEqual(of('ProblemState'));
    expect(sorted(words.PROBLEM_ANSWERS)).toEqual(of('ProblemAnswer'));
    expect(sorted(words.PROBLEM_RULINGS)).toEqual(of('ProblemRuling'));
    expect(sorted(words.PROBLEM_KINDS)).toEqual(of('ProblemKind'));
    expect(sorted(words.EVIDENCE_KINDS)).toEqual(of('EvidenceKind'));
    expect(sorted(words.SETTING_NAMES)).toEqual(of('SettingName'));
  });
});

describe('A graph that cannot be reached', () => {
  async function listening(status: number): Promise<{ server: Server; url: string }> {
    const server = createServer((_, response) => response.writeHead(status).end('<html>')).listen(0, '127.0.0.1');
    await new Promise((done) => server.once('listening', done));
    return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql` };
  } // prettier-ignore

  it.each([
    'settings show',
    'settings set REINSTATEMENT_MONTHS 6',
    'problems list',
    `problems rule ${ID} CORRECT --reason r`,
    'year-end preview --institution 1901010001 --school-year 2026',
    `year-end undo --run ${ID}`,
    `export download ${ID} --out ${process.cwd()}/never-written`,
  ])('is named by its address, with 2: %s', async (line) => {
    const { server, url } = await listening(200);
    await new Promise((done) => server.close(done));
    const { exit, told: said } = await run(`${line} --url ${url}`);
    expect([exit, said]).toEqual([2, expect.stringContaining(`no answer from ${url} (ECONNREFUSED)`)]);
  });

  it('is named where somebody else answers there', async () => {
    const { server, url } = await listening(404);
    const { exit, told: said } = await run(`settings show --url ${url}`);
    server.close();
    expect([exit, said]).toEqual([2, `${url} answered HTTP 404, and not as a graph does`]);
  });
});
