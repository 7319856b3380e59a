import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { median, startServer } from './processes.mjs';
import { importing } from './stores.mjs';

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
  '/api/automakers?trueOn=2020-01-01',
  '/api/differences?from=2020-01-01&to=2020-01-02',
];

/**
 * Milliseconds from each question to its whole answer, in a ledger of so many events: of the first time that it is asked, of
 * later times, and of the first time after one more event was recorded.
 */
export async function listTimes(events, headersFor) {
  const { directory } = importing(events);
  const headers = await headersFor(directory);
  const server = await startServer(MAIN, { DATA_DIR: directory }, '/health/live');
  await viewsOf(server.url, events);
  const asked = async (path) => {
    const started = performance.now();
    const answer = await fetch(server.url + path);
    await answer.arrayBuffer();
    // What is not worked out in time counts as the time that was waited.
    return performance.now() - started;
  };
  const times = [];
  for (const path of QUESTIONS) {
    const cold = await asked(path);
    const looks = [];
    for (let look = 0; look < WARM_LOOKS; look++) looks.push(await asked(path));
    times.push({ path, cold, warm: median(looks) });
  }
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
  for (const each of times) each.afterOneMore = await asked(each.path);
  await server.stop();
  rmSync(directory, { recursive: true });
  return times;
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
