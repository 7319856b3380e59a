import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ImportReports } from '../../src/commands/import/import-reports.js';

const COUNTS = { lines: 1, recorded: 0, alreadyRecorded: 0, refused: 1, warnings: 0 };
const bytes = Buffer.from('x');
const refused = {
  line: 1,
  source: { line: 1, bytes, end: '\n', text: 'x', content: { kind: 'unreadable', reason: 'r' } },
  reason: 'r',
  problem: 'invalid-event',
} as const;

describe('the reports of imports', () => {
  let dataDir: string;
  let reports: ImportReports;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'reports-'));
    reports = new ImportReports({ dataDir });
  });
  afterEach(() => {
    reports.onModuleDestroy();
    rmSync(dataDir, { recursive: true });
  });

  it('keep no file of lines that nobody fetched in a week', async () => {
    const folder = join(dataDir, 'imports');
    mkdirSync(folder);
    for (const name of ['old.refused', 'new.refused', 'old.other']) writeFileSync(join(folder, name), 'x');
    const eightDaysAgo = Date.now() / 1000 - 8 * 86_400;
    for (const name of ['old.refused', 'old.other'])
      utimesSync(join(folder, name), eightDaysAgo, eightDaysAgo);
    reports.onApplicationBootstrap();
    while (existsSync(join(folder, 'old.refused'))) await new Promise(setImmediate);
    expect(readdirSync(folder).sort()).toEqual(['new.refused', 'old.other']);
  });

  it('say why the refused lines could not be kept, and report the import all the same', async () => {
    writeFileSync(join(dataDir, 'imports'), 'no folder');
    const report = reports.begin({ dryRun: false });
    for (let count = 0; count < 2000; count++) await report.refuse(refused);
    const finished = await report.finish(COUNTS);
    expect(finished.refusedLines).toBeUndefined();
    expect(finished.refusedLinesError).toContain('EEXIST');
    expect(finished.refusals).toHaveLength(1000);
  });

  it('leave nothing behind of an import that failed', async () => {
    const report = reports.begin({ dryRun: false });
    await report.refuse(refused);
    await report.abandon();
    expect(readdirSync(join(dataDir, 'imports'))).toEqual([]);
  });

  it.each(['../../etc/passwd', 'x', '00000000-0000-0000-0000-000000000000'])(
    'have no lines of an import %s',
    async (id) => {
      expect(await reports.refusedLines(id)).toBeUndefined();
    },
  );
});
