import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '../../src/event-store/sqlite/driver.js';
import { newSigningKey } from '../../src/transparency/checkpoint.js';
import { createDatabase, describeOnPostgres } from '../postgres.js';
import { commandLine, type CommandLine } from './command-line.js';
import { jsonLines, SMALL_LEDGER } from './small-ledger.js';

const entered = (market: string) => ({
  type: 'MarketEntered',
  occurredOn: '2024-05',
  data: { market },
  evidence: [{ url: `https://example.com/${market}`, publisher: 'x', grade: 'reported' }],
});

(process.env['TIER'] === undefined ? describe : describe.skip)(
  'a ledger that is another one than before',
  () => {
    /** The store after 17 events and after three more, and an export and a checkpoint of those 20. */
    let older: CommandLine;
    let newer: CommandLine;
    let kept: string;
    let key: string;
    let ids: string[];
    let cli: CommandLine;

    beforeAll(async () => {
      older = commandLine();
      await older.tracker('import', older.file('small.jsonl', jsonLines(SMALL_LEDGER)));
      await older.tracker('keys', 'create', 'alice', '--role', 'analyst');
      newer = commandLine();
      cpSync(older.store, newer.store, { recursive: true });
      for (const market of ['DE', 'DK', 'FI'])
        await newer.tracker('record', 'xpeng', newer.file('event.json', JSON.stringify(entered(market))));
      kept = newer.file('kept.txt', (await newer.tracker('checkpoint')).stdout);
      key = (await newer.tracker('checkpoint', '--key')).stdout.trim();
      ids = (await newer.tracker('export')).stdout
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as { id: string }).id);
    });
    afterAll(async () => {
      await older.remove();
      await newer.remove();
    });
    beforeEach(() => {
      cli = commandLine();
      cpSync(newer.store, cli.store, { recursive: true });
    });
    afterEach(() => cli.remove());

    const replace = (name: string, from: CommandLine) => {
      for (const suffix of ['', '-wal', '-shm']) rmSync(join(cli.store, name + suffix), { force: true });
      cpSync(join(from.store, name), join(cli.store, name));
    };
    /** The contents of the files, independent of SQLite's file layout. */
    const contents = () =>
      [
        ['log.sqlite', 'nodes', 'closed', 'smuggled', 'checkpoints'],
        ['views-1.sqlite', 'records', 'timeline', 'checkpoint'],
        ['events.sqlite', 'events'],
      ].flatMap(([name = '', ...tables]) => {
        const database = openDatabase(join(cli.store, name), { readOnly: true });
        const rows = tables.map((table) => database.prepare(`SELECT * FROM ${table}`).all());
        database.close();
        return rows;
      });
    const starts = () => cli.tracker('automakers');
    const record = (market: string) =>
      cli.tracker('record', 'xpeng', cli.file('event.json', JSON.stringify(entered(market))));

    describe('because an older events.sqlite was put back', () => {
      beforeEach(() => replace('events.sqlite', older));

      it('is not started, and told where it parts, what is lost and which command mends it', async () => {
        for (const command of [starts, () => record('NL'), () => cli.tracker('rebuild')])
          expect(await command()).toMatchObject({
            code: 1,
            stdout: '',
            stderr: expect.stringMatching(
              new RegExp(
                `ends at position 17, the log at 20.*the views at 20; they agree up to there.*18 \\(${ids[17]}\\).*tracker restore <folder>.*tracker adopt --reason`,
                's',
              ),
            ),
          });
      });

      it('changes nothing by being refused', async () => {
        await starts();
        const before = contents();
        await starts();
        expect(contents()).toEqual(before);
        replace('events.sqlite', newer);
        expect(await cli.tracker('verify')).toMatchObject({ code: 0 });
      });

      it('is found by verify, which names each missing event by its id', async () => {
        const { code, json } = await cli.tracker('verify', '--json');
        expect(code).toBe(1);
        for (const [index, id] of ids.slice(17).entries())
          expect(json.findings).toContainEqual({
            position: 18 + index,
            event: id,
            finding: 'is not there any more: the log had taken it in',
          });
      });

      it('is adopted: views and log are made anew, verify is content, recording goes on', async () => {
        expect(await cli.tracker('adopt', '--reason', 'the disk died on Friday')).toMatchObject({
          code: 0,
          stdout: expect.stringMatching(/17 events is adopted.*3 given up/s),
        });
        expect((await cli.tracker('markets', 'xpeng')).stdout).not.toMatch(/\b(DE|Germany)\b/);
        expect(await cli.tracker('verify')).toMatchObject({
          code: 0,
          stdout: expect.stringMatching(/17 of 20 events kept \("the disk died on Friday"\)\nOK/),
        });
        expect(await record('NL')).toMatchObject({ code: 0 });
        expect(await cli.tracker('verify')).toMatchObject({ code: 0 });
      });

      it('tells auditors of it in every later checkpoint, and gives an old one that reason', async () => {
        await cli.tracker('adopt', '--reason', 'the disk died on Friday');
        for (let more = 0; more < 4; more++) await record(['NL', 'BE', 'FR', 'IT'][more] ?? '');
        const checkpoint = (await cli.tracker('checkpoint')).stdout;
        expect(checkpoint).toMatch(
          /^market-expansion-tracker\n21\n\S+\nadopted \{.*"kept":17,"former":20.*\}\n\n— /,
        );

        const reason = expect.stringMatching(
          /checkpoint of 20 events is of the ledger before .*18 to 20 were given up \("the disk died/,
        );
        const { code, json } = await cli.tracker('verify', '--checkpoint', kept, '--key', key, '--json');
        expect(code).toBe(1);
        expect(json.findings).toEqual([{ finding: reason }]);

        const file = cli.file('export.jsonl');
        await cli.tracker('export', '--out', file);
        const offline = await cli.tracker(
          'verify',
          '--export',
          file,
          '--checkpoint',
          kept,
          '--key',
          key,
          '--json',
        );
        expect(offline.code).toBe(1);
        expect(offline.json.faults).toEqual([{ fault: reason }]);
        expect(await cli.tracker('verify', '--export', file, '--key', key)).toMatchObject({ code: 0 });
      });

      it('does not excuse a checkpoint of what was kept', async () => {
        await cli.tracker('adopt', '--reason', 'the disk died on Friday');
        const ledger = openDatabase(join(cli.store, 'events.sqlite'));
        ledger.exec(
          `DROP TRIGGER events_are_never_changed; UPDATE events SET body = replace(body, 'Göteborg', 'Malmö') WHERE position = 4`,
        );
        ledger.close();
        expect((await cli.tracker('verify', '--json')).json.findings).toContainEqual(
          expect.objectContaining({ position: 4 }),
        );
      });
    });

    describe.each(['events.sqlite', 'log.sqlite', 'log-key.pem', 'access.sqlite'])(
      'without its %s',
      (name) => {
        const gone = () => {
          for (const suffix of ['', '-wal', '-shm']) rmSync(join(cli.store, name + suffix), { force: true });
        };
        const asks = name === 'access.sqlite' ? () => cli.tracker('keys', 'list') : starts;

        it.each([
          ['it is gone', gone],
          [
            'it is empty',
            () => {
              gone();
              writeFileSync(join(cli.store, name), '');
            },
          ],
        ])('is not started where %s, and makes no new one', async (_, damage) => {
          damage();
          expect(await asks()).toMatchObject({
            code: 1,
            stderr: expect.stringMatching(new RegExp(`${name} is missing or empty.*last backup`, 's')),
          });
          expect(existsSync(join(cli.store, name)) ? readFileSync(join(cli.store, name)).length : 0).toBe(0);
          expect((await cli.tracker('verify', '--json')).json.findings).toContainEqual({
            finding: expect.stringContaining(`${name} is missing or empty`),
          });
          expect(await cli.tracker('adopt', '--reason', `${name} is gone`)).toMatchObject({ code: 0 });
          expect(await cli.tracker('verify')).toMatchObject({ code: 0 });
          expect(await asks()).toMatchObject({ code: 0 });
        });
      },
    );

    it('knows its files also where the list of them was lost', async () => {
      rmSync(join(cli.store, 'store.json'));
      renameSync(join(cli.store, 'events.sqlite'), cli.file('elsewhere.sqlite'));
      expect(await starts()).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('events.sqlite is missing or empty'),
      });
    });

    it('is refused where it is a foreign one', async () => {
      const other = commandLine();
      await other.tracker(
        'import',
        other.file(
          'other.jsonl',
          jsonLines(
            SMALL_LEDGER.map((each, index) => ({
              ...each,
              id: `00000000-0000-4000-8000-0000000001${index + 10}`,
            })),
          ),
        ),
      );
      replace('events.sqlite', other);
      await other.remove();
      expect(await starts()).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('it belongs to another ledger'),
      });
    });

    it('is told where it forked, though it has as many events', async () => {
      const fork = commandLine();
      cpSync(older.store, fork.store, { recursive: true });
      for (const market of ['NL', 'BE', 'FR'])
        await fork.tracker('record', 'xpeng', fork.file('event.json', JSON.stringify(entered(market))));
      replace('events.sqlite', fork);
      await fork.remove();
      expect(await starts()).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/agree up to position 17 and have other events after it/),
      });
      await cli.tracker('adopt', '--reason', 'the fork is the right one');
      expect(await cli.tracker('verify')).toMatchObject({ code: 0 });
    });

    it('is not started with another key, and says so to who holds the old one', async () => {
      writeFileSync(join(cli.store, 'log-key.pem'), newSigningKey());
      expect(await starts()).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/log-key.pem is damaged: it is the key .* was signed with/),
      });
      await cli.tracker('adopt', '--reason', 'a new key');
      expect(await cli.tracker('verify')).toMatchObject({ code: 0 });
      const { json } = await cli.tracker('verify', '--checkpoint', kept, '--key', key, '--json');
      expect(json.findings).toEqual([{ finding: expect.stringMatching(/since .* no longer .*a new key/) }]);
    });

    it('has its views rebuilt where only they are another ledger’s, and log and ledger agree', async () => {
      const other = commandLine();
      const lines = SMALL_LEDGER.map((each, index) => ({
        ...each,
        id: `00000000-0000-4000-8000-0000000001${index + 10}`,
      }));
      await other.tracker('import', other.file('other.jsonl', jsonLines(lines)));
      await other.tracker('automakers');
      replace('views-1.sqlite', other);
      await other.remove();
      expect(await starts()).toMatchObject({ code: 1, stderr: expect.stringContaining('tracker rebuild') });
      expect(await cli.tracker('rebuild')).toMatchObject({ code: 0 });
      expect(await cli.tracker('verify')).toMatchObject({ code: 0 });
    });

    it('asks for a reason, and adopts nothing where nothing is other than before', async () => {
      expect(await cli.tracker('adopt')).toMatchObject({ code: 2 });
      expect(await cli.tracker('adopt', '--reason', ' ')).toMatchObject({ code: 1 });
      expect(await cli.tracker('adopt', '--reason', 'just so')).toMatchObject({
        code: 0,
        stdout: expect.stringContaining('knows all 20 events already'),
      });
      expect((await cli.tracker('checkpoint')).stdout).not.toContain('adopted');
    });

    it('keeps its folder and all files of it to their owner', async () => {
      const modes = (folder: string) =>
        readdirSync(folder).filter((name) => (statSync(join(folder, name)).mode & 0o077) !== 0);
      expect(statSync(older.store).mode & 0o777).toBe(0o700);
      expect(modes(older.store)).toEqual([]);
      mkdirSync(cli.file('backups'));
      await cli.tracker('backup', cli.file('backups/now'));
      expect(modes(cli.file('backups/now'))).toEqual([]);
    });
  },
);

// This test sets its own tier: views in a database, and the ledger in files.
(process.env['TIER'] === undefined ? describeOnPostgres : describe.skip)(
  'a ledger in files whose views are in a database',
  () => {
    it('is refused where the database has those of another ledger', async () => {
      const database = await createDatabase();
      const [first, second] = [commandLine(), commandLine()];
      const before = process.env['POSTGRES_URL'];
      process.env['POSTGRES_URL'] = database.url;
      try {
        await first.tracker('import', first.file('small.jsonl', jsonLines(SMALL_LEDGER)));
        await first.tracker('checkpoint');
        await first.tracker('automakers');
        const foreign = {
          stderr: expect.stringMatching(/ends at position 0, the (log|views) at 17/),
          code: 1,
        };
        expect(await second.tracker('automakers')).toMatchObject(foreign);
        expect(await second.tracker('checkpoint')).toMatchObject(foreign);
        expect(await first.tracker('verify')).toMatchObject({ code: 0 });
      } finally {
        if (before === undefined) delete process.env['POSTGRES_URL'];
        else process.env['POSTGRES_URL'] = before;
        await first.remove();
        await second.remove();
        await database.drop();
      }
    });
  },
);
