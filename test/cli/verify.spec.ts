import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '../../src/event-store/sqlite-driver.js';
import { commandLine, type CommandLine } from './command-line.js';
import { jsonLines, SMALL_LEDGER } from './small-ledger.js';

const TRIGGERS = 'DROP TRIGGER events_are_never_changed; DROP TRIGGER events_are_never_deleted;';
const BODY = "SET body = json_set(body, '$.recordedAt', '2001-01-01T00:00:00.000Z')";

describe('verify', () => {
  let whole: CommandLine;
  let cli: CommandLine;
  beforeAll(async () => {
    whole = commandLine();
    await whole.tracker('import', whole.file('small.jsonl', jsonLines(SMALL_LEDGER)));
    await whole.tracker('automakers');
  });
  beforeEach(() => {
    cli = commandLine();
    cpSync(whole.store, cli.store, { recursive: true });
  });
  afterEach(() => cli.remove());
  afterAll(() => whole.remove());

  const edit = (file: string, sql: string) => {
    const database = openDatabase(join(cli.store, file));
    database.exec(sql);
    database.close();
  };
  const found = async () => {
    const { code, json } = await cli.tracker('verify', '--json');
    expect([code, json.ok]).toEqual([1, false]);
    return json.findings as { position?: number; event?: string; finding: string }[];
  };

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
      `UPDATE records SET doc = json_set(doc, '$.present', json('false')) WHERE kind = 'market' AND key = 'SE'`,
      [{ finding: 'records: the row automaker-xpeng market SE differs from the fold' }],
    ],
    [
      'a record that was removed',
      `DELETE FROM records WHERE kind = 'market' AND key = 'SE'`,
      [{ finding: 'records: the row automaker-xpeng market SE is missing' }],
    ],
    [
      'a record that was added',
      `INSERT INTO records VALUES ('automaker-xpeng', 'market', 'FR', '{}')`,
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
    edit('views-1.sqlite', sql);
    expect(await found()).toEqual(findings);
    const rebuilt = await cli.tracker('rebuild');
    expect(rebuilt.stdout).toContain(`${findings.length} rows differed`);
    expect(await cli.tracker('verify')).toMatchObject({ code: 0 });
  });

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
      'an event that is not JSON',
      `UPDATE events SET body = '{' WHERE position = 5`,
      undefined,
      'the ledger cannot be read beyond position',
    ],
  ])('finds %s', async (_, sql, position, finding) => {
    edit('events.sqlite', TRIGGERS + sql);
    const match = (await found()).find((each) => each.finding.includes(finding));
    expect([match?.finding, match?.position]).toEqual([expect.stringContaining(finding), position]);
    const { code, stdout } = await cli.tracker('verify');
    expect(code).toBe(1);
    expect(stdout).not.toContain('OK');
  });
});
