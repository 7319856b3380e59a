import { cpSync, readFileSync } from 'node:fs';
import { jest } from '@jest/globals';
import * as later from './market-entered-v2.js';
import { RELEASES, textOf, unpack, unpackFolder } from '../golden/kept.js';
import { createDatabase, describeOnPostgres } from '../postgres.js';
import { placeForLedger } from '../event-store/ledger-place.js';
import type { CommandLine } from '../cli/command-line.js';

// A possible future catalogue: MarketEntered has a second version with a renamed field and a new one.
jest.unstable_mockModule('../../src/domain/events/market-entered.js', () => later);
const { commandLine } = await import('../cli/command-line.js');

const SOURCE = [{ url: 'https://example.com/a', publisher: 'Example', grade: 'reported' }];
const entered = (data: object, rest: object = {}) => ({
  type: 'MarketEntered',
  occurredOn: '2024-06',
  data,
  evidence: SOURCE,
  ...rest,
});
const REGISTERED = {
  type: 'AutomakerRegistered',
  occurredOn: '2014',
  data: { name: 'Nova', homeMarket: 'CN' },
};
const V1 = entered({ market: 'NO', partner: 'Electric Way', models: ['G3', 'P7'] });
const V2 = entered({ market: 'SE', channel: 'dealers', importer: 'Bilia', models: '7' });
const linesOf = (text: string): string[] => text.trim().split('\n');

(process.env['TIER'] === undefined ? describe : describe.skip)('a type with a second version', () => {
  let cli: CommandLine;
  beforeEach(() => (cli = commandLine()));
  afterEach(() => cli.remove());

  const record = (what: unknown, ...more: string[]) =>
    cli.tracker('record', 'nova', cli.file('event.json', JSON.stringify(what)), ...more);
  const exported = async (format = 'jsonl') => (await cli.tracker('export', '--format', format)).stdout;
  const recorded = async () =>
    linesOf(await exported()).map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);

  it('takes what names no version in the newest that it fits, and says in which', async () => {
    const answer = await record([REGISTERED, V1, V2]);
    expect(answer).toMatchObject({ code: 0, stderr: '' });
    expect(answer.json.events.map(({ version }: { version: number }) => version)).toEqual([1, 1, 2]);
    expect(await recorded()).toMatchObject([
      { data: REGISTERED.data },
      { data: V1.data },
      { version: 2, data: V2.data },
    ]);
    expect((await recorded()).map((event) => 'version' in event)).toEqual([false, false, true]);
  });

  it('takes the version that is named, and says what is wrong with the data as that', async () => {
    await record(REGISTERED);
    expect(await record({ ...V1, version: 2 })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('data.channel'),
    });
    expect(await record({ ...V2, version: 1 })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('data.importer'),
    });
    expect(await record({ ...V2, version: 3 })).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/version.*MarketEntered.*1 to 2/s),
    });
    expect(await record(entered({ market: 'NO', channel: 'by post' }))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('data.channel'),
    });
  });

  it('tells both versions alike', async () => {
    await record([REGISTERED, V1, V2]);
    const { json } = await cli.tracker('markets', 'nova', '--json');
    const stays = json.markets.map(({ market, stays: [stay] }: { market: string; stays: object[] }) => [
      market,
      stay,
    ]);
    expect(stays).toMatchObject([
      ['NO', { partner: 'Electric Way', models: ['G3, P7'] }],
      ['SE', { partner: 'Bilia', models: ['7'] }],
    ]);
    const { json: events } = await cli.tracker('events', '--json', '--type', 'MarketEntered');
    expect(events.events.map(({ sentence }: { sentence: string }) => sentence).sort()).toEqual([
      'Nova entered Norway (untold, Electric Way)',
      'Nova entered Sweden (dealers, Bilia)',
    ]);
    expect(await cli.tracker('verify')).toMatchObject({ code: 0 });
  });

  it('is corrected in either version, and the correction says of which its data is', async () => {
    await record([REGISTERED, V1, V2]);
    const [, one, two] = await recorded();
    const correct = (event: unknown, data: object) => ({
      type: 'EventCorrected',
      data: { event, occurredOn: '2024-07', data, reason: 'misread' },
    });
    const acts = [
      correct(one?.['id'], { market: 'NO', channel: 'direct' }),
      correct(two?.['id'], { market: 'SE', partner: 'Hedin' }),
    ];
    expect(await record(acts)).toMatchObject({ code: 0, stderr: '' });
    const said = (await recorded()).slice(3).map(({ data }) => (data as { version?: number }).version);
    expect(said).toEqual([2, undefined]);
    const { json: events } = await cli.tracker('events', '--json', '--type', 'MarketEntered');
    expect(events.events.map(({ sentence }: { sentence: string }) => sentence).sort()).toEqual([
      'Nova entered Norway (direct, alone)',
      'Nova entered Sweden (untold, Hedin)',
    ]);
    expect(await cli.tracker('verify')).toMatchObject({ code: 0 });

    const wrong = correct(one?.['id'], { market: 'NO', channel: 'by post' });
    expect(await record(wrong)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('data.data.channel'),
    });
  });

  it.each(['jsonl', 'cloudevents', 'csv'])(
    'is exported as %s, verified, restored with the same hashes',
    async (format) => {
      await record([REGISTERED, V1, V2]);
      const [, one] = await recorded();
      const data = {
        event: one?.['id'],
        occurredOn: '2024-07',
        data: { market: 'NO', channel: 'direct' },
        reason: 'x',
      };
      await record({ type: 'EventCorrected', data });
      const file = cli.file('ledger.out');
      await cli.tracker('export', '--format', format, '--out', file);
      const key = (await cli.tracker('checkpoint', '--key')).stdout.trim();
      const named = cli.file(format === 'csv' ? 'ledger.csv' : 'ledger.jsonl');
      for (const suffix of ['', '.checkpoint', '.hashes']) cpSync(file + suffix, named + suffix);
      expect(await cli.tracker('verify', '--export', named, '--key', key)).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/OK\n$/),
      });
      const other = commandLine();
      const again = await other.tracker('import', named, '--restore', '--format', format);
      expect(again.stderr).toContain('4 lines: 4 recorded, 0 already recorded, 0 refused');
      const copy = other.file('copy');
      await other.tracker('export', '--format', format, '--out', copy);
      expect(readFileSync(copy, 'utf8')).toBe(readFileSync(file, 'utf8'));
      expect(readFileSync(`${copy}.hashes`, 'utf8')).toBe(readFileSync(`${file}.hashes`, 'utf8'));
      expect((await other.tracker('import', named, '--format', format)).stderr).toContain(
        '4 already recorded, 0 refused',
      );
      await other.remove();
    },
  );

  it('knows a line again that was imported in an earlier version, whatever the order of its fields', async () => {
    const lines = [REGISTERED, V1].map((event) => ({ stream: 'automaker-nova', ...event }));
    const text = (each: object) => `${JSON.stringify(each)}\n`;
    const first = await cli.tracker('import', cli.file('lines.jsonl', lines.map(text).join('')));
    expect(first.stderr).toContain('1 line of MarketEntered named no version: read in version 1\n');
    const turned = (value: object): object =>
      Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([name, content]: [string, unknown]) => [
            name,
            typeof content === 'object' && content !== null && !Array.isArray(content)
              ? turned(content)
              : content,
          ]),
      );
    const again = await cli.tracker('import', cli.file('again.jsonl', lines.map(turned).map(text).join('')));
    expect(again.stderr).toContain('2 lines: 0 recorded, 2 already recorded, 0 refused');
  });

  it('is no reason to judge an export that names no version by the newest one', async () => {
    await record([REGISTERED, V1]);
    const file = cli.file('ledger.jsonl', await exported());
    const other = commandLine();
    const { stderr } = await other.tracker('import', file);
    expect(stderr).toContain('2 recorded, 0 already recorded, 0 refused');
    await other.remove();
  });
});

// The ledger of these tests is always in files, so they run once, without TIER.
(process.env['TIER'] === undefined ? describe : describe.skip).each(RELEASES)(
  'a ledger of the release %s, opened when one of its types has a second version',
  (release) => {
    let home: CommandLine;
    let cli: CommandLine;
    beforeEach(() => {
      home = commandLine();
      cli = commandLine(unpackFolder(release, 'small/data-dir', home.directory));
    });
    afterEach(() => home.remove());

    it('answers, verifies with its checkpoint of then, and takes events of the new version', async () => {
      const before = textOf(release, 'small/export.jsonl');
      const file = unpack(release, 'small/export.jsonl', home.directory);
      const key = textOf(release, 'small/log.pub').trim();
      await cli.tracker('rebuild');
      const verify = ['verify', '--checkpoint', `${file}.checkpoint`, '--key', key];
      expect(await cli.tracker(...verify)).toMatchObject({ code: 0 });
      const event = cli.file('event.json', JSON.stringify(V2));
      expect((await cli.tracker('record', 'orion', event)).json.events).toMatchObject([{ version: 2 }]);
      expect(await cli.tracker(...verify)).toMatchObject({ code: 0 });
      const { stdout } = await cli.tracker('export');
      expect(stdout.slice(0, before.length) === before).toBe(true);
      expect(await cli.tracker('verify', '--export', file, '--key', key)).toMatchObject({ code: 0 });
    });
  },
);

(process.env['TIER'] === undefined ? describeOnPostgres : describe.skip)('a ledger of both versions', () => {
  it('is migrated to the other tier and back with the same root', async () => {
    const [cli, node] = [commandLine(), commandLine()];
    const database = await createDatabase();
    const place = await placeForLedger();
    const stores = { ...place.environment, POSTGRES_URL: database.url };
    try {
      await cli.tracker('record', 'nova', cli.file('events.json', JSON.stringify([REGISTERED, V1, V2])));
      const before = await cli.tracker('export');
      Object.assign(process.env, stores);
      const { code, stderr } = await cli.tracker('migrate', '--from', 'embedded', '--to', 'server');
      expect([code, stderr]).toEqual([0, '']);
      expect((await node.tracker('export')).stdout).toBe(before.stdout);
      expect(await node.tracker('verify')).toMatchObject({ code: 0 });
    } finally {
      for (const name of Object.keys(stores)) Reflect.deleteProperty(process.env, name);
      await place.remove();
      await database.drop();
      await cli.remove();
      await node.remove();
    }
  });
});
