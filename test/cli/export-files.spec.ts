import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { commandLine, type CommandLine } from './command-line.js';
import { jsonLines, SMALL_LEDGER } from './small-ledger.js';

describe('the files of an export', () => {
  let cli: CommandLine;
  beforeEach(async () => {
    cli = commandLine();
    await cli.tracker('import', cli.file('small.jsonl', jsonLines(SMALL_LEDGER)));
  });
  afterEach(() => cli.remove());

  it.each(['.checkpoint', '.hashes', ''])(
    'are not begun where a folder lies in the place of FILE%s, which is named',
    async (ending) => {
      const file = cli.file(`folder${ending}.jsonl`);
      mkdirSync(`${file}${ending}`);
      const { code, stderr } = await cli.tracker('export', '--out', file);
      expect([code, stderr]).toEqual([1, expect.stringContaining(`${file}${ending} is a folder`)]);
      expect(readdirSync(cli.directory).filter((name) => name.startsWith(`folder${ending}.`))).toEqual([
        `folder${ending}.jsonl${ending}`,
      ]);
    },
  );

  it('are not those of a past day where the checkpoint of another export would seem to be its own', async () => {
    const file = cli.file('daily.jsonl');
    await cli.tracker('export', '--out', file);
    const before = ['', '.checkpoint', '.hashes'].map((ending) => readFileSync(file + ending, 'utf8'));
    for (const terms of [
      ['--known-on', '2020-01-01'],
      ['--format', 'spreadsheet'],
    ]) {
      const { code, stderr } = await cli.tracker('export', '--out', file, ...terms);
      expect([code, stderr]).toEqual([1, expect.stringContaining(`${file}.checkpoint`)]);
      expect(stderr).toContain('nothing was written');
    }
    expect(['', '.checkpoint', '.hashes'].map((ending) => readFileSync(file + ending, 'utf8'))).toEqual(
      before,
    );
    rmSync(`${file}.checkpoint`);
    expect((await cli.tracker('export', '--out', file, '--true-on', '2024-01-01')).stderr).toContain(
      `${file}.hashes`,
    );
    rmSync(`${file}.hashes`);
    expect(await cli.tracker('export', '--out', file, '--true-on', '2024-01-01')).toMatchObject({ code: 0 });
  });

  it('are read with an error that names the folder in the place of one of them', async () => {
    const file = cli.file('read.jsonl');
    for (const ending of ['', '.checkpoint', '.hashes']) {
      await cli.tracker('export', '--out', file);
      rmSync(file + ending);
      mkdirSync(file + ending);
      const said = [1, expect.stringContaining(`${file}${ending} is a folder`)];
      for (const command of [
        ['verify', '--export', file],
        ['import', '--restore', file],
      ]) {
        const { code, stderr } = await cli.tracker(...command);
        expect([code, stderr]).toEqual(said);
      }
      rmSync(file + ending, { recursive: true });
    }
    await cli.tracker('export', '--out', file);
    const { code, stderr } = await cli.tracker('verify', '--checkpoint', cli.directory);
    expect([code, stderr]).toEqual([1, expect.stringContaining(`${cli.directory} is a folder`)]);
  });
});
