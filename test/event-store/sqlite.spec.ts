import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LedgerInUse } from '../../src/event-store/event-store.js';
import { openDatabase } from '../../src/event-store/sqlite/driver.js';
import { openSqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
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
    can: { gaplessPositions: true, idsUniqueInLedger: true },
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

  it('refuses a second writer that comes through a symbolic link', async () => {
    const store = await openSqliteEventStore({ file });
    symlinkSync(file, join(directory, 'link.sqlite'));
    await expect(openSqliteEventStore({ file: join(directory, 'link.sqlite') })).rejects.toBeInstanceOf(
      LedgerInUse,
    );
    await store.close();
  });

  it('does not call a directory that is not there a ledger in use', async () => {
    const opened = openSqliteEventStore({ file: join(directory, 'missing', 'events.sqlite') });
    await expect(opened).rejects.not.toBeInstanceOf(LedgerInUse);
    await expect(opened).rejects.toThrow('no such file or directory');
  });

  it('makes nothing where it was to read a ledger that is not there', async () => {
    await expect(openSqliteEventStore({ file, readOnly: true })).rejects.toThrow('does not exist');
    expect(existsSync(file)).toBe(false);
  });

  it('has no way to write through a connection for reading', async () => {
    await (await openSqliteEventStore({ file })).close();
    const reading = openDatabase(file, { readOnly: true });
    expect(() => reading.exec("INSERT INTO events VALUES (1, 's', 0, 'i', 't', '{}')")).toThrow(
      'cannot be written to',
    );
    reading.close();
  });

  it('leaves the whole ledger in its one file when it is closed', async () => {
    const store = await openSqliteEventStore({ file });
    await store.append('automaker-a', 'no-stream', someEvents(100));
    await store.close();
    const journal = `${file}-wal`;
    expect(existsSync(journal) ? statSync(journal).size : 0).toBe(0);
  });

  it('lets other work go on while the whole ledger is read', async () => {
    const store = await openSqliteEventStore({ file });
    await store.append('automaker-a', 'no-stream', someEvents(5000));
    let turns = 0;
    const other = setInterval(() => turns++, 1);
    await collect(store.readAll());
    clearInterval(other);
    expect(turns).toBeGreaterThan(0);
    await store.close();
  });

  it('keeps batches of large events small', async () => {
    const store = await openSqliteEventStore({ file });
    const note = 'x'.repeat(6 * 1024 * 1024);
    for (let index = 0; index < 5; index++) {
      await store.append(`automaker-${index}`, 'no-stream', [someEvent({ note })]);
    }
    const stop = new AbortController();
    const sizes: number[] = [];
    for await (const batch of store.subscribe({ after: 0, signal: stop.signal })) {
      sizes.push(batch.length);
      if (batch.length === 0) stop.abort();
    }
    expect(sizes).toEqual([3, 2, 0]);
    expect(await collect(store.readAll())).toHaveLength(5);
    expect(await collect(store.readStream('automaker-3'))).toHaveLength(1);
    await store.close();
  });

  it('refuses a second writer process', async () => {
    const store = await openSqliteEventStore({ file });
    const script = `import { openSqliteEventStore } from '${dist}event-store/sqlite/sqlite-event-store.js';
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

  it('writes a group of many large events as one', async () => {
    const store = await openSqliteEventStore({ file });
    const note = '"\\\u0000🚗'.repeat(200_000);
    const group = Array.from({ length: 40 }, (_, index) =>
      store.append(`automaker-${index}`, 'no-stream', [someEvent({ note })]),
    );
    const positions = (await Promise.all(group)).map(({ position }) => position);
    expect(positions).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    for await (const event of store.readAll()) expect(event.note === note).toBe(true);
    await store.close();
  }, 120_000);

  it('answers a request that comes twice in one group as one', async () => {
    const store = await openSqliteEventStore({ file });
    const events = someEvents(2);
    const twice = [
      store.append('automaker-a', 'no-stream', events),
      store.append('automaker-a', 'no-stream', events),
    ];
    expect(await Promise.all(twice)).toEqual(Array(2).fill({ revision: 1, position: 2 }));
    expect(await collect(store.readAll())).toHaveLength(2);
    await store.close();
  });

  it('rejects a group while another program holds the file, and works again afterwards', async () => {
    const store = await openSqliteEventStore({ file });
    await store.append('automaker-a', 'no-stream', someEvents(1));
    const other = openDatabase(file);
    other.exec('BEGIN IMMEDIATE');
    await expect(store.append('automaker-a', 0, someEvents(1))).rejects.toThrow(/busy|locked/i);
    other.exec('ROLLBACK');
    other.close();
    expect(await collect(store.readAll())).toHaveLength(1);
    expect(await store.append('automaker-a', 0, someEvents(1))).toMatchObject({ revision: 1, position: 2 });
    await store.close();
  }, 120_000);

  (process.platform === 'win32' ? it.skip : it)(
    'keeps nothing of a group that cannot be written to the disk, and works again afterwards',
    async () => {
      // An operating-system limit on file sizes makes real writes fail, like a full disk.
      const script = `import { openSqliteEventStore } from '${dist}event-store/sqlite/sqlite-event-store.js';
        const event = (id, note) => ({ id, type: 'MarketExited', occurredOn: '2025', data: {}, evidence: [], note, recordedAt: '', recordedBy: 'x' });
        const store = await openSqliteEventStore({ file: '${file}' });
        await store.append('automaker-a', 'no-stream', [event('first', '')]);
        const group = await Promise.allSettled([
          store.append('automaker-a', 0, [event('small', '')]),
          store.append('automaker-b', 'no-stream', [event('large', 'x'.repeat(12_000_000))]),
        ]);
        const next = await store.append('automaker-a', 0, [event('next', '')]);
        const ids = [];
        for await (const { id } of store.readAll()) ids.push(id);
        console.log(JSON.stringify({ group: group.map(({ status, reason }) => [status, reason?.code]), next, ids }));
        await store.close();`;
      const limited = [
        '-c',
        'ulimit -f 8192; exec "$0" --input-type=module -e "$1"',
        process.execPath,
        script,
      ];
      const { stdout, stderr } = spawnSync('sh', limited, { encoding: 'utf8' });
      expect(stderr).toBe('');
      const { group, next, ids } = JSON.parse(stdout);
      expect(group).toEqual(Array(2).fill(['rejected', expect.stringMatching(/^SQLITE_(FULL|IOERR)/)]));
      expect(next).toEqual({ revision: 1, position: 2 });
      expect(ids).toEqual(['first', 'next']);
      const store = await openSqliteEventStore({ file });
      expect((await collect(store.readAll())).map(({ id }) => id)).toEqual(['first', 'next']);
      await store.close();
    },
  );

  it('refuses a file of a newer version', async () => {
    const newer = openDatabase(file);
    newer.exec('PRAGMA user_version = 99');
    newer.close();
    await expect(openSqliteEventStore({ file })).rejects.toThrow('newer version');
    await expect(openSqliteEventStore({ file, readOnly: true })).rejects.toThrow('newer version');
    // The refusal released the lock and left the file unchanged.
    const again = openDatabase(file);
    expect(again.prepare('PRAGMA journal_mode').get()).toMatchObject({ journal_mode: 'delete' });
    again.exec('PRAGMA user_version = 0');
    again.close();
    await (await openSqliteEventStore({ file })).close();
  });

  it('loses nothing acknowledged when its process is killed, and frees the ledger', async () => {
    const script = join(directory, 'writer.mjs');
    writeFileSync(
      script,
      `import { openSqliteEventStore } from '${dist}event-store/sqlite/sqlite-event-store.js';
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
      // The kill may have cut off the last, incomplete line.
      acknowledged.push(...output.split('\n').slice(0, -1));
    }
    const store = await openSqliteEventStore({ file });
    const found = new Set((await collect(store.readAll())).map(({ id }) => id));
    expect(acknowledged.length).toBeGreaterThan(100);
    expect(acknowledged.filter((id) => !found.has(id))).toEqual([]);
    await store.close();
  }, 60_000);
});
