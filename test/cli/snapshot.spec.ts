import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { OpenPackage } from '../snapshots/package.js';
import { commandLine, type CommandLine } from './command-line.js';
import { jsonLines, SMALL_LEDGER } from './small-ledger.js';

describe('snapshot', () => {
  let cli: CommandLine;
  beforeAll(async () => {
    cli = commandLine();
    await cli.tracker('import', cli.file('small.jsonl', jsonLines(SMALL_LEDGER)));
  });
  afterAll(() => cli.remove());

  it('writes the ledger as a Data Package, the same bytes each time', async () => {
    const [first, second] = [cli.file('first.zip'), cli.file('second.zip')];
    const { code, stdout } = await cli.tracker('snapshot', '--out', first);
    expect([code, stdout]).toEqual([0, expect.stringContaining(`${SMALL_LEDGER.length} events`)]);
    await cli.tracker('snapshot', '--of', String(SMALL_LEDGER.length), '--out', second);
    expect(readFileSync(second).equals(readFileSync(first))).toBe(true);
    const snapshot = new OpenPackage(readFileSync(first));
    expect(snapshot.faults()).toEqual([]);
    expect(snapshot.rows('goals')).toEqual([
      expect.objectContaining({
        automaker: 'xpeng',
        goal: 'half-overseas',
        revisions: '1',
        firstDeadline: '2034-10',
      }),
    ]);
    expect(snapshot.rows('companies').map(({ id }) => id)).toEqual(['geely', 'xpeng']);
  });

  it('holds the same events as a ledger and as tables where a clock was set back between two streams', async () => {
    const other = commandLine();
    const registered = (id: string, at: string) => ({
      id: `00000000-0000-4000-8000-0000000000${at.slice(11, 13)}`,
      stream: `automaker-${id}`,
      type: 'AutomakerRegistered',
      occurredOn: '2014',
      data: { name: id, homeMarket: 'CN' },
      evidence: [],
      recordedBy: 'ann',
      recordedAt: at,
    });
    const lines = [
      registered('xpeng', '2026-11-02T12:00:00.000Z'),
      registered('nio', '2026-11-02T10:00:00.000Z'),
      registered('geely', '2026-11-02T13:00:00.000Z'),
    ];
    const file = other.file('back.jsonl', jsonLines(lines));
    expect(await other.tracker('import', '--restore', file)).toMatchObject({ code: 0 });
    for (const [point, companies] of [
      ['1', ['nio', 'xpeng']],
      ['2', ['nio', 'xpeng']],
      ['latest', ['geely', 'nio', 'xpeng']],
    ] as const) {
      const out = other.file(`${point}.zip`);
      expect(await other.tracker('snapshot', '--of', point, '--out', out)).toMatchObject({ code: 0 });
      const snapshot = new OpenPackage(readFileSync(out));
      const told = snapshot.rows('companies').map(({ id }) => id);
      expect([point, told, snapshot.text('ledger.jsonl').trim().split('\n').length]).toEqual([
        point,
        companies,
        companies.length,
      ]);
    }
    await other.remove();
  });

  it('names the file that a full disk does not take, and leaves nothing of it', async () => {
    const out = cli.file('full.zip');
    symlinkSync('/dev/full', `${out}.part`);
    const { code, stderr } = await cli.tracker('snapshot', '--out', out);
    expect([code, stderr]).toEqual([1, expect.stringContaining(`${out} is on a disk that is full`)]);
    expect([existsSync(out), existsSync(`${out}.part`)]).toEqual([false, false]);
  });

  it('writes what changed since a point', async () => {
    const out = cli.file('delta.zip');
    expect((await cli.tracker('snapshot', '--since', 'latest', '--out', out)).code).toBe(0);
    const delta = new OpenPackage(readFileSync(out));
    expect([delta.faults(), delta.rows('events'), delta.rows('events-removed')]).toEqual([[], [], []]);
  });

  it.each([
    [['--of', 'yesterday'], 'must be latest, a day such as 2026-01-31, or a position'],
    [['--of', '1999-01-01'], 'Nothing was recorded here by 1999-01-01'],
    [['--of', '999'], 'fewer than 999'],
  ])('leaves no file behind where there is no such point: %j', async (args, message) => {
    const out = cli.file('none.zip');
    const { code, stderr } = await cli.tracker('snapshot', ...args, '--out', out);
    expect([code, stderr.replace(/\s+/g, ' ')]).toEqual([1, expect.stringContaining(message)]);
    expect([existsSync(out), existsSync(`${out}.part`)]).toEqual([false, false]);
  });
});
