import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DamagedFile } from '../../src/event-store/damage.js';
import { NotWritable, WriteCheck } from '../../src/event-store/sqlite/write-check.js';

describe('the check that something can be written', () => {
  let directory: string;
  let file: string;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'tracker-check-'));
    file = join(directory, 'events.sqlite');
    writeFileSync(file, 'x');
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  it.each([
    ['SQLITE_FULL', 'the disk is full'],
    ['SQLITE_BUSY', 'another process holds the file of the ledger'],
    ['SQLITE_IOERR_WRITE', 'the file of the ledger cannot be written to'],
    ['SQLITE_READONLY', 'the file of the ledger cannot be written to'],
    ['', 'the file of the ledger cannot be written to'],
  ])('says of %s what everybody may read, and keeps the rest for the log', async (code, words) => {
    const failure = Object.assign(new Error(`${file} failed`), { code });
    const failed = new WriteCheck(file, [], () => Promise.reject(failure)).run();
    await expect(failed).rejects.toEqual(new NotWritable(words));
    await expect(failed).rejects.toMatchObject({ cause: failure });
  });

  it('fails for good once a write has met a damage, whatever a small write meets', async () => {
    const check = new WriteCheck(file, [], () => Promise.resolve());
    await check.run();
    const damage = new DamagedFile(file, 'disk I/O error');
    check.noteDamage(damage);
    const failed = check.run();
    await expect(failed).rejects.toEqual(new NotWritable('the file of the ledger is damaged'));
    await expect(failed).rejects.toMatchObject({ cause: damage });
  });

  it('asks the disk once for all who ask within a second, and then anew', async () => {
    let writes = 0;
    let fails = true;
    const check = new WriteCheck(file, [], async () => {
      writes += 1;
      if (fails) throw new Error('no');
    });
    const first = await Promise.allSettled([check.run(), check.run(), check.run()]);
    expect([writes, first.map(({ status }) => status)]).toEqual([1, Array(3).fill('rejected')]);
    fails = false;
    await sleep(1050);
    await check.run();
    expect(writes).toBe(2);
  });
});
