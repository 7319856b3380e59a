import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LedgerInUse } from '../../src/event-store/event-store.js';
import { openDatabase } from '../../src/event-store/sqlite-driver.js';
import { openSqliteEventStore } from '../../src/event-store/sqlite.js';
import { eventStoreContract } from './contract.js';
import { collect, someEvent, someEvents } from './events.js';

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));

function ledgerIn(directory: string): string {
  return join(directory, 'events.sqlite');
}

eventStoreContract('SQLite', () => {
  const directory = mkdtempSync(join(tmpdir(), 'ledger-'));
  const open = () => openSqliteEventStore({ file: ledgerIn(directory) });
  return {
    open,
    reopen: open,
    dispose: async () => rmSync(directory, { recursive: true, force: true }),
  };
});

describe('a ledger in a SQLite file', () => {
  let directory: string;
  let file: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'ledger-'));
    file = ledgerIn(directory);
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it('refuses a second writer of the same process and says who holds it', async () => {
    const store = await openSqliteEventStore({ file });
    await expect(openSqliteEventStore({ file })).rejects.toBeInstanceOf(LedgerInUse);
    await expect(openSqliteEventStore({ file })).rejects.toThrow(String(process.pid));
    await store.close();
    await (await openSqliteEventStore({ file })).close();
  });

  it('refuses a second writer process', async () => {
    const store = await openSqliteEventStore({ file });
    const script = `import { openSqliteEventStore } from '${dist}event-store/sqlite.js';
      openSqliteEventStore({ file: '${file}' }).then(() => console.log('opened'), (error) => console.log(error.name));`;
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
    });
    expect(stdout.trim()).toBe('LedgerInUse');
    await store.close();
  });

  it('can be read beside its writer, and sees what that one records', async () => {
    const writer = await openSqliteEventStore({ file });
    const reader = await openSqliteEventStore({ file, readOnly: true });
    await writer.append('automaker-a', 'no-stream', someEvents(2));
    expect(await collect(reader.readAll())).toHaveLength(2);
    await expect(reader.append('automaker-a', 1, someEvents(1))).rejects.toThrow('reading only');
    const stop = new AbortController();
    for await (const batch of reader.subscribe({ after: 2, signal: stop.signal })) {
      if (batch.length > 0) stop.abort();
      else void writer.append('automaker-a', 1, someEvents(1));
    }
    await reader.close();
    await writer.close();
  });

  it('refuses to change or delete what is recorded', async () => {
    const store = await openSqliteEventStore({ file });
    await store.append('automaker-a', 'no-stream', someEvents(1));
    const behind = openDatabase(file);
    expect(() => behind.exec("UPDATE events SET type = 'X'")).toThrow('never changed');
    expect(() => behind.exec('DELETE FROM events')).toThrow('never deleted');
    behind.close();
    await store.close();
  });

  it('lets a refused append take no other one of its group with it', async () => {
    const store = await openSqliteEventStore({ file });
    const taken = someEvent();
    await store.append('automaker-a', 'no-stream', [taken]);
    const results = await Promise.allSettled([
      store.append('automaker-b', 'no-stream', someEvents(2)),
      store.append('automaker-b', 'no-stream', someEvents(1)),
      store.append('automaker-c', 'no-stream', [taken]),
      store.append('automaker-b', 1, someEvents(1)),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect((await collect(store.readAll())).map(({ position }) => position)).toEqual([1, 2, 3, 4]);
    await store.close();
  });

  it('keeps nothing of a group that the disk has no room for, and works again afterwards', async () => {
    const store = await openSqliteEventStore({ file });
    await store.append('automaker-a', 'no-stream', someEvents(1));
    // Another connection that holds the write lock makes the commit fail as a full disk does: with an error of SQLite's.
    const other = openDatabase(file);
    other.exec('BEGIN IMMEDIATE');
    await expect(store.append('automaker-a', 0, someEvents(1))).rejects.toThrow(/busy|locked/i);
    other.exec('ROLLBACK');
    other.close();
    expect(await collect(store.readAll())).toHaveLength(1);
    expect(await store.append('automaker-a', 0, someEvents(1))).toMatchObject({ revision: 1, position: 2 });
    await store.close();
  }, 20_000);

  it('refuses a file of a newer version', async () => {
    const newer = openDatabase(file);
    newer.exec('PRAGMA user_version = 99');
    newer.close();
    await expect(openSqliteEventStore({ file })).rejects.toThrow('newer version');
  });

  it('loses nothing acknowledged when its process is killed, and frees the ledger', async () => {
    const script = join(directory, 'writer.mjs');
    writeFileSync(
      script,
      `import { openSqliteEventStore } from '${dist}event-store/sqlite.js';
       import { randomUUID } from 'node:crypto';
       const store = await openSqliteEventStore({ file: '${file}' });
       let revision = (await store.head()) - 1;
       const at = '2026-01-01T00:00:00.000Z';
       for (;;) {
         const event = { id: randomUUID(), type: 'MarketExited', occurredOn: '2025', data: {}, evidence: [], recordedAt: at, recordedBy: 'x' };
         ({ revision } = await store.append('automaker-a', revision < 0 ? 'no-stream' : revision, [event]));
         process.stdout.write(event.id + '\\n');
       }`,
    );
    const acknowledged: string[] = [];
    for (let round = 0; round < 4; round++) {
      const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
      let output = '';
      await new Promise<void>((resolve) => {
        child.stdout.on('data', (chunk: Buffer) => {
          output += chunk.toString();
          if (output.length > 4000 * (round + 1)) child.kill('SIGKILL');
        });
        child.once('close', () => resolve());
      });
      // What stands after the last line end was cut off by the kill.
      acknowledged.push(...output.split('\n').slice(0, -1));
    }
    const store = await openSqliteEventStore({ file });
    const found = new Set((await collect(store.readAll())).map(({ id }) => id));
    expect(acknowledged.length).toBeGreaterThan(100);
    expect(acknowledged.filter((id) => !found.has(id))).toEqual([]);
    await store.close();
  }, 60_000);
});
