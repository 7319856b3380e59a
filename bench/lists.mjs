import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { median, startServer } from './processes.mjs';
import { writtenLedger } from './stores.mjs';

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const WARM_LOOKS = 9;

/** What looks at many automakers, or at one with its whole past. */
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
 * Milliseconds from each question to its whole answer, in a ledger of so many events: of the first time that it is asked after
 * a start, of later times, and of the first time after one more event was recorded; `cpu` is what the first time took of the
 * processor. With them how long the start took, the memory after all of it, and the longest that anything held the event loop.
 */
export async function listTimes(events, headersFor) {
  const { directory } = writtenLedger(events);
  const headers = await headersFor(directory);
  // What a first start makes of it, views and outlines, is not what is measured here.
  const first = await startServer(MAIN, { DATA_DIR: directory }, '/health/live');
  await viewsOf(first.url, events);
  while (!(await fetch(`${first.url}/api/verdicts`)).ok);
  await first.stop();
  const server = await startServer(MAIN, { DATA_DIR: directory }, '/api/events?limit=1');
  const asked = async (path) => {
    const [started, cpu] = [performance.now(), server.cpu()];
    const answer = await fetch(server.url + path);
    await answer.arrayBuffer();
    // What is not worked out in time counts as the time that was waited.
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

/** The bound in milliseconds that the longest hold of the event loop stays within, as the server measures it. */
async function longestHold(url) {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  const buckets = [...metrics.matchAll(/event_loop_delay_seconds_bucket\{le="([^"]+)"\} (\d+)/g)];
  const all = buckets.at(-1)?.[2];
  const bound = buckets.find(([, , count]) => count === all)?.[1];
  return Number(bound) * 1000;
}

/** Waits until the views hold so many events. */
async function viewsOf(url, events) {
  for (;;) {
    const answer = await fetch(`${url}/api/events?limit=1&minPosition=${events}`);
    await answer.arrayBuffer();
    if (answer.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
