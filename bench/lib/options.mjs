import { parseArgs } from 'node:util';

const HELP = `npm run bench -- [options]
  --rounds <n>       rounds over all variants and operations (3)
  --seconds <n>      length of one measurement (1.5)
  --connections <n>  requests on the way at a time (16)
  --guards           Xueji over HTTP with every guard on: rate limits, filed operations logged
  --only <part,...>  gateway (rows in memory), speed (embedded databases), mariadb, work, memory (all five)
  --take-over        instead: a county's September on MariaDB, rows a second and nobody twice
  --graduates <n>    of --take-over: how many there are (11300; a province has 1000000)
  --partitions <n>   of --take-over: processes at once (2)
`;

/** @typedef {{rounds: number, seconds: number, connections: number, guards: boolean, only: Set<string>, takeOver: boolean, graduates: number, partitions: number}} Options */

/** @returns {Options} */
export function readOptions() {
  const number = (text, name) => {
    const value = Number(text);
    if (!(value > 0)) throw new RangeError(`--${name}: a number above 0 was expected`);
    return value;
  };
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '1.5' },
      connections: { type: 'string', default: '16' },
      only: { type: 'string', default: 'gateway,speed,mariadb,work,memory' },
      guards: { type: 'boolean', default: false },
      'take-over': { type: 'boolean', default: false },
      graduates: { type: 'string', default: '11300' },
      partitions: { type: 'string', default: '2' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    process.exit(0);
  }
  return {
    rounds: number(values.rounds, 'rounds'),
    seconds: number(values.seconds, 'seconds'),
    connections: number(values.connections, 'connections'),
    guards: values.guards,
    only: new Set(values.only.split(',')),
    takeOver: values['take-over'],
    graduates: number(values.graduates, 'graduates'),
    partitions: number(values.partitions, 'partitions'),
  };
}
