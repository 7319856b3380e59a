import { startServer, type TestServer } from './server.js';

/** An object that throws when it is converted to a string or compared with a number. */
const ODD = { toString: false, valueOf: 1 };

describe('an object where a text or a number belongs', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.stop());

  it.each(['type', 'version', 'occurredOn', 'evidence', 'note', 'duplicateOf', 'confirm', 'data'])(
    'is refused as the %s of an event',
    async (field) => {
      const event = { type: 'MarketExited', occurredOn: '2025', data: { market: 'NO' }, [field]: ODD };
      expect((await server.post('/api/automakers/xpeng/events', event)).status).toBe(400);
    },
  );

  it.each(['id', 'stream', 'type', 'version', 'occurredOn', 'recordedAt', 'recordedBy', 'warnings', 'data'])(
    'is refused as the %s of a line of an import',
    async (field) => {
      const line = {
        stream: 'automaker-xpeng',
        type: 'EventCorrected',
        occurredOn: '2025',
        recordedAt: '2026-01-01T00:00:00.000Z',
        recordedBy: 'ann',
        data: { event: ODD, data: ODD, occurredOn: ODD, reason: ODD },
        [field]: ODD,
      };
      const { status, body } = await server.post('/api/imports?restore=true', JSON.stringify(line), {
        'Content-Type': 'application/x-ndjson',
        Authorization: `Bearer ${server.keys.admin}`,
      });
      expect({ status, refused: body.refused }).toEqual({ status: 200, refused: 1 });
    },
  );
});
