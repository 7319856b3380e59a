import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openAccessDatabase } from '../../src/access/access-database.js';
import { ApiKeys } from '../../src/access/api-keys.js';
import { verify } from '../../src/read-model/verify.js';
import { tierOf, type Tier } from '../tier.js';
import { NodeProcess } from './node-process.js';
import { answerTo, entered, REGISTERED } from './server.js';

const KILLED = fileURLToPath(new URL('move-killed-node.mjs', import.meta.url));

describe('a node that is killed between the two appends of a move', () => {
  let directory: string;
  let tier: Tier;
  let key: string;
  let node: NodeProcess | undefined;
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'tracker-move-'));
    tier = await tierOf(directory);
    const access = await openAccessDatabase(directory, tier.environment['POSTGRES_URL']);
    ({ key } = await new ApiKeys(access).create('mover', 'analyst'));
    await access.destroy();
  });
  afterEach(async () => {
    await node?.kill();
    await tier.remove();
    rmSync(directory, { recursive: true, force: true });
  });

  const start = async (main?: string): Promise<NodeProcess> => {
    node = await NodeProcess.on(directory, tier.environment, main);
    await node.start();
    return node;
  };
  const post = (at: NodeProcess, path: string, body: object) =>
    answerTo(
      fetch(at.url + path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${key}` },
        body: JSON.stringify(body),
      }),
    );
  const findings = async () => {
    const [store, views] = [await tier.events(), await tier.views()];
    const found = await verify(store, views);
    await views.close();
    await store.close();
    return found.findings.map(({ finding }) => finding);
  };
  const markets = async (at: NodeProcess, automaker: string, position: number) => {
    const { body } = await answerTo(fetch(`${at.url}/api/automakers/${automaker}?minPosition=${position}`));
    return body.markets.map(({ market }: { market: string }) => market);
  };

  it('leaves the event where it was, says so, and the same request ends the move without a second copy', async () => {
    const first = await start(KILLED);
    for (const [id, name] of [
      ['xpeng', 'XPeng'],
      ['geely', 'Geely'],
    ] as const)
      await post(first, `/api/automakers/${id}/events`, { ...REGISTERED, data: { name, homeMarket: 'CN' } });
    const { body } = await post(first, '/api/automakers/xpeng/events', [entered('NO'), entered('SE')]);
    const [norway, sweden] = body.events.map(({ id }: { id: string }) => id) as [string, string];
    const move = { events: [norway, sweden], to: 'geely', reason: 'of Geely' };
    await expect(post(first, '/api/automakers/xpeng/moves', move)).rejects.toThrow();
    await first.ended();

    // The first append wrote the target stream: the two events, and where they came from.
    const second = await start();
    expect((await markets(second, 'xpeng', 8)).sort()).toEqual(['NO', 'SE']);
    expect((await markets(second, 'geely', 8)).sort()).toEqual(['NO', 'SE']);
    await second.kill();
    expect(await findings()).toEqual(
      [norway, sweden].map((id) => expect.stringContaining(`still counts as ${id}: the move was cut off`)),
    );

    const third = await start();
    const again = await post(third, '/api/automakers/xpeng/moves', move);
    expect(again.status).toBe(201);
    expect(again.body.position).toBe(10);
    expect(await markets(third, 'xpeng', 10)).toEqual([]);
    expect((await markets(third, 'geely', 10)).sort()).toEqual(['NO', 'SE']);
    const twice = await post(third, '/api/automakers/xpeng/moves', move);
    expect(twice.body.events).toEqual(again.body.events);
    await third.kill();
    expect(await findings()).toEqual([]);
  }, 120_000);
});
