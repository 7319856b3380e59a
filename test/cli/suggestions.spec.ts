import { openAccessDatabase } from '../../src/access/access-database.js';
import { Suggestions } from '../../src/commands/suggestions/suggestions.js';
import { tierOf } from '../tier.js';
import { commandLine, type CommandLine } from './command-line.js';
import { ENTERED_NO, jsonLines, SMALL_LEDGER } from './small-ledger.js';

describe('suggestions', () => {
  let cli: CommandLine;
  let ids: readonly string[];
  beforeAll(async () => {
    cli = commandLine();
    await cli.tracker('import', cli.file('small.jsonl', jsonLines(SMALL_LEDGER)));
    const { environment } = await tierOf(cli.store);
    const database = await openAccessDatabase(cli.store, environment['POSTGRES_URL']);
    const kept = new Suggestions(database);
    const source = await kept.add(
      { kind: 'source', about: ENTERED_NO, url: 'https://example.com/second', name: 'Zoë' },
      '2026-01-01T00:00:00.000Z',
    );
    const event = await kept.add(
      { kind: 'event', automaker: 'xpeng', text: 'Denmark, too', url: 'https://example.com/dk' },
      '2026-01-02T00:00:00.000Z',
    );
    ids = [source.id, event.id];
    await database.destroy();
  });
  afterAll(() => cli.remove());

  it('are listed, accepted once, and declined with a reason', async () => {
    const [source = '', event = ''] = ids;
    const listed = await cli.tracker('suggestions', 'list');
    expect(listed.stdout).toMatch(/source +\S+ +https:\/\/ +Zoë/);
    const looked = await cli.tracker('suggestions', 'accept', source, '--grade', 'reported');
    expect([looked.code, looked.stdout]).toEqual([0, expect.stringContaining('It would be recorded')]);
    const accepted = await cli.tracker('suggestions', 'accept', source, '--grade', 'reported', '--record');
    expect([accepted.code, accepted.stdout]).toEqual([
      0,
      expect.stringContaining(`recorded as event ${SMALL_LEDGER.length + 1}`),
    ]);
    const twice = await cli.tracker('suggestions', 'accept', source, '--grade', 'reported', '--record');
    expect([twice.code, twice.stderr]).toEqual([1, expect.stringContaining('accepted by command-line')]);
    const silent = await cli.tracker('suggestions', 'accept', event, '--grade', 'reported');
    expect([silent.code, silent.stderr]).toEqual([1, expect.stringContaining('event')]);
    const declined = await cli.tracker('suggestions', 'decline', event, '--reason', 'It is told already');
    expect([declined.code, declined.stdout]).toEqual([0, `${event} is declined\n`]);
    const { json } = await cli.tracker('suggestions', 'list', '--state', 'declined', '--json');
    expect(json.suggestions).toEqual([expect.objectContaining({ id: event, reason: 'It is told already' })]);
  });
});
