/** Tables as they are read in a closing note. */

/** One line for each operation and variant; ratios are taken pair by pair in a round, then their median. */
export function summarised(samples, variants, operations) {
  return operations.flatMap((operation) => {
    const of = (variant) =>
      samples.filter((one) => one.operation === operation.key && one.variant === variant.key);
    const base = of(variants[0]);
    return variants.map((variant) => {
      const own = of(variant);
      const ratio = (pair) => median(own.map((one, i) => pair(one, base[i])));
      return {
        operation: operation.title,
        variant: `(${variant.key}) ${variant.title}`,
        requestsPerSecond: median(own.map((one) => one.requestsPerSecond)),
        speedRatio: ratio((one, stock) => one.requestsPerSecond / stock.requestsPerSecond),
        p50: median(own.map((one) => one.p50)),
        p99: median(own.map((one) => one.p99)),
        cpuMs: median(own.map((one) => one.cpuMs)),
        cpuRatio: ratio((one, stock) => stock.cpuMs / one.cpuMs),
      };
    });
  });
}

export function speedTable(lines) {
  return table(
    ['operation', 'variant', 'req/s', 'x (a)', 'p50 ms', 'p99 ms', 'CPU ms/req', '(a) / CPU'],
    lines.map((one) => [
      one.operation,
      one.variant,
      one.requestsPerSecond.toFixed(0),
      one.speedRatio.toFixed(2),
      one.p50.toFixed(1),
      one.p99.toFixed(1),
      one.cpuMs.toFixed(2),
      one.cpuRatio.toFixed(2),
    ]),
  );
}

export function workTable(work) {
  return table(
    ['operation (Xueji)', 'SQL statements', 'subgraph fetches', 'subgraph bytes', 'response bytes'],
    work.map((one) => [one.key, one.statements, one.fetches, one.subgraphBytes, one.responseBytes]),
  );
}

/** @param {{what: string, value: number, unit: string, target: string, passed: boolean}[]} targets */
export function targetTable(targets) {
  return table(
    ['target', 'measured', 'wanted', ''],
    targets.map(({ what, value, unit, target, passed }) => [
      what,
      `${value.toFixed(0)} ${unit}`,
      target,
      passed ? 'PASS' : 'FAIL',
    ]),
  );
}

/** Text to the left, figures to the right. */
function table(header, rows) {
  const texts = [header, ...rows].map((row) => row.map(String));
  const widths = header.map((_, at) => Math.max(...texts.map((row) => row[at].length)));
  const isFigure = header.map((_, at) => texts.slice(1).every((row) => /^[\d.]+( |$)/.test(row[at])));
  const line = (row) =>
    row
      .map((text, at) => (isFigure[at] ? text.padStart(widths[at]) : text.padEnd(widths[at])))
      .join('  ')
      .trimEnd();
  const [first, ...others] = texts.map(line);
  return [first, '-'.repeat(widths.reduce((sum, width) => sum + width + 2, -2)), ...others].join('\n');
}

function median(values) {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
