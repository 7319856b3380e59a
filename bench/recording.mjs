import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openAccessDatabase } from '../dist/access/access-database.js';
import { ApiKeys } from '../dist/access/api-keys.js';
import { ofPairs, requestsPerSecond, startServer } from './processes.mjs';
import { MARKETS } from './random-ledger.mjs';

const script = (name) => fileURLToPath(new URL(name, import.meta.url));
const SOURCE = [
  {
    url: 'https://news.example.com/a',
    publisher: 'Example',
    publishedOn: '2025-09-15',
    grade: 'reported',
    note: 'a remark',
  },
];
let counter = 0;
/** Service centers all over the world. */
const eventBody = () =>
  JSON.stringify({
    type: 'ServiceCenterOpened',
    occurredOn: '2025-09-14',
    data: { market: MARKETS[counter % MARKETS.length], city: `City ${counter++}`, operator: 'own' },
    evidence: SOURCE,
  });

/** The request headers with a new API key for a data folder. */
export async function keyFor(directory) {
  const database = await openAccessDatabase(directory);
  const { key } = await new ApiKeys(database).create('bench', 'analyst');
  await database.destroy();
  return { 'Content-Type': 'application/json', Authorization: `Bearer ${key}` };
}

/**
 * Recordings over HTTP, compared with requests to an empty application and with appends of a bare one to an
 * equally durable table: requests per second, and milliseconds of main-thread CPU per request. All servers
 * run for the whole time and are measured in turns, so that other load on the machine affects all of them
 * equally.
 */
export async function recordingTimes(automakers, rounds) {
  const [directory, folder] = [1, 2].map(() => mkdtempSync(join(tmpdir(), 'tracker-bench-')));
  const headers = await keyFor(directory);
  const empty = await startServer(script('./empty-application.mjs'), {}, '/api/read');
  const durable = await startServer(
    script('./empty-application.mjs'),
    { APPEND_TO: join(folder, 'events.sqlite') },
    '/api/read',
  );
  const server = await startServer(script('../dist/main.js'), { DATA_DIR: directory }, '/health/ready');
  for (let index = 0; index < automakers; index++) {
    await fetch(`${server.url}/api/automakers/maker-${index}/events`, {
      method: 'POST',
      headers,
      body: JSON.stringify({
        type: 'AutomakerRegistered',
        occurredOn: '2010',
        data: { name: 'M', homeMarket: 'CN' },
      }),
    });
  }
  let next = 0;
  const asked = async ({ url, mainThreadMs }, path) => {
    const before = mainThreadMs();
    const { rate, count } = await requestsPerSecond({
      url,
      method: 'POST',
      headers,
      requests: [{ setupRequest: (request) => ({ ...request, path: path(), body: eventBody() }) }],
    });
    return { rate, ms: (mainThreadMs() - before) / count };
  };
  const ofEmpty = () => asked(empty, () => '/api/events');
  const ofDurable = () => asked(durable, () => '/api/events');
  const ofOurs = () => asked(server, () => `/api/automakers/maker-${next++ % automakers}/events`);
  const turns = [ofEmpty, ofDurable, ofOurs];
  for (const warm of turns) await warm();
  const taken = [];
  for (let round = 0; round < rounds; round++) {
    const [bound, peer, ours] = [await ofEmpty(), await ofDurable(), await ofOurs()];
    taken.push({ bound, peer, ours });
  }
  for (const each of [empty, durable, server]) await each.stop();
  for (const each of [directory, folder]) rmSync(each, { recursive: true });
  return {
    rate: ofPairs(taken, ({ bound, ours }) => [ours.rate, bound.rate]),
    cpu: ofPairs(taken, ({ bound, ours }) => [ours.ms * 1000, bound.ms * 1000]),
    durable: ofPairs(taken, ({ peer, ours }) => [ours.rate, peer.rate]),
  };
}
