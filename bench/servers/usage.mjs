/**
 * Loaded before a process under measure (`--import`), so that the product's own mains need no hook for it:
 * answers `usage` over IPC, and at exit writes the same to BENCH_USAGE_FILE where that is set.
 */
import { writeFileSync } from 'node:fs';

/** @returns {{cpuMs: number, rssMb: number, peakMb: number}} since the process began */
function usage() {
  const { user, system } = process.cpuUsage();
  const rssMb = process.memoryUsage.rss() / 2 ** 20;
  return { cpuMs: (user + system) / 1000, rssMb, peakMb: process.resourceUsage().maxRSS / 2 ** 10 };
}

process.on('message', (message) => {
  if (message === 'usage') process.send({ usage: usage() });
});
// Listening alone must not keep a process alive that has nothing more to do.
process.channel?.unref();

const file = process.env.BENCH_USAGE_FILE;
if (file) process.on('exit', () => writeFileSync(file, JSON.stringify(usage())));
