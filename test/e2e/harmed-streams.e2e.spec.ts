import { jest } from '@jest/globals';
import { commandLine, type CommandLine } from '../cli/command-line.js';
import { jsonLines, SMALL_LEDGER } from '../cli/small-ledger.js';
import { KurrentDouble } from '../event-store/kurrentdb-double/double.js';
import { createDatabase, describeOnPostgres, type TestDatabase } from '../postgres.js';
import { REGISTERED, startServer, type TestServer } from './server.js';

jest.setTimeout(180_000);

// Uses the double, because the test deletes streams on the server. These tests set the tier themselves.
(process.env['TIER'] === undefined ? describeOnPostgres : describe.skip)(
  'an automaker whose stream somebody deletes in KurrentDB',
  () => {
    let database: TestDatabase;
    let double: KurrentDouble;
    let cli: CommandLine;
    let server: TestServer;
    let stores: Readonly<Record<string, string>>;

    beforeEach(async () => {
      database = await createDatabase();
      double = await KurrentDouble.start();
      stores = { KURRENTDB_URL: double.url, POSTGRES_URL: database.url };
      cli = commandLine();
      Object.assign(process.env, stores);
      await cli.tracker('import', cli.file('all.jsonl', jsonLines(SMALL_LEDGER)));
      server = await startServer({ ...stores, DATA_DIR: cli.store });
      await server.get(`/api/automakers?minPosition=${SMALL_LEDGER.length}`);
    });
    afterEach(async () => {
      await server.stop();
      for (const name of Object.keys(stores)) Reflect.deleteProperty(process.env, name);
      await cli.remove();
      await double.stop();
      await database.drop();
    });

    const record = (automaker: string, event: object) =>
      server.post(`/api/automakers/${automaker}/events`, event);
    const SERVICE_CENTER = {
      type: 'ServiceCenterOpened',
      occurredOn: '2026-01-01',
      data: { market: 'NO', city: 'Oslo' },
      evidence: [{ url: 'https://example.com/source', publisher: 'Example', grade: 'reported' }],
    };

    it('for good, takes nothing more and says why, while every other goes on', async () => {
      double.log.tombstone('automaker-xpeng');
      const refused = await record('xpeng', SERVICE_CENTER);
      expect(refused.status).toBe(409);
      expect(refused.body.detail).toMatch(/automaker-xpeng was deleted \(tombstoned\) in KurrentDB.*backup/);
      expect((await record('other', REGISTERED)).status).toBe(201);
      const ready = await server.get('/health/ready');
      expect(ready.status).toBe(200);
      expect(ready.body.checks['event-store'].detail).toContain(
        'Nothing can be recorded in automaker-xpeng any more: deleted in KurrentDB.',
      );
      expect((await server.get('/automakers/xpeng')).text).toContain(
        'nothing more can be recorded of it: its stream was deleted in KurrentDB',
      );
      expect((await server.get('/automakers/other')).text).not.toContain('deleted in KurrentDB');
      const { code, json } = await cli.tracker('verify', '--json');
      expect(code).toBe(1);
      expect(json.findings).toEqual([
        { finding: expect.stringMatching(/^automaker-xpeng was deleted \(tombstoned\)/) },
      ]);
    });

    it('but may no longer be written to, is refused with the right that is missing, and with nothing recorded', async () => {
      double.forbidden.add('append');
      const refused = await record('xpeng', SERVICE_CENTER);
      expect([refused.status, refused.body.type]).toEqual([503, '/problems/store-unavailable']);
      expect(refused.body.detail).toMatch(/refuses the user of KURRENTDB_URL to write to automaker-xpeng/);
      double.forbidden.clear();
      expect((await record('xpeng', SERVICE_CENTER)).status).toBe(201);
    });

    it('softly, takes what is recorded, and verify says what to do before a scavenge', async () => {
      double.log.delete('automaker-xpeng');
      expect((await record('xpeng', SERVICE_CENTER)).status).toBe(201);
      const { code, json } = await cli.tracker('verify', '--json');
      expect(code).toBe(1);
      expect(json.findings).toEqual([
        { finding: expect.stringMatching(/^automaker-xpeng was cut in KurrentDB.*before one$/) },
      ]);
    });
  },
);
