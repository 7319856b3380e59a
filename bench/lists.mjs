import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { median, startServer } from './processes.mjs';
import { writtenLedger } from './stores.mjs';

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const WARM_LOOKS = 9;

/** Questions about many automakers, or about one automaker with its whole history. */
const QUESTIONS = [
  '/api/automakers',
  '/api/markets',
  '/api/goals',
  '/',
  '/markets',
  '/goals',
  '/coverage',
  '/theses',
  '/search?q=city',
  '/automakers/maker-3',
  '/automakers/maker-busiest',
  '/api/automakers?trueOn=2020-01-01',
  '/api/goals?trueOn=2020-01-01',
  '/api/markets?trueOn=2020-01-01',
  '/api/verdicts?trueOn=2020-01-01',
  '/api/differences?from=2020-01-01&to=2020-01-02',
];

/**
 * Milliseconds from each question to its complete answer, in a ledger of `events` events: the first time
 * after a start, later times, and the first time after one more event was recorded. `cpu` is the CPU time of
 * the first answer. Also returns the duration of the start, the memory at the end, and the longest block of
 * the event loop.
 */
export async function listTimes(events, headersFor) {
  const { directory } = writtenLedger(events);
  const headers = await headersFor(directory);
  // The first start creates views and outlines; this work is not part of the measurement.
  const first = await startServer(MAIN, { DATA_DIR: directory }, '/health/live');
  await viewsOf(first.url, events);
  while (!(await fetch(`${first.url}/api/verdicts`)).ok);
  await first.stop();
  const server = await startServer(MAIN, { DATA_DIR: directory }, '/api/events?limit=1');
  const asked = async (path) => {
    const [started, cpu] = [performance.now(), server.cpu()];
    const answer = await fetch(server.url + path);
    await answer.arrayBuffer();
    // An answer that times out counts with the time spent waiting for it.
    return { ms: performance.now() - started, cpu: server.cpu() - cpu };
  };
  const times = [];
  for (const path of QUESTIONS) {
    const cold = await asked(path);
    const looks = [];
    for (let look = 0; look < WARM_LOOKS; look++) looks.push((await asked(path)).ms);
    times.push({ path, cold: cold.ms, cpu: cold.cpu, warm: median(looks) });
  }
  const held = await longestHold(server.url);
  const megabytes = server.megabytes();
  await fetch(`${server.url}/api/automakers/maker-1/events`, {
    method: 'POST',
    headers,
    body: JSON.stringify({
      type: 'ServiceCenterOpened',
      occurredOn: '2026-01-01',
      data: { market: 'KR', city: 'Seoul' },
      evidence: [{ url: 'https://news.example.com/seoul', publisher: 'Example', grade: 'reported' }],
    }),
  });
  await viewsOf(server.url, events + 1);
  for (const each of times) each.afterOneMore = (await asked(each.path)).ms;
  await server.stop();
  rmSync(directory, { recursive: true });
  return { times, startMs: server.ms, megabytes, held };
}

/** Upper bound in milliseconds of the longest block of the event loop, from the server's histogram. */
async function longestHold(url) {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  const buckets = [...metrics.matchAll(/event_loop_delay_seconds_bucket\{le="([^"]+)"\} (\d+)/g)];
  const all = buckets.at(-1)?.[2];
  const bound = buckets.find(([, , count]) => count === all)?.[1];
  return Number(bound) * 1000;
}

/** Waits until the views contain `events` events. */
async function viewsOf(url, events) {
  for (;;) {
    const answer = await fetch(`${url}/api/events?limit=1&minPosition=${events}`);
    await answer.arrayBuffer();
    if (answer.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
