import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type DatabaseType from 'libsql';
import type { Answer, TestServer } from '../e2e/server.js';
import { startShipped } from '../pages/shipped-server.js';
import { OpenPackage } from './package.js';

/** Tests read answers without types. */
type Json = Answer['body'];

const run = promisify(execFile);

describe('a snapshot of the shipped ledger', () => {
  let server: TestServer;
  let folder: string;
  let bytes: Buffer;
  let snapshot: OpenPackage;
  let database: DatabaseType.Database;
  let position = 0;

  const download = async (path: string): Promise<Buffer> => {
    const answer = await fetch(server.url + path);
    expect([path, answer.status]).toEqual([path, 200]);
    return Buffer.from(await answer.arrayBuffer());
  };
  const record = async (path: string, event: object): Promise<void> => {
    const { status, body, text } = await server.post(path, event);
    expect([status, text]).toEqual([201, text]);
    position = Number(/"position":(\d+)/.exec(JSON.stringify(body))?.[1]);
    await server.get(`/api/automakers?minPosition=${position}`);
  };
  const unpacked = (name: string, from: OpenPackage): string => {
    const path = mkdtempSync(join(folder, name));
    for (const [file, content] of from.files) writeFileSync(join(path, file), content);
    return path;
  };
  const verified = (path: string, ...args: string[]) =>
    run(process.execPath, [join(path, 'verify.mjs'), ...args]).then(
      ({ stdout }) => ({ code: 0, stdout }),
      (error: unknown) => {
        const { code, stdout } = error as { code: number; stdout: string };
        return { code, stdout };
      },
    );

  beforeAll(async () => {
    server = await startShipped();
    folder = mkdtempSync(join(tmpdir(), 'snapshot-test-'));
    ({ position } = (await server.get('/api/automakers')).body.asOf);
    bytes = await download('/snapshots/latest');
    snapshot = new OpenPackage(bytes);
    database = snapshot.database();
  }, 200_000);
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is a Data Package: its description, hashes, types, keys and references hold', () => {
    expect(snapshot.faults()).toEqual([]);
    expect(snapshot.described.version).toBe(String(position));
    expect([...snapshot.files.keys()].sort()).toEqual([
      'LICENSE.txt',
      'README.md',
      'companies.csv',
      'datapackage.json',
      'events.csv',
      'evidence.csv',
      'figures.csv',
      'goals.csv',
      'ledger.jsonl',
      'ledger.jsonl.checkpoint',
      'ledger.jsonl.hashes',
      'log.key',
      'presence.csv',
      'verify.mjs',
    ]);
    expect(snapshot.text('README.md')).toContain(`at event ${position}`);
  });

  it('is found by its day and its position, and known by its ETag', async () => {
    const { snapshots } = (await server.get('/api/snapshots')).body;
    expect(snapshots[0]).toEqual({ day: expect.any(String), position, events: position });
    for (const name of [snapshots[0].day, `${position}`, `${position}.zip`])
      expect((await download(`/snapshots/${name}`)).equals(bytes)).toBe(true);
    const first = await fetch(`${server.url}/snapshots/latest`);
    await first.arrayBuffer();
    const again = await fetch(`${server.url}/snapshots/latest`, {
      headers: { 'If-None-Match': first.headers.get('etag') ?? '' },
    });
    expect(again.status).toBe(304);
  });

  it.each([
    ['/snapshots/nothing', 400],
    ['/snapshots/1999-01-01', 404],
    ['/snapshots/9999-01-01', 400],
    ['/snapshots/99999999', 404],
    ['/snapshots/latest/to/1', 400],
  ])('answers %s with %i', async (path, status) => {
    expect((await server.get(path)).status).toBe(status);
  });

  it('is checked without the software, and by the software', async () => {
    const path = unpacked('whole-', snapshot);
    const { key } = (await server.get('/api/ledger/key')).body;
    expect(await verified(path, '--key', key)).toEqual({
      code: 0,
      stdout: expect.stringContaining(`${position} events: OK`),
    });
    const ours = await run(process.execPath, [
      'dist/cli.js',
      'verify',
      '--export',
      join(path, 'ledger.jsonl'),
      '--key',
      key,
    ]);
    expect(ours.stdout).toContain('OK');
  });

  it('shows what somebody changed in it', async () => {
    const path = unpacked('changed-', snapshot);
    const ledger = snapshot.text('ledger.jsonl');
    writeFileSync(join(path, 'ledger.jsonl'), ledger.replace('XPeng', 'XPing'));
    const changed = await verified(path);
    expect(changed.code).toBe(1);
    expect(changed.stdout).toContain('ledger.jsonl is not the file that datapackage.json describes');
    expect(changed.stdout).toMatch(/events are not the \d+ that the checkpoint is about/);
    const other = unpacked('cell-', snapshot);
    writeFileSync(join(other, 'goals.csv'), snapshot.text('goals.csv').replace('missed', 'achieved'));
    expect((await verified(other)).stdout).toContain('goals.csv is not the file');
    const third = unpacked('hash-', snapshot);
    const hashes = snapshot.text('ledger.jsonl.hashes').split('\n');
    writeFileSync(join(third, 'ledger.jsonl.hashes'), [hashes[1], hashes[0], ...hashes.slice(2)].join('\n'));
    expect((await verified(third)).stdout).toContain('ledger.jsonl.hashes has another hash than event 1 has');
    writeFileSync(join(third, 'ledger.jsonl.hashes'), [...hashes, ''].join('\n'));
    expect((await verified(third)).stdout).toContain('has not one line for each');
    const stranger = 'market-expansion-tracker+00000000+AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
    expect((await verified(unpacked('key-', snapshot), '--key', stranger)).code).toBe(1);
  });

  it('says of which files nothing is proven: a table that was changed with its description is told as such', async () => {
    const path = unpacked('forged-', snapshot);
    const { key } = (await server.get('/api/ledger/key')).body;
    const forged = Buffer.from(snapshot.text('goals.csv').replace('missed', 'achieved'));
    writeFileSync(join(path, 'goals.csv'), forged);
    writeFileSync(join(path, 'more.csv'), 'goal\n');
    const described = JSON.parse(snapshot.text('datapackage.json')) as {
      resources: { path: string; bytes: number; hash: string }[];
    };
    for (const resource of described.resources)
      if (resource.path === 'goals.csv') {
        resource.bytes = forged.length;
        resource.hash = `sha256:${createHash('sha256').update(forged).digest('hex')}`;
      }
    writeFileSync(join(path, 'datapackage.json'), JSON.stringify(described));
    const { code, stdout } = await verified(path, '--key', key);
    expect(code).toBe(0);
    expect(stdout).toContain(`${position} events: OK`);
    expect(stdout).toMatch(/^Nobody signs events\.csv, .*goals\.csv.* or datapackage\.json/m);
    expect(stdout).toContain('Nothing describes more.csv');
  });

  it('is not checked under the key of the archive where --key has no value', async () => {
    const path = unpacked('keyless-', snapshot);
    expect((await verified(path, '--key')).code).toBe(2);
  });

  describe('in SQLite', () => {
    const ask = (sql: string, ...values: (string | number)[]): Record<string, unknown>[] =>
      database.prepare(sql).all(...values) as Record<string, unknown>[];
    let automakers: readonly { id: string; name: string }[];
    beforeAll(async () => {
      automakers = (await server.get('/api/automakers')).body.automakers;
    });

    it('answers how many events of each type there are as the API does', async () => {
      const counted = ask('SELECT type, COUNT(*) AS count FROM events GROUP BY type ORDER BY type');
      for (const { type, count } of counted) {
        let events = 0;
        for (let cursor = ''; ;) {
          const { body } = await server.get(`/api/events?type=${String(type)}&limit=200${cursor}`);
          events += Number(body.events.length);
          if (body.next === undefined) break;
          cursor = `&cursor=${body.next}`;
        }
        expect([type, events]).toEqual([type, count]);
      }
    });

    it('answers how each goal of each automaker stands as the API does', async () => {
      const { goals } = (await server.get('/api/goals?limit=1000')).body;
      const asked = goals.map((goal: Json) => [
        goal['automaker'],
        goal['target'],
        goal['current'].status,
        goal['current'].asOf ?? null,
        goal['current'].completion?.lo ?? null,
        goal['current'].terms.threshold,
        goal['first'].status,
      ]);
      const found = ask('SELECT * FROM goals').map((row) => [
        row['automaker'],
        row['goal'],
        row['status'],
        row['statusAsOf'],
        row['percentAtLeast'],
        row['threshold'],
        row['firstStatus'],
      ]);
      expect(found.length).toBeGreaterThan(40);
      expect(found).toEqual(asked);
    });

    it('answers which figures each automaker reported as the API does', async () => {
      for (const { id } of automakers) {
        const { figures } = (await server.get(`/api/automakers/${id}/figures`)).body;
        const reports = figures.flatMap((figure: Json) =>
          figure['reports'].map((report: Json) =>
            [report['event'], figure['measure'], report['value'], figure['first'], figure['last']].join(' '),
          ),
        );
        const found = ask('SELECT * FROM figures WHERE automaker = ? AND value IS NOT NULL', id).map((row) =>
          [row['event'], row['measure'], row['value'], row['first'], row['last']].join(' '),
        );
        expect([id, found.sort()]).toEqual([id, reports.sort()]);
      }
    });

    it('answers who is where as the API does', async () => {
      const { markets } = (await server.get('/api/markets')).body;
      expect(markets.length).toBeGreaterThan(20);
      for (const { id } of automakers) {
        const { markets: of } = (await server.get(`/api/automakers/${id}/markets`)).body;
        const present = of.filter((each: { present: boolean }) => each.present);
        const found = ask(
          'SELECT DISTINCT market FROM presence WHERE automaker = ? AND present ORDER BY market',
          id,
        ).map(({ market }) => market);
        expect([id, found]).toEqual([id, present.map(({ market }: { market: string }) => market).sort()]);
      }
    });

    it('answers which sources state what as the API does', async () => {
      const { events } = (await server.get('/api/events?type=MarketEntered&limit=100')).body;
      for (const { id, evidence } of events) {
        const found = ask('SELECT url FROM evidence WHERE event = ? ORDER BY number', id);
        expect(found.map(({ url }) => url)).toEqual(evidence.map(({ url }: { url: string }) => url));
      }
      const [single] = ask(
        `SELECT COUNT(*) AS count FROM events e WHERE type = 'FigureReported' AND
           (SELECT COUNT(DISTINCT publisher) FROM evidence v WHERE v.event = e.id) < 2`,
      );
      expect(single?.['count']).toBeGreaterThan(100);
    });

    it('has the bounds that figures claim around every figure', () => {
      expect(
        ask(
          `SELECT * FROM figures WHERE qualifier NOT IN ('more-than', 'less-than') AND (atLeast > value OR atMost < value)`,
        ),
      ).toEqual([]);
      const claims = ask(
        `SELECT COUNT(*) AS count FROM figures WHERE qualifier = 'more-than' AND atMost IS NULL AND unit <> 'percent'`,
      );
      expect(claims[0]?.['count']).toBeGreaterThan(0);
    });
  });

  it('stays the same to the byte when more is recorded, and a delta leads from it to the newer one', async () => {
    const before = position;
    await record('/api/automakers/xpeng/events', {
      type: 'FigureReported',
      occurredOn: '2026-02-01',
      data: { measure: 'overseas-units', value: 46_123, period: '2025', basis: 'deliveries' },
      evidence: [{ url: 'https://example.com/later', publisher: 'Example', grade: 'reported' }],
    });
    const { events } = (await server.get('/api/events?automaker=nio&type=MarketEntered&limit=1')).body;
    await record('/api/automakers/nio/events', {
      type: 'EventRetracted',
      data: { event: events[0].id, reason: 'It was not so' },
    });
    // Meanwhile, other snapshots were requested and the ledger has grown.
    expect((await download(`/snapshots/${before}`)).equals(bytes)).toBe(true);
    const newer = new OpenPackage(await download('/snapshots/latest'));
    expect(newer.faults()).toEqual([]);
    const delta = new OpenPackage(await download(`/snapshots/${before}/to/latest`));
    expect(delta.faults()).toEqual([]);
    expect(snapshot.text('ledger.jsonl') + delta.text('ledger-added.jsonl')).toBe(newer.text('ledger.jsonl'));
    for (const { name, schema } of newer.described.resources) {
      if (!schema) continue;
      const keyOf = (row: Record<string, string>) => schema.primaryKey.map((field) => row[field]).join(' ');
      const rows = new Map(snapshot.rows(name).map((row) => [keyOf(row), row]));
      for (const row of delta.rows(name)) rows.set(keyOf(row), row);
      for (const row of delta.rows(`${name}-removed`)) rows.delete(keyOf(row));
      const sorted = (all: Iterable<object>) => [...all].map((row) => JSON.stringify(row)).sort();
      expect([name, sorted(rows.values())]).toEqual([name, sorted(newer.rows(name))]);
    }
    expect(delta.rows('events').length).toBe(3);
    expect(delta.rows('presence-removed').length).toBe(1);
    // Its README names the check that it has.
    expect(delta.text('README.md')).not.toContain('verify.mjs');
    const path = unpacked('delta-', delta);
    const { key } = (await server.get('/api/ledger/key')).body;
    const whole = snapshot.text('ledger.jsonl') + delta.text('ledger-added.jsonl');
    writeFileSync(join(path, 'ledger.jsonl'), whole);
    const asked = ['dist/cli.js', 'verify', '--export', join(path, 'ledger.jsonl'), '--key', key];
    expect((await run(process.execPath, asked)).stdout).toContain('OK');
  });

  it('has a page that leads to all of it', async () => {
    const { text, status } = await server.get('/data');
    expect(status).toBe(200);
    expect(text).toContain('href="/snapshots/latest"');
    const { day } = (await server.get('/api/snapshots')).body.snapshots[0];
    expect(text).toContain(`href="/snapshots/${day}"`);
    expect((await server.get('/data?csv=snapshots')).text).toContain(`/snapshots/${day}`);
  });
});
