import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '../../src/event-store/sqlite/driver.js';
import { DoubleLog } from '../event-store/kurrentdb-double/log.js';
import { describeOnDouble } from '../event-store/ledger-place.js';
import { tierOf } from '../tier.js';
import { commandLine, type CommandLine } from './command-line.js';
import { ENTERED_SE, jsonLines, SMALL_LEDGER } from './small-ledger.js';

const TRIGGERS = 'DROP TRIGGER events_are_never_changed; DROP TRIGGER events_are_never_deleted;';
const BODY = "SET body = json_set(body, '$.recordedAt', '2001-01-01T00:00:00.000Z')";

const found = async (cli: CommandLine) => {
  const { code, json } = await cli.tracker('verify', '--json');
  expect([code, json.ok]).toEqual([1, false]);
  return json.findings as { position?: number; event?: string; finding: string }[];
};

describe('verify', () => {
  let cli: CommandLine;
  beforeEach(async () => {
    cli = commandLine();
    await cli.tracker('import', cli.file('small.jsonl', jsonLines(SMALL_LEDGER)));
    await cli.tracker('automakers');
  });
  afterEach(() => cli.remove());

  it('finds nothing in a whole ledger, and counts what it compared', async () => {
    const { code, stdout } = await cli.tracker('verify');
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/^17 events in 3 streams; \d+ rows .* 17\nOK\n$/),
    ]);
  });

  it.each([
    [
      'a record that was changed',
      `UPDATE records SET doc = replace(doc, '"present":true', '"present":false') WHERE kind = 'market' AND key = 'SE'`,
      [{ finding: 'records: the row automaker-xpeng market SE differs from the fold' }],
    ],
    [
      'a record that was removed',
      `DELETE FROM records WHERE kind = 'market' AND key = 'SE'`,
      [{ finding: 'records: the row automaker-xpeng market SE is missing' }],
    ],
    [
      'a record that was added',
      `INSERT INTO records VALUES ('automaker-xpeng', 'market', 'FR', 0, '{}')`,
      [{ finding: 'records: the row automaker-xpeng market FR should not be there' }],
    ],
    [
      'a timeline that was changed',
      `UPDATE timeline SET day = '1999-01-01' WHERE position = 2; DELETE FROM timeline WHERE position = 4`,
      [
        { position: 2, finding: 'timeline: the row of this event differs from the fold' },
        { position: 4, finding: 'timeline: the row of this event is missing' },
      ],
    ],
  ])('finds %s, and a rebuild mends it', async (_, sql, findings) => {
    await cli.tamperViews(sql);
    expect(await found(cli)).toEqual(findings.map((each) => expect.objectContaining(each)));
    const rebuilt = await cli.tracker('rebuild');
    expect(rebuilt.stdout).toContain(`${findings.length} rows differed`);
    expect(await cli.tracker('verify')).toMatchObject({ code: 0 });
  });

  it.each([
    [
      'is not parked in truth',
      `INSERT INTO parked_streams VALUES ('automaker-geely', 16, 'none', 'Error: forged', '2026-01-01T00:00:00.000Z')`,
    ],
    [
      'is not there at all',
      `INSERT INTO parked_streams VALUES ('automaker-ghost', 3, 'none', 'Error: forged', '2026-01-01T00:00:00.000Z')`,
    ],
  ])('finds that a stream is said to be parked which %s, and a rebuild mends it', async (_, sql) => {
    await cli.tamperViews(sql);
    expect(await found(cli)).toEqual([
      expect.objectContaining({
        finding: expect.stringMatching(
          /^automaker-\w+ is parked in the views at position \d+, and each event of it can be read/,
        ),
      }),
    ]);
    await cli.tracker('rebuild');
    expect(await cli.tracker('verify')).toMatchObject({ code: 0 });
  });

  it.each([
    ['position', '-1'],
    ['version', '-1'],
    // Only SQLite keeps a text in a column of numbers.
    ...(process.env['TIER'] === undefined ? [['position', `'nowhere'`]] : []),
  ])('finds that the views have a %s of %s, and a rebuild mends it', async (column, value) => {
    await cli.tamperViews(`UPDATE checkpoint SET "${column}" = ${value}`);
    expect(await found(cli)).toEqual([
      expect.objectContaining({
        finding: expect.stringMatching(/they stand at position .*`tracker rebuild`/),
      }),
    ]);
    await cli.tracker('rebuild');
    expect(await cli.tracker('verify')).toMatchObject({ code: 0 });
  });

  it('finds that the views stand at another instant, which would keep others from recording', async () => {
    await cli.tamperViews(`UPDATE checkpoint SET "recordedAt" = '2199-01-01T00:00:00.000Z'`);
    expect(await found(cli)).toEqual([
      expect.objectContaining({
        position: 17,
        finding: expect.stringMatching(/recorded at 2199-01-01T00:00:00.000Z; it was at 20/),
      }),
    ]);
    await cli.tracker('rebuild');
    expect(await cli.tracker('verify')).toMatchObject({ code: 0 });
  });

  it('finds outlines that claim to stand where none can, and a rebuild mends it', async () => {
    const { OUTLINE_VERSION } = await import('../../src/queries/automakers/outline.js');
    await cli.tamperViews(`INSERT INTO outlines_reached VALUES (1, 1000000, ${OUTLINE_VERSION}, 1)`);
    expect(await found(cli)).toEqual([
      { finding: expect.stringMatching(/^outlines: they stand at position 1000000 .*`tracker rebuild`/) },
    ]);
    await cli.tracker('rebuild');
    expect(await cli.tracker('verify')).toMatchObject({ code: 0 });
  });

  it('finds a move that was cut off between its two sides, and the same move mends it', async () => {
    const there = '00000000-0000-4000-8000-000000000201';
    const entered = SMALL_LEDGER.find((event) => 'id' in event && event.id === ENTERED_SE) ?? {};
    const origin = { event: there, direction: 'from', stream: 'automaker-xpeng', counterpart: ENTERED_SE };
    await cli.tracker(
      'import',
      cli.file(
        'half.jsonl',
        jsonLines([
          { ...entered, id: there, stream: 'automaker-geely' },
          { stream: 'automaker-geely', type: 'EventMoved', data: { ...origin, reason: 'of Geely' } },
        ]),
      ),
    );
    expect(await found(cli)).toEqual([
      expect.objectContaining({
        event: there,
        finding: expect.stringContaining(`still counts as ${ENTERED_SE}`),
      }),
    ]);
    const { code, json } = await cli.tracker('move', 'xpeng', 'geely', ENTERED_SE, '--reason', 'of Geely');
    expect([code, json.events]).toEqual([0, [{ id: ENTERED_SE, counterpart: there }]]);
    expect(await cli.tracker('verify')).toMatchObject({ code: 0 });
  });

  it('has a parked stream that need not be followed again by the command that it names', async () => {
    await cli.tamperViews(
      `INSERT INTO parked_streams VALUES ('automaker-geely', 16, 'none', 'Error: forged', '2026-01-01T00:00:00.000Z')`,
    );
    expect(await cli.tracker('unpark', 'automaker-geely')).toMatchObject({ code: 0 });
    expect(await cli.tracker('verify')).toMatchObject({ code: 0 });
  });
});

/** For what is in files on the embedded tier alone: views, and the key of the log. */
const itOfFiles = process.env['TIER'] === undefined ? it : it.skip;

// This test edits a ledger in files directly, bypassing the tracker. Its views may be in a database.
(process.env['TIER'] === 'server' ? describe.skip : describe)('verify of a ledger in files', () => {
  let whole: CommandLine;
  let cli: CommandLine;
  beforeAll(async () => {
    whole = commandLine();
    await whole.tracker('import', whole.file('small.jsonl', jsonLines(SMALL_LEDGER)));
    await whole.tracker('automakers');
  });
  beforeEach(async () => {
    cli = commandLine();
    // A copy of the folder would lack what is in the database of its log: the key.
    if (process.env['TIER'] === undefined) cpSync(whole.store, cli.store, { recursive: true });
    else await cli.tracker('import', cli.file('small.jsonl', jsonLines(SMALL_LEDGER)));
    await cli.tracker('automakers');
  });
  afterEach(() => cli.remove());
  afterAll(() => whole.remove());

  const edit = (file: string, sql: string) => {
    const database = openDatabase(join(cli.store, file));
    database.exec(sql);
    database.close();
  };

  it.each([
    [
      'a gap in the revisions',
      'UPDATE events SET revision = 40 WHERE position = 14',
      14,
      'is revision 40, but 13 comes next',
    ],
    [
      'an event that was taken out',
      'DELETE FROM events WHERE position = 3',
      4,
      'is revision 3, but 2 comes next',
    ],
    ['time that runs backwards', `UPDATE events ${BODY} WHERE position = 5`, 5, 'was recorded at 2001-01-01'],
    ['an unknown type', `UPDATE events SET type = 'Dreamed' WHERE position = 14`, 14, 'cannot be folded'],
    [
      'a contradiction',
      `UPDATE events SET body = replace(body, '"SE"', '"NO"') WHERE position = 3`,
      undefined,
      'contradicts the others',
    ],
    [
      'an edited event',
      `UPDATE events SET body = replace(body, 'Göteborg', 'Malmö') WHERE position = 4`,
      4,
      'was edited',
    ],
    [
      'an event that was added at the end while nothing ran',
      `INSERT INTO events SELECT 18, stream, 14, 'b0b00000-0000-4000-8000-000000000000', type,
         replace(replace(body, '"SE"', '"DK"'), id, 'b0b00000-0000-4000-8000-000000000000') FROM events WHERE position = 3`,
      18,
      'was put into the ledger while no tracker ran',
    ],
    [
      'an event that was put in between, the others moved on',
      `UPDATE events SET position = -position - 1, revision = -revision - 1 WHERE position > 3 AND stream = 'automaker-xpeng';
       UPDATE events SET position = -position - 1 WHERE position > 3;
       UPDATE events SET position = -position;
       UPDATE events SET position = -position WHERE position < 0; UPDATE events SET revision = -revision WHERE revision < 0;
       INSERT INTO events SELECT 4, stream, 3, 'b0b00000-0000-4000-8000-000000000000', type, replace(body, '"SE"', '"DK"') FROM events WHERE position = 3`,
      4,
      'is not the event that the log took in',
    ],
    [
      'two events that were swapped',
      `UPDATE events SET position = 100 WHERE position = 2; UPDATE events SET position = 2 WHERE position = 3;
       UPDATE events SET position = 3 WHERE position = 100`,
      2,
      'is not the event that the log took in',
    ],
    ['the last events cut off', 'DELETE FROM events WHERE position > 15', 16, 'is not there any more'],
    [
      'an event that is not JSON',
      `UPDATE events SET body = '{' WHERE position = 5`,
      undefined,
      'the ledger cannot be read beyond position',
    ],
  ])('finds %s', async (_, sql, position, finding) => {
    edit('events.sqlite', TRIGGERS + sql);
    const findings = await found(cli);
    const match = findings.find((each) => each.finding.includes(finding));
    expect([match?.finding, match?.position]).toEqual([expect.stringContaining(finding), position]);
    const { code, stdout } = await cli.tracker('verify');
    expect(code).toBe(1);
    expect(stdout).not.toContain('OK');
  });

  it('finds every byte that was changed in what an event says', async () => {
    const database = openDatabase(join(cli.store, 'events.sqlite'));
    const { body } = database.prepare('SELECT body FROM events WHERE position = 4').get() as { body: string };
    database.exec('DROP TRIGGER events_are_never_changed');
    const change = database.prepare('UPDATE events SET body = ? WHERE position = 4');
    for (let at = body.indexOf('Bilia'); at < body.length; at += 97) {
      change.run(`${body.slice(0, at)}${body[at] === 'x' ? 'y' : 'x'}${body.slice(at + 1)}`);
      const { code, json } = await cli.tracker('verify', '--json');
      expect({ at, code, ok: json.ok }).toEqual({ at, code: 1, ok: false });
    }
    change.run(body);
    database.close();
    expect(await cli.tracker('verify')).toMatchObject({ code: 0 });
  });

  itOfFiles(
    'finds a whole store that was replaced by an older one, by a checkpoint that somebody kept',
    async () => {
      const event = {
        type: 'MarketEntered',
        occurredOn: '2024-05',
        data: { market: 'DE' },
        evidence: [{ url: 'https://example.com/source', publisher: 'x', grade: 'reported' }],
      };
      await cli.tracker('record', 'xpeng', cli.file('event.json', JSON.stringify(event)));
      const kept = cli.file('kept', (await cli.tracker('checkpoint')).stdout);
      const key = (await cli.tracker('checkpoint', '--key')).stdout.trim();
      expect(await cli.tracker('verify', '--checkpoint', kept, '--key', key)).toMatchObject({ code: 0 });
      cpSync(whole.store, cli.store, { recursive: true });
      // The part of the store that is in a database is replaced too.
      await (await tierOf(cli.store)).remove();
      expect(await cli.tracker('verify')).toMatchObject({ code: 0 });
      const { code, stdout } = await cli.tracker('verify', '--checkpoint', kept, '--key', key);
      expect([code, stdout]).toEqual([1, expect.stringContaining('checkpoint of 18 events is not of this')]);
    },
  );

  it('finds a change under a tree that was made anew, by a checkpoint that was given out before', async () => {
    await cli.tracker('checkpoint');
    edit('events.sqlite', `${TRIGGERS} UPDATE events ${BODY} WHERE position = 17`);
    edit('log.sqlite', 'DELETE FROM nodes; DELETE FROM closed');
    expect(await found(cli)).toContainEqual({
      finding: expect.stringContaining('the checkpoint of 17 events is not of this ledger'),
    });
  });

  it('finds a trigger that drops what is recorded, and nothing is recorded beside it', async () => {
    edit('events.sqlite', 'CREATE TRIGGER t BEFORE INSERT ON events BEGIN SELECT RAISE(IGNORE); END');
    const said = expect.stringContaining('the definition of t in it is not the tracker’s');
    expect(await found(cli)).toContainEqual({ finding: said });
    const evidence = [{ url: 'https://example.com/p', publisher: 'Paper', grade: 'reported' }];
    const event = { type: 'MarketEntered', occurredOn: '2021', data: { market: 'PT' }, evidence };
    expect(await cli.tracker('record', 'xpeng', cli.file('event.json', JSON.stringify(event)))).toMatchObject(
      {
        code: 1,
        stderr: said,
      },
    );
  });

  itOfFiles('does not hold views of another release against this one’s', async () => {
    const pointer = join(cli.store, 'views.json');
    const { live } = JSON.parse(readFileSync(pointer, 'utf8')) as { live: number };
    writeFileSync(pointer, JSON.stringify({ version: 1, live }));
    expect(await cli.tracker('verify')).toMatchObject({ code: 0 });
    await cli.tracker('automakers');
    expect(await cli.tracker('verify')).toMatchObject({ code: 0 });
  });

  itOfFiles.each([
    ['their file is', 'views-1.sqlite'],
    ['the file that names them is', 'views.json'],
  ])('says that no views were compared, and what makes them, where %s gone', async (_, name) => {
    rmSync(join(cli.store, name));
    const { code, stdout } = await cli.tracker('verify');
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/^17 events in 3 streams; no views compared, .* `tracker rebuild`\nOK\n$/),
    ]);
    expect((await cli.tracker('verify', '--json')).json).toMatchObject({
      ok: true,
      hasViews: false,
      rows: 0,
    });
    await cli.tracker('rebuild');
    expect((await cli.tracker('verify', '--json')).json).toMatchObject({
      ok: true,
      hasViews: true,
      position: 17,
    });
  });

  it('finds nothing after a stop that was cut off, whose events the log takes in at the next start', async () => {
    edit('log.sqlite', 'DELETE FROM closed; DELETE FROM nodes WHERE level = 0 AND place = 16');
    expect(await cli.tracker('verify')).toMatchObject({ code: 0 });
  });
});

/** The events are in KurrentDB, where an attacker with server access can change anything. */
(process.env['TIER'] === 'server' ? describeOnDouble : describe.skip)(
  'verify of a ledger in KurrentDB',
  () => {
    let cli: CommandLine;
    let log: DoubleLog;
    beforeEach(async () => {
      cli = commandLine();
      await cli.tracker('import', cli.file('small.jsonl', jsonLines(SMALL_LEDGER)));
      await cli.tracker('checkpoint');
      log = (await tierOf(cli.store)).log ?? new DoubleLog();
    });
    afterEach(() => cli.remove());

    /** Replaces a word in the only event that contains it, and returns the event's position. */
    const replace = (word: string, by: string): number => {
      const said = log.events.map(({ data }) => Buffer.from(data).toString('utf8'));
      const index = said.findIndex((each) => each.includes(word));
      Object.assign(log.events[index] ?? {}, { data: Buffer.from(said[index]?.replace(word, by) ?? '') });
      return index + 1;
    };

    it('finds an event that was edited', async () => {
      const position = replace('Göteborg', 'Malmö');
      expect(await found(cli)).toContainEqual(
        expect.objectContaining({ position, finding: expect.stringContaining('was edited') }),
      );
    });

    it('finds it from a new folder too, by a checkpoint that was given out before', async () => {
      replace('Göteborg', 'Malmö');
      for (const name of readdirSync(cli.store)) rmSync(join(cli.store, name), { recursive: true });
      expect(await found(cli)).toContainEqual({
        finding: expect.stringContaining('the checkpoint of 17 events is not of this ledger'),
      });
    });

    it('finds that the last events are not there any more', async () => {
      log.cutOff(15);
      const findings = await found(cli);
      for (const position of [16, 17])
        expect(findings).toContainEqual(
          expect.objectContaining({
            position,
            finding: 'is not there any more: the log had taken it in',
          }),
        );
    });
  },
);
