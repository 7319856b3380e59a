import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openAccessDatabase } from '../../src/access/access-database.js';
import { ApiKeys } from '../../src/access/api-keys.js';
import { NodeProcess } from '../e2e/node-process.js';
import { REGISTERED, SOURCE } from '../e2e/server.js';
import { Writers } from '../e2e/writers.js';
import { commandLine } from '../cli/command-line.js';
import { tierOf, type Tier } from '../tier.js';

/** `STOPS=20 npx jest test/faults/stops` stops twenty times. */
const STOPS = Number(process.env['STOPS'] ?? 2);
const STOPS_WITHIN_MS = 5000;
const [WRITERS, IMPORTS, READERS] = [4, 4, 4];

/** An endless stream of lines with different events, `atATime` lines at once, until `ended` is aborted. */
function endless(stream: string, atATime: number, ended: AbortSignal): ReadableStream<Uint8Array> {
  let count = 0;
  const line = (): string => {
    const city = `Town ${count++}`;
    const opened = { type: 'ServiceCenterOpened', occurredOn: '2025', data: { market: 'NO', city } };
    const event = count === 1 ? REGISTERED : { ...opened, evidence: SOURCE };
    return `${JSON.stringify({ stream, ...event })}\n`;
  };
  return new ReadableStream({
    pull: async (controller) => {
      await sleep(20);
      if (ended.aborted) controller.close();
      else controller.enqueue(Buffer.from(Array.from({ length: atATime }, line).join('')));
    },
  });
}

describe('a server that is told to stop under load', () => {
  let tier: Tier;
  let directory: string;
  let node: NodeProcess;
  let key: string;
  const acknowledged = new Set<string>();

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'tracker-stops-'));
    tier = await tierOf(directory);
    const access = await openAccessDatabase(directory, tier.environment['POSTGRES_URL']);
    ({ key } = await new ApiKeys(access).create('writer', 'analyst'));
    await access.destroy();
    node = await NodeProcess.on(directory, tier.environment);
  });
  afterAll(async () => {
    await node.kill();
    await tier.remove();
    rmSync(directory, { recursive: true, force: true });
  });

  const importing = (stream: string, atATime: number, ended: AbortSignal): Promise<string> =>
    fetch(`${node.url}/api/imports`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/x-ndjson' },
      body: endless(stream, atATime, ended),
      duplex: 'half',
    } as RequestInit).then(
      async (answer) => `${answer.status} ${await answer.text()}`,
      () => 'cut off',
    );

  async function reads(paths: readonly string[], ended: AbortSignal): Promise<void> {
    for (let index = 0; !ended.aborted; index++) {
      const answer = await fetch(`${node.url}${paths[index % paths.length] ?? ''}`).catch(() => undefined);
      await answer?.text().catch(() => undefined);
      if (!answer) await sleep(20);
    }
  }

  it.each(Array.from({ length: STOPS }, (_, round) => round))(
    'ends within seconds, while others record, import, read and follow the feed: stop %i',
    async (round) => {
      const over = new AbortController();
      await node.start();
      const writers = new Writers(WRITERS, [node], key, `writer-${round}`);
      const imports = Array.from({ length: IMPORTS }, (_, index) =>
        importing(`automaker-import-${round}-${index}`, index % 2 === 0 ? 20 : 1, over.signal),
      );
      const readers = Array.from({ length: READERS }, () =>
        reads(['/', '/api/events?limit=50', '/timeline', '/compare'], over.signal),
      );
      const feed = await fetch(`${node.url}/api/feed?after=0`);
      await sleep(1500);
      expect(await node.stopsWithin(STOPS_WITHIN_MS)).toBe(true);
      over.abort();
      // Either the answer says where to continue, or the connection was cut off.
      for (const answer of await Promise.all(imports))
        expect(answer).toMatch(/^(503 .*(goes on where it stopped|server is stopping)|cut off$)/);
      await Promise.all(readers);
      await feed.body?.cancel().catch(() => undefined);
      await node.start();
      await writers.stop();
      for (const id of writers.acknowledged) acknowledged.add(id);
      expect(acknowledged.size).toBeGreaterThan(WRITERS);
      expect(await node.stopsWithin(STOPS_WITHIN_MS)).toBe(true);
    },
    120_000,
  );

  it('has lost nothing that it acknowledged', async () => {
    const cli = commandLine(directory);
    expect(await cli.tracker('verify')).toMatchObject({ code: 0 });
    const lines = (await cli.tracker('export')).stdout.split('\n').filter((line) => line !== '');
    const held = new Set(lines.map((line) => (JSON.parse(line) as { id: string }).id));
    expect(held.size).toBe(lines.length);
    expect([...acknowledged].filter((id) => !held.has(id))).toEqual([]);
  }, 120_000);
});
