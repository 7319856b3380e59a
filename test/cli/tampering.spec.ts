import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { newSigningKey } from '../../src/transparency/checkpoint.js';
import { eventLeaf } from '../../src/transparency/ledger-entry.js';
import { TreeStore } from '../../src/transparency/tree-store.js';
import { commandLine, inFile, type CommandLine } from './command-line.js';
import { jsonLines, SMALL_LEDGER } from './small-ledger.js';

/** An attacker with write access to the files of a store tries to change recorded events. */
(process.env['TIER'] === undefined ? describe : describe.skip)(
  'verify of a store that was tampered with',
  () => {
    let whole: CommandLine;
    let kept: string;
    let key: string;
    let cli: CommandLine;

    beforeAll(async () => {
      whole = commandLine();
      await whole.tracker('import', whole.file('small.jsonl', jsonLines(SMALL_LEDGER)));
      kept = whole.file('kept.txt', (await whole.tracker('checkpoint')).stdout);
      key = (await whole.tracker('checkpoint', '--key')).stdout.trim();
    });
    beforeEach(() => {
      cli = commandLine();
      cpSync(whole.store, cli.store, { recursive: true });
    });
    afterEach(() => cli.remove());
    afterAll(() => whole.remove());

    const editLedger = (sql: string) =>
      inFile(cli.store, 'events.sqlite', (ledger) => {
        ledger.exec(
          'DROP TRIGGER IF EXISTS events_are_never_changed; DROP TRIGGER IF EXISTS events_are_never_deleted',
        );
        ledger.exec(sql);
      });
    const EDIT = `UPDATE events SET body = replace(body, 'Göteborg', 'Malmö') WHERE position = 4`;

    /** The hashes of the events as stored now. */
    async function hashes(): Promise<string[]> {
      const store = await openSqliteEventStore({ file: join(cli.store, 'events.sqlite'), readOnly: true });
      const all: string[] = [];
      for await (const event of store.readAll()) all.push(eventLeaf(event).toString('base64'));
      await store.close();
      return all;
    }
    const rewriteLeaf = async (position: number) => {
      const leaf = (await hashes())[position - 1];
      inFile(cli.store, 'log.sqlite', (log) =>
        log.prepare('UPDATE nodes SET hash = ? WHERE level = 0 AND place = ?').run(leaf ?? '', position - 1),
      );
    };
    const rewriteTree = async () => {
      const leaves = (await hashes()).map((each) => Buffer.from(each, 'base64'));
      inFile(cli.store, 'log.sqlite', (log) => log.exec('DELETE FROM nodes'));
      const tree = new TreeStore(join(cli.store, 'log.sqlite'));
      tree.append(leaves);
      tree.close();
    };

    const findings = async (...args: string[]): Promise<{ position?: number; finding: string }[]> => {
      const { code, json } = await cli.tracker('verify', ...args, '--json');
      expect([code, json.ok]).toEqual([1, false]);
      return json.findings;
    };
    /**
     * All forms of `verify` must find the same. The last one is what an outsider with an old checkpoint runs.
     */
    const everyForm = (): readonly (readonly string[])[] => [
      [],
      ['--checkpoint', kept],
      ['--checkpoint', kept, '--key', key],
    ];

    it('finds nothing in the store as it was', async () => {
      for (const form of everyForm()) expect(await cli.tracker('verify', ...form)).toMatchObject({ code: 0 });
    });

    it('finds an edited event whose own hash was rewritten in the log', async () => {
      editLedger(EDIT);
      await rewriteLeaf(4);
      for (const form of everyForm()) {
        const found = await findings(...form);
        expect(found).toContainEqual(
          expect.objectContaining({
            position: 4,
            finding: expect.stringContaining('edited with its own hash'),
          }),
        );
        expect(found).toContainEqual({
          finding: expect.stringContaining('the checkpoint of 17 events is not of this ledger'),
        });
      }
    });

    it('finds an edited event though the whole tree was rewritten, by the checkpoint that was given out', async () => {
      editLedger(EDIT);
      await rewriteTree();
      for (const form of everyForm())
        expect(await findings(...form)).toContainEqual({
          finding: expect.stringContaining('the checkpoint of 17 events is not of this ledger'),
        });
    });

    it('finds it by a checkpoint that somebody kept, though those of the log were deleted', async () => {
      editLedger(EDIT);
      await rewriteTree();
      inFile(cli.store, 'log.sqlite', (log) =>
        log.exec('DROP TRIGGER checkpoints_are_never_deleted; DELETE FROM checkpoints'),
      );
      expect(await findings('--checkpoint', kept, '--key', key)).toContainEqual({
        finding: expect.stringContaining('the checkpoint of 17 events'),
      });
    });

    it.each([4, 8, 16])('finds that the hash of event %i was taken out of the log', async (position) => {
      editLedger(`UPDATE events SET body = replace(body, '"note"', '"note"') WHERE position = ${position}`);
      inFile(cli.store, 'log.sqlite', (log) =>
        log.exec(`DELETE FROM nodes WHERE level = 0 AND place = ${position - 1}`),
      );
      for (const form of everyForm())
        expect(await findings(...form)).toContainEqual(
          expect.objectContaining({
            position,
            finding: expect.stringContaining('has no hash in the log any more'),
          }),
        );
    });

    it.each([
      [
        'changed',
        `UPDATE nodes SET hash = (SELECT hash FROM nodes WHERE level = 0 AND place = 0) WHERE level = 2 AND place = 1`,
        8,
      ],
      ['deleted', 'DELETE FROM nodes WHERE level = 3 AND place = 0', 8],
    ])('finds that the hash of a subtree was %s', async (_, sql, position) => {
      inFile(cli.store, 'log.sqlite', (log) => log.exec(sql));
      expect(await findings()).toContainEqual(
        expect.objectContaining({
          position,
          finding: expect.stringContaining('whose subtree has another hash'),
        }),
      );
      expect((await cli.tracker('rebuild')).stdout).toContain('made anew');
      expect(await cli.tracker('verify')).toMatchObject({ code: 0 });
    });

    it('finds a protection of the ledger that was changed, and puts back one that was taken away', async () => {
      editLedger('SELECT 1');
      await cli.tracker('automakers');
      expect(() => inFile(cli.store, 'events.sqlite', (ledger) => ledger.exec('DELETE FROM events'))).toThrow(
        'never deleted',
      );
      editLedger('CREATE TRIGGER events_are_never_deleted BEFORE DELETE ON events BEGIN SELECT 1; END');
      expect(await findings()).toContainEqual({
        finding: expect.stringContaining(
          'the definition of events_are_never_deleted in it is not the tracker’s',
        ),
      });
    });

    it('finds that the key of the log was replaced', async () => {
      writeFileSync(join(cli.store, 'log-key.pem'), newSigningKey());
      expect(await findings()).toContainEqual({
        finding: expect.stringContaining('is not signed with the log’s key'),
      });
      expect(await findings('--checkpoint', kept, '--key', key)).toContainEqual({
        finding: expect.stringContaining(`, not ${key}`),
      });
    });

    it('finds a kept checkpoint that is none, and goes on', async () => {
      inFile(cli.store, 'log.sqlite', (log) => log.exec(`INSERT INTO checkpoints VALUES (5, 'nothing')`));
      expect(await findings()).toContainEqual({
        finding: expect.stringContaining('the kept checkpoint of 5 events is not signed'),
      });
      for (const command of ['automakers', 'checkpoint'])
        expect(await cli.tracker(command)).toMatchObject({ code: 0, stderr: '' });
    });

    it('finds whatever the start refuses', async () => {
      inFile(cli.store, 'log.sqlite', (log) => log.exec('UPDATE closed SET size = 20'));
      expect(await findings()).toContainEqual({
        finding: expect.stringContaining('it has the hashes of 17 events, and knows of 20'),
      });
      expect(await cli.tracker('automakers')).toMatchObject({ code: 1 });
    });

    it('finds views that are ahead of the ledger', async () => {
      inFile(cli.store, 'views-1.sqlite', (views) => views.exec('UPDATE checkpoint SET position = 20'));
      expect(await findings()).toContainEqual({
        finding: expect.stringContaining('the views stand at position 20, the ledger ends at 17'),
      });
      expect(await cli.tracker('rebuild')).toMatchObject({ code: 0 });
      expect(await cli.tracker('verify')).toMatchObject({ code: 0 });
    });

    it.each([
      'events.sqlite',
      'log.sqlite',
      'log-key.pem',
      'access.sqlite',
      'views.json',
      'events.sqlite.lock',
    ])('says so where a folder lies in the place of %s', async (name) => {
      await cli.tracker('keys', 'create', 'ann', '--role', 'reader');
      rmSync(join(cli.store, name), { force: true });
      mkdirSync(join(cli.store, name));
      for (const command of ['verify', 'automakers']) {
        const { code, stdout, stderr } = await cli.tracker(command);
        // Reading a store does not need its lock.
        if (name.endsWith('.lock') && command === 'verify') continue;
        expect(code).toBe(1);
        expect(stdout + stderr).toContain(name);
        expect(stdout + stderr).not.toMatch(/\n {4}at /);
      }
    });

    it('says in a sentence that a newer release has written the ledger', async () => {
      editLedger('PRAGMA user_version = 99');
      const { code, stderr } = await cli.tracker('automakers');
      expect([code, stderr]).toEqual([1, expect.stringMatching(/^error: .*newer version.*\n$/)]);
    });

    it('finds that a kept checkpoint was changed', async () => {
      inFile(cli.store, 'log.sqlite', (log) =>
        log.exec(
          `DROP TRIGGER checkpoints_are_never_changed; UPDATE checkpoints SET note = replace(note, '17', '16')`,
        ),
      );
      expect(await findings()).toContainEqual({
        finding: expect.stringContaining('the kept checkpoint of 17 events is not signed'),
      });
    });

    // The columns and the body name different places, so the index and a reader of the body disagree.
    it.each([
      [
        'stream',
        `stream = 'automaker-geely', revision = 5`,
        `'$.stream', 'automaker-xpeng', '$.revision', 13`,
      ],
      ['revision', 'revision = 40', `'$.revision', 13`],
      ['id', `id = 'b0b00000-0000-4000-8000-000000000000'`, `'$.id', id`],
      ['type', `type = 'StoreClosed'`, `'$.type', type`],
      ['position', 'position = 40', `'$.position', 14`],
    ])('finds a column %s that lies while the body tells the truth', async (_, lie, truth) => {
      editLedger(
        `UPDATE events SET body = json_set(body, ${truth}) WHERE position = 14; UPDATE events SET ${lie} WHERE position = 14`,
      );
      for (const form of everyForm())
        expect(
          (await findings(...form)).some(
            ({ position, finding }) =>
              [14, 40].includes(position ?? 0) && finding.includes('names a place of its own'),
          ),
        ).toBe(true);
    });

    it.each([
      [
        'says something twice',
        `substr(body, 1, length(body) - 1) || ',"note":"a","note":"b"}'`,
        'is not written as the tracker writes it',
      ],
      ['says what no event says', `json_set(body, '$.hidden', 'x')`, 'has fields that no event has: hidden'],
      ...['__proto__', 'constructor', 'toString'].map((name): [string, string, string] => [
        `says something under the name ${name}, which every object has`,
        `substr(body, 1, length(body) - 1) || ',"${name}":{"note":"x"}}'`,
        `has fields that no event has: ${name}`,
      ]),
      [
        'has blanks between its fields',
        `replace(body, '":', '": ')`,
        'is not written as the tracker writes it',
      ],
    ])('finds an event that %s', async (_, body, finding) => {
      editLedger(`UPDATE events SET body = ${body} WHERE position = 14`);
      expect(await findings()).toContainEqual(
        expect.objectContaining({ position: 14, finding: expect.stringContaining(finding) }),
      );
    });
  },
);
