/** A closed loop: so many requests on the way at any time, each with variables of its own. */
import { Pool } from 'undici';

/** @typedef {{requestsPerSecond: number, p50: number, p99: number, requests: number}} Load */

/**
 * Throws at the first answer that is not 200 or has errors: a gateway that fails fast must not look fast.
 * @returns {Promise<Load>} latencies in milliseconds
 */
export async function load(url, token, operation, { seconds, connections }) {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections, pipelining: 1 });
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const latencies = [];
  const startedAt = performance.now();
  const until = startedAt + seconds * 1000;
  const lane = async () => {
    while (performance.now() < until) {
      const body = JSON.stringify({ query: operation.query, variables: operation.variables() });
      const from = performance.now();
      const response = await pool.request({ method: 'POST', path: pathname, headers, body });
      const text = await response.body.text();
      latencies.push(performance.now() - from);
      if (response.statusCode !== 200 || text.includes('"errors":')) {
        throw new Error(`${operation.key} at ${url}: HTTP ${response.statusCode} ${text.slice(0, 300)}`);
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: connections }, lane));
  } finally {
    await pool.destroy();
  }
  const elapsed = (performance.now() - startedAt) / 1000;
  const sorted = latencies.sort((one, other) => one - other);
  return {
    requests: sorted.length,
    requestsPerSecond: sorted.length / elapsed,
    p50: quantile(sorted, 0.5),
    p99: quantile(sorted, 0.99),
  };
}

function quantile(sorted, q) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))];
}
