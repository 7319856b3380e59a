import { commandLine, type CommandLine } from './command-line.js';
import { jsonLines, SMALL_LEDGER } from './small-ledger.js';

const TABLE = 'Powertrain\tMarch 2026\tYTD\nBEV\t12,000\t30,000\nPHEV\t6,000\t15,000\nNEV\t18,000\t45,000';

describe('release', () => {
  let cli: CommandLine;
  const release = (file: string, ...more: string[]) =>
    cli.tracker(
      'release',
      'xpeng',
      file,
      '--month',
      '2026-03',
      '--url',
      'https://example.com/m',
      '--publisher',
      'XPeng',
      ...more,
    );
  beforeAll(async () => {
    cli = commandLine();
    await cli.tracker('import', cli.file('small.jsonl', jsonLines(SMALL_LEDGER)));
  });
  afterAll(() => cli.remove());

  it('shows how a table is understood, and what does not add up', async () => {
    const whole = await release(cli.file('whole.txt', TABLE));
    expect([whole.code, whole.stdout]).toEqual([0, expect.stringContaining('battery-electric')]);
    const slipped = await release(cli.file('slip.txt', TABLE.replace('6,000', '6,600')));
    expect(slipped.code).toBe(1);
    expect(slipped.stdout).toMatch(/powertrains +2026-03 +18,000 +18,600/);
  });

  it('records it where it adds up', async () => {
    const refused = await release(cli.file('slip.txt', TABLE.replace('6,000', '6,600')), '--record');
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('do not hold')]);
    const { code, stdout } = await release(cli.file('whole.txt', TABLE), '--record');
    expect([code, stdout]).toEqual([0, '6 figures are recorded\n']);
    const { json } = await cli.tracker('figures', 'xpeng', '--measure', 'total-units', '--json');
    expect(json.figures.length).toBe(8);
  });
});
