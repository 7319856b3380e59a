import { entered, opened, REGISTERED, startServer, type TestServer } from './server.js';

const EVENTS = Number(process.env['CONCURRENT_EVENTS'] ?? 800);
const CLIENTS = 16;

describe('sixteen clients at once', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await startServer();
  });
  afterEach(() => server.stop());

  async function recordAll(automakerOf: (client: number) => string): Promise<string[]> {
    const names = [...new Set(Array.from({ length: CLIENTS }, (_, client) => automakerOf(client)))];
    for (const name of names) await server.post(`/api/automakers/${name}/events`, REGISTERED);
    const ids: string[] = [];
    await Promise.all(
      Array.from({ length: CLIENTS }, async (_, client) => {
        for (let index = 0; index < EVENTS / CLIENTS; index++) {
          const { status, body } = await server.post(
            `/api/automakers/${automakerOf(client)}/events`,
            opened('NO', '2021-09-14', `City ${client} ${index}`),
          );
          expect(status).toBe(201);
          ids.push(body.events[0].id);
        }
      }),
    );
    return ids;
  }

  it.each([
    ['one automaker', () => 'xpeng'],
    ['many automakers', (client: number) => `maker-${client}`],
  ])(
    'lose nothing and double nothing on %s, and leave no gap',
    async (_, automakerOf) => {
      const ids = await recordAll(automakerOf);
      const exported = (await server.get('/api/export')).text
        .trim()
        .split('\n')
        .map(
          (line) => JSON.parse(line) as { id: string; stream: string; revision: number; position: number },
        );
      const recorded = exported.map(({ id }) => id);
      expect(new Set(recorded).size).toBe(recorded.length);
      expect(ids.filter((id) => !recorded.includes(id))).toEqual([]);
      expect(recorded).toHaveLength(ids.length + new Set(exported.map(({ stream }) => stream)).size);
      expect(exported.map(({ position }) => position)).toEqual(exported.map((__, index) => index + 1));
      for (const stream of new Set(exported.map((event) => event.stream))) {
        const revisions = exported.filter((event) => event.stream === stream).map(({ revision }) => revision);
        expect(revisions).toEqual(revisions.map((__, index) => index));
      }
    },
    900_000,
  );

  it('let exactly one of them enter a market', async () => {
    await server.post('/api/automakers/xpeng/events', REGISTERED);
    const answers = await Promise.all(
      Array.from({ length: CLIENTS }, () => server.post('/api/automakers/xpeng/events', entered('NO'))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([
      201,
      ...Array.from({ length: CLIENTS - 1 }, () => 409),
    ]);
  });
});
