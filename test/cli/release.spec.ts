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

  it('records nothing twice, and takes what becomes of cells that differ', async () => {
    const again = await release(cli.file('whole.txt', TABLE), '--record');
    expect([again.code, again.stdout]).toEqual([0, '0 figures are recorded, 6 were known\n']);
    const other = cli.file('other.txt', TABLE.replace('12,000', '12,500').replace('18,000', '18,500'));
    const shown = await release(other);
    expect([shown.code, shown.stdout]).toEqual([
      1,
      expect.stringContaining('recorded as 12,000: say --differing'),
    ]);
    const refused = await release(other, '--record', '--confirm-sums');
    expect([refused.code, refused.stderr]).toEqual([
      1,
      expect.stringContaining('differ from what was recorded'),
    ]);
    const settled = await release(
      other,
      '--record',
      '--confirm-sums',
      '--differing',
      '2:2=correct,4:2=leave',
    );
    expect([settled.code, settled.stdout]).toEqual([0, '1 figures are recorded, 4 were known\n']);
  });
});
