import { jest } from '@jest/globals';
import { placeForLedger } from '../event-store/ledger-place.js';
import { startServer } from './server.js';

jest.setTimeout(120_000);

it('two ledgers on one server, each under a prefix of its own, know nothing of each other', async () => {
  const place = await placeForLedger();
  const prefixes = ['a', 'a-b'].map((each) => `${place.streamPrefix}${each}-`);
  const nodes = [];
  for (const prefix of prefixes)
    nodes.push(await startServer({ ...place.environment, KURRENTDB_STREAM_PREFIX: prefix }));
  const registered = (name: string) => ({
    type: 'AutomakerRegistered',
    occurredOn: '2003',
    data: { name, homeMarket: 'CN' },
  });
  for (const [index, node] of nodes.entries()) {
    const recorded = await node.post('/api/automakers/byd/events', registered(`BYD ${index}`));
    expect(recorded).toMatchObject({ status: 201, body: { position: 1 } });
  }
  for (const [index, node] of nodes.entries()) {
    const { body } = await node.get('/api/automakers?minPosition=1');
    expect(body.automakers).toMatchObject([{ name: `BYD ${index}` }]);
    await node.stop();
  }
  await place.remove();
});

it('two applications over one KurrentDB record in one stream at once, and neither loses anything', async () => {
  const place = await placeForLedger();
  const nodes = [await startServer(place.environment), await startServer(place.environment)] as const;
  const evidence = [{ url: 'https://example.com/a', publisher: 'Example', grade: 'reported' }];
  const registered = {
    type: 'AutomakerRegistered',
    occurredOn: '2003',
    data: { name: 'BYD', homeMarket: 'CN' },
  };
  expect((await nodes[0].post('/api/automakers/byd/events', registered)).status).toBe(201);

  const markets = ['NO', 'DE', 'FR', 'ES', 'IT', 'SE', 'NL', 'BE', 'PL', 'PT'];
  const answers = await Promise.all(
    markets.map((market, index) =>
      nodes[index % 2 === 0 ? 0 : 1].post('/api/automakers/byd/events', {
        type: 'MarketEntered',
        occurredOn: '2021-05',
        data: { market },
        evidence,
      }),
    ),
  );
  expect(answers.map(({ status }) => status)).toEqual(markets.map(() => 201));
  // The other node uses this event when it decides.
  const again = { type: 'MarketEntered', occurredOn: '2021-06', data: { market: 'NO' }, evidence };
  expect((await nodes[1].post('/api/automakers/byd/events', again)).status).toBe(409);

  const positions = answers.map(({ body }) => Number(body.position)).sort((a, b) => a - b);
  expect(positions).toEqual(markets.map((_, index) => index + 2));
  const exports = await Promise.all(
    nodes.map(async ({ get, keys }) => (await get('/api/export', keys.admin)).text),
  );
  expect(exports[0]).toBe(exports[1]);
  for (const node of nodes) await node.stop();
  await place.remove();
});
