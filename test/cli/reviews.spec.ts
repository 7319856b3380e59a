import { commandLine, type CommandLine } from './command-line.js';
import { ENTERED_NO, jsonLines, SMALL_LEDGER } from './small-ledger.js';

describe('reviews', () => {
  let cli: CommandLine;
  const reviews = (...more: string[]) => cli.tracker('reviews', ...more);
  beforeAll(async () => {
    cli = commandLine();
    await cli.tracker('import', cli.file('small.jsonl', jsonLines(SMALL_LEDGER)));
  });
  afterAll(() => cli.remove());

  it('are asked for, listed, and given by somebody else than who recorded the event', async () => {
    const asked = await reviews('ask', ENTERED_NO, '--question', 'Is it 2020?');
    expect([asked.code, asked.stdout]).toEqual([0, `${ENTERED_NO} waits for a second analyst\n`]);
    expect((await reviews('list')).stdout).toMatch(/0002 +command-line +Is it 2020\?/);
    const own = await reviews('found', ENTERED_NO, 'agreed');
    expect([own.code, own.stderr]).toEqual([1, expect.stringContaining('somebody else')]);
    const found = await reviews('found', ENTERED_NO, 'objected', '--remark', 'In 2021', '--author', 'bo');
    expect([found.code, found.stdout]).toEqual([0, 'bo objected\n']);
    const { json } = await reviews('list', '--state', 'reviewed', '--json');
    expect(json.reviews).toEqual([expect.objectContaining({ event: ENTERED_NO, remark: 'In 2021' })]);
  });

  it('list what one publisher alone states', async () => {
    const { code, stdout } = await reviews('one-publisher');
    expect([code, stdout]).toEqual([0, expect.stringContaining('XPeng entered Norway')]);
    expect(stdout).toContain(`${SMALL_LEDGER.length} events were looked at`);
    const { json } = await reviews('one-publisher', '--automaker', 'nobody', '--json');
    expect(json.events).toEqual([]);
  });

  it('say how to go on where one publisher alone states more than is listed', async () => {
    const first = await reviews('one-publisher', '--limit', '1');
    expect(first.stdout).toMatch(/more: --cursor \d+\n$/);
    const { json } = await reviews('one-publisher', '--limit', '1', '--json');
    const [shown] = json.events;
    const further = await reviews('one-publisher', '--limit', '1', '--cursor', json.next, '--json');
    expect(further.json.events).not.toContainEqual(shown);
    const wrong = await reviews('one-publisher', '--limit', '0');
    expect([wrong.code, wrong.stderr]).toEqual([
      1,
      expect.stringContaining('--limit must be a number from 1 to 200'),
    ]);
  });
});
