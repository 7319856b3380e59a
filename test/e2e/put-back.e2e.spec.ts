import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { commandLine, type CommandLine } from '../cli/command-line.js';
import { jsonLines, SMALL_LEDGER } from '../cli/small-ledger.js';
import { KurrentDouble } from '../event-store/kurrentdb-double/double.js';
import { createDatabase, describeOnPostgres, type TestDatabase } from '../postgres.js';
import { entered, startServer, type TestServer } from './server.js';

jest.setTimeout(300_000);

/** Number of the seventeen events that remain after the server is restored from a backup. */
const KEPT = 14;

// Uses the double, because the test restores the server's data. These tests set the tier themselves.
(process.env['TIER'] === undefined ? describeOnPostgres : describe.skip)(
  'a KurrentDB that is put back to an older state',
  () => {
    let database: TestDatabase;
    let double: KurrentDouble;
    let stores: Readonly<Record<string, string>>;
    let cli: CommandLine;
    let early: string;
    let late: string;
    let ids: string[];

    beforeEach(async () => {
      database = await createDatabase();
      double = await KurrentDouble.start();
      stores = { KURRENTDB_URL: double.url, POSTGRES_URL: database.url };
      cli = commandLine();
      const lines = SMALL_LEDGER.map((line) => JSON.stringify(line));
      await tracker('import', cli.file('first.jsonl', `${lines.slice(0, KEPT).join('\n')}\n`));
      early = cli.file('early.txt', (await tracker('checkpoint')).stdout);
      await tracker('import', cli.file('all.jsonl', jsonLines(SMALL_LEDGER)));
      late = cli.file('late.txt', (await tracker('checkpoint')).stdout);
      ids = double.log.events.map(({ id }) => id);
    });
    afterEach(async () => {
      await cli.remove();
      await double.stop();
      await database.drop();
    });

    /** Runs the command line with the stores of the server tier. */
    async function tracker(...args: string[]) {
      Object.assign(process.env, stores);
      try {
        return await cli.tracker(...args);
      } finally {
        for (const name of Object.keys(stores)) Reflect.deleteProperty(process.env, name);
      }
    }

    /** Starts a node, with its own folder or with that of the command line. */
    const node = (directory?: string): Promise<TestServer> =>
      startServer({ ...stores, ...(directory !== undefined && { DATA_DIR: directory }) });

    const record = (server: TestServer) => server.post('/api/automakers/xpeng/events', entered('IS'));

    async function isToldBy(server: TestServer, where: RegExp): Promise<void> {
      const until = Date.now() + 90_000;
      let ready = await server.get('/health/ready');
      while (ready.status === 200 && Date.now() < until) ready = await server.get('/health/ready');
      expect(ready.status).toBe(503);
      expect(ready.body.checks['event-store'].detail).toMatch(where);
      const refused = await record(server);
      expect(refused.status).toBe(503);
      expect(refused.body.detail).toMatch(where);
      expect(double.log.events.map(({ id }) => id)).toEqual(ids.slice(0, KEPT));
    }

    it('is found by a node that runs, which records nothing from then on', async () => {
      const server = await node();
      expect((await server.get(`/api/automakers?minPosition=${ids.length}`)).status).toBe(200);
      double.log.cutOff(KEPT);
      double.dropConnections();
      await isToldBy(server, new RegExp(`agree up to position ${KEPT};`));
      await server.stop();
    });

    it.each([
      ['a node that was down meanwhile', () => cli.store],
      ['a new node with an empty folder', () => undefined],
    ])('is found by %s, which answers, and records and signs nothing', async (_, folder) => {
      double.log.cutOff(KEPT);
      const server = await node(folder());
      await isToldBy(
        server,
        new RegExp(`ends at position ${KEPT}, .* at ${ids.length}; they agree up to there`),
      );
      expect((await record(server)).body.title).toBe('A store is not reached');
      expect((await server.get('/api/automakers')).status).toBe(200);
      expect((await server.get('/api/ledger/checkpoint')).status).toBe(503);
      await server.stop();
    });

    it('is found by the command line, which lists what is missing and changes nothing', async () => {
      double.log.cutOff(KEPT);
      expect(await tracker('automakers')).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(new RegExp(`ends at position ${KEPT}.*tracker adopt --reason`, 's')),
      });
      const { code, json } = await tracker('verify', '--json');
      expect(code).toBe(1);
      for (const [index, id] of ids.slice(KEPT).entries())
        expect(json.findings).toContainEqual(
          expect.objectContaining({ position: KEPT + 1 + index, event: id }),
        );
    });

    it('is accepted by adopt, which auditors see, and then goes on', async () => {
      double.log.cutOff(KEPT);
      const adopted = await tracker('adopt', '--reason', 'the backup of Monday was put back');
      expect(adopted).toMatchObject({ code: 0, stderr: '' });
      expect(await tracker('verify', '--checkpoint', early)).toMatchObject({ code: 0 });
      const old = await tracker('verify', '--checkpoint', late);
      expect(old.code).toBe(1);
      expect(old.stdout).toContain('the backup of Monday was put back');
      const server = await node();
      expect((await record(server)).status).toBe(201);
      expect((await server.get(`/api/automakers?minPosition=${KEPT + 1}`)).status).toBe(200);
      expect((await server.get('/health/ready')).status).toBe(200);
      await server.stop();
    });

    it('is found also where somebody has recorded in it since', async () => {
      double.log.cutOff(KEPT);
      const folder = mkdtempSync(join(tmpdir(), 'tracker-other-'));
      const database2 = await createDatabase();
      const other = await startServer({ ...stores, POSTGRES_URL: database2.url, DATA_DIR: folder });
      for (const market of ['IS', 'PT', 'GR', 'CY'])
        expect((await other.post('/api/automakers/xpeng/events', entered(market))).status).toBe(201);
      await other.stop();
      const server = await node();
      const { body } = await server.get('/health/ready');
      expect(body.checks['event-store'].detail).toMatch(
        new RegExp(`agree up to position ${KEPT} and have other events after it`),
      );
      expect((await server.post('/api/automakers/xpeng/events', entered('MT'))).status).toBe(503);
      await server.stop();
      await database2.drop();
      rmSync(folder, { recursive: true, force: true });
    });

    it('is another ledger: a database of one does not serve it, and the node does not start', async () => {
      const other = { ...stores, KURRENTDB_STREAM_PREFIX: 'other-' };
      await expect(startServer(other)).rejects.toThrow(/no event in common: it belongs to another ledger/);
    });
  },
);
