import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import autocannon from 'autocannon';

/** A free TCP port. */
export async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/**
 * Starts a server as a child process and resolves when it answers at `path`. `ms` is the duration of the
 * start.
 */
export async function startServer(script, environment, path) {
  const port = await freePort();
  const started = performance.now();
  const child = spawn(process.execPath, ['--max-semi-space-size=32', script], {
    env: { ...process.env, LOG_LEVEL: 'silent', RATE_LIMIT: '0', ...environment, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const url = `http://127.0.0.1:${port}`;
  for (;;) {
    const answer = await fetch(url + path).catch(() => undefined);
    if (answer?.ok) break;
    if (child.exitCode !== null) throw new Error(`${script} ended before it answered`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const ms = performance.now() - started;
  const stop = () =>
    new Promise((resolve) => {
      child.once('close', resolve);
      child.kill('SIGTERM');
    });
  return {
    url,
    ms,
    stop,
    mainThreadMs: () => msOf(`/proc/${child.pid}/task/${child.pid}/stat`),
    cpu: () => msOf(`/proc/${child.pid}/stat`),
    megabytes: () => megabytesOf(child.pid),
  };
}

const MS_A_TICK = 10;

/** The CPU time of a process or thread, from its Linux `stat` line. */
function msOf(stat) {
  const fields = readFileSync(stat, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  const [user, system] = fields.slice(11, 13).map(Number);
  return (user + system) * MS_A_TICK;
}

function megabytesOf(pid) {
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024);
}

/**
 * Requests per second over `seconds` seconds, with 32 connections. Throws if an answer does not have a 2xx
 * status.
 */
export async function requestsPerSecond(options, seconds = 4) {
  const result = await autocannon({ connections: 32, duration: seconds, ...options });
  if (result.non2xx > 0) throw new Error(`${result.non2xx} answers of ${options.url} were refused`);
  return { rate: result.requests.average, count: result.requests.total, p95: result.latency.p97_5 };
}

/**
 * The median of the ratios of figures that were measured immediately one after the other, with the underlying
 * figures.
 */
export function ofPairs(pairs, figuresOf) {
  const ratios = pairs.map((pair) => {
    const [ours, bound] = figuresOf(pair);
    return ours / bound;
  });
  const ratio = median(ratios);
  const [ours, bound] = figuresOf(pairs[ratios.indexOf(ratio)]);
  return { ratio, details: `${Math.round(ours)} of ${Math.round(bound)}` };
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
