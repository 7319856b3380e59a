import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startServer } from '../e2e/server.js';
import { commandLine, type CommandLine } from './command-line.js';
import { ENTERED_SE, jsonLines, SMALL_LEDGER, STORES } from './small-ledger.js';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const COUNT = SMALL_LEDGER.length;
const WRONG = {
  stream: 'automaker-xpeng',
  type: 'MarketEntered',
  occurredOn: '2023',
  data: { market: 'no' },
};

let cli: CommandLine;
let small: string;
beforeEach(() => {
  cli = commandLine();
  small = cli.file('small.jsonl', jsonLines(SMALL_LEDGER));
});
afterEach(() => cli.remove());

/** A ledger with the usual traces of work: several authors, corrections, retractions and warnings. */
async function workOn(): Promise<void> {
  await cli.tracker('import', small, '--author', 'alice');
  const acts = cli.file(
    'acts.json',
    JSON.stringify([
      { type: 'EventRetracted', data: { event: STORES, reason: 'a, "b"\nc' } },
      {
        type: 'EventCorrected',
        data: { event: ENTERED_SE, occurredOn: '2022-02', data: { market: 'SE' }, reason: 'earlier' },
      },
    ]),
  );
  expect(await cli.tracker('record', 'xpeng', acts, '--author', 'bob')).toMatchObject({
    code: 0,
    stderr: '',
  });
}

describe('import', () => {
  it('records a file once, however often it is imported', async () => {
    const first = await cli.tracker('import', small);
    expect([first.code, first.stderr]).toEqual([
      0,
      expect.stringContaining(`${COUNT} lines: ${COUNT} recorded, 0 already recorded, 0 refused`),
    ]);
    const second = await cli.tracker('import', small, small);
    expect([second.code, second.stderr]).toEqual([
      0,
      expect.stringContaining(`${2 * COUNT} lines: 0 recorded, ${2 * COUNT} already recorded, 0 refused`),
    ]);
    expect(existsSync(`${small}.refused.jsonl`)).toBe(false);
  });

  it('gives refused lines of JSONL back, with their reasons, to be mended and imported again', async () => {
    const file = cli.file('bad.jsonl', `${jsonLines(SMALL_LEDGER)}not json\n${JSON.stringify(WRONG)}\n`);
    const { code, stderr } = await cli.tracker('import', file);
    expect([code, stderr]).toEqual([1, expect.stringContaining('2 refused')]);
    expect(stderr).toContain('data.market');
    const refused = `${file}.refused.jsonl`;
    expect(readFileSync(refused, 'utf8')).toBe(`not json\n${JSON.stringify(WRONG)}\n`);
    expect(JSON.parse(readFileSync(`${file}.refused.report.json`, 'utf8'))).toMatchObject([
      { line: COUNT + 1, problem: 'invalid-event' },
      { line: COUNT + 2, reason: expect.stringContaining('data.market') },
    ]);
    const evidence = [{ url: 'https://example.com/source', publisher: 'x', grade: 'reported' }];
    writeFileSync(refused, jsonLines([{ ...WRONG, data: { market: 'DK' }, evidence }]));
    expect(await cli.tracker('import', refused)).toMatchObject({ code: 0 });
    expect((await cli.tracker('markets', 'xpeng')).stdout).toContain('DK');
  });

  it('gives refused lines of a table back under its header, lines within cells and all', async () => {
    const header = 'stream,type,occurredOn,data.name,data.homeMarket,data.market,note';
    const bad = 'automaker-byd,AutomakerRegistered,2003,BYD,Cathay,,"two\nlines"';
    const file = cli.file('byd.txt', `${header}\n${bad}\n`);
    expect(await cli.tracker('import', file, '--format', 'csv')).toMatchObject({ code: 1 });
    const refused = `${file}.refused.csv`;
    expect(readFileSync(refused, 'utf8')).toBe(`${header}\n${bad}\n`);
    writeFileSync(refused, readFileSync(refused, 'utf8').replace('Cathay', 'CN'));
    expect(await cli.tracker('import', refused)).toMatchObject({ code: 0 });
    expect((await cli.tracker('automakers')).stdout).toContain('BYD');
  });

  it('shows the first 20 refusals and keeps all of them in the report', async () => {
    const file = cli.file('bad.jsonl', 'x\n'.repeat(50));
    const { stderr } = await cli.tracker('import', file);
    expect(stderr.match(/is not JSON/g)).toHaveLength(20);
    expect(stderr).toContain('and 30 more');
    expect(JSON.parse(readFileSync(`${file}.refused.report.json`, 'utf8'))).toHaveLength(50);
  });

  it('imports nothing where one of the files is not there', async () => {
    const outcome = await cli.tracker('import', small, cli.file('absent.jsonl'));
    expect([outcome.code, outcome.stderr]).toEqual([1, expect.stringMatching(/^error: .*absent.*ENOENT/)]);
    expect(outcome.stderr).not.toMatch(/\n +at /);
    expect((await cli.tracker('automakers')).stdout).toBe('(none)\n');
  });
});

describe('an export that is restored', () => {
  let other: CommandLine;
  let file: string;
  let key: string;
  beforeEach(async () => {
    await cli.tracker('import', small);
    file = cli.file('export.jsonl');
    await cli.tracker('export', '--out', file);
    key = (await cli.tracker('checkpoint', '--key')).stdout.trim();
    other = commandLine();
  });
  afterEach(() => other.remove());

  const forge = (from: string, to: string): void => {
    const text = readFileSync(file, 'utf8');
    expect(text).toContain(from);
    writeFileSync(file, text.replace(from, to));
  };
  const nothingThere = async () => expect((await other.tracker('automakers')).stdout).toBe('(none)\n');

  it('is taken with its own checkpoint, the one that is named, and the key of its log', async () => {
    const named = cli.file('named.txt', readFileSync(`${file}.checkpoint`, 'utf8'));
    for (const args of [[], ['--checkpoint', named], ['--log-key', key], ['--no-checkpoint']])
      expect(await other.tracker('import', '--restore', ...args, file)).toMatchObject({ code: 0 });
    expect((await other.tracker('export')).stdout).toBe(readFileSync(file, 'utf8'));
  });

  it('is not taken where its checkpoint is of other events, unless it is left aside', async () => {
    forge('"recordedBy":"command-line"', '"recordedBy":"somebody-else"');
    for (const args of [[], ['--dry-run'], ['--log-key', key]]) {
      const { code, stderr } = await other.tracker('import', '--restore', ...args, file);
      expect(code).toBe(1);
      expect(stderr).toMatch(/nothing was restored: .*event 1: is not the event/s);
      expect(stderr).toContain('--no-checkpoint');
    }
    await nothingThere();
    expect(await other.tracker('import', '--restore', '--no-checkpoint', file)).toMatchObject({ code: 0 });
    expect((await other.tracker('export')).stdout).toContain('somebody-else');
  });

  it('is not taken where only the signature tells the forgery', async () => {
    const own = `${file}.checkpoint`;
    writeFileSync(own, readFileSync(own, 'utf8').replace(/(— \S+ \S{12})\S/, '$1_'));
    expect(await other.tracker('import', '--restore', '--log-key', key, file)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('signature'),
    });
    await nothingThere();
  });

  it('is not taken with another file that is not as it was exported, nor with less than its checkpoint', async () => {
    const whole = cli.file('whole.jsonl', readFileSync(file, 'utf8'));
    writeFileSync(file, readFileSync(file, 'utf8').split('\n').slice(0, -2).join('\n') + '\n');
    expect(await other.tracker('import', '--restore', whole, file)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`event ${COUNT}: is missing`),
    });
    const moved = cli.file('moved.jsonl', readFileSync(file, 'utf8'));
    const named = await other.tracker('import', '--restore', '--checkpoint', `${file}.checkpoint`, moved);
    expect([named.code, named.stderr]).toEqual([1, expect.stringContaining('is missing')]);
    await nothingThere();
  });

  it('says what its options go with', async () => {
    const { code, stderr } = await other.tracker('import', '--checkpoint', `${file}.checkpoint`, file);
    expect([code, stderr]).toEqual([1, expect.stringContaining('go with --restore')]);
    const two = await other.tracker('import', '--restore', '--checkpoint', small, file, small);
    expect([two.code, two.stderr]).toEqual([1, expect.stringContaining('one at a time')]);
  });
});

describe('the refused lines of an import', () => {
  const WRONG_LINE = JSON.stringify(WRONG);

  it('are never written over those that somebody is mending', async () => {
    const file = cli.file('bad.jsonl', `${WRONG_LINE}\n`);
    await cli.tracker('import', file);
    writeFileSync(`${file}.refused.jsonl`, 'mended');
    for (const number of [2, 3]) {
      const { stderr } = await cli.tracker('import', file);
      expect(stderr).toContain(`${file}.refused-${number}.jsonl`);
      expect(readFileSync(`${file}.refused-${number}.jsonl`, 'utf8')).toBe(`${WRONG_LINE}\n`);
      expect(existsSync(`${file}.refused-${number}.report.json`)).toBe(true);
    }
    expect(readFileSync(`${file}.refused.jsonl`, 'utf8')).toBe('mended');
  });

  it('keep the bytes of their file, in whichever encoding it is', async () => {
    const file = cli.file('latin.jsonl');
    const bytes = Buffer.from('{"name":"Caf\xe9"}\n', 'latin1');
    writeFileSync(file, bytes);
    expect(await cli.tracker('import', file)).toMatchObject({ code: 1 });
    expect(readFileSync(`${file}.refused.jsonl`)).toEqual(bytes);
  });

  it('of a table have the line ends of its header, so that none becomes part of a cell', async () => {
    const row = (on: string) => `AutomakerRegistered,automaker-acme,${on},Acme,CN,first`;
    const header = 'type,stream,occurredOn,data.name,data.homeMarket,note';
    const file = cli.file('crlf.csv', `${header}\r\n${row('2001/13/1')}\r\n`);
    expect(await cli.tracker('import', file)).toMatchObject({ code: 1 });
    const refused = `${file}.refused.csv`;
    expect(readFileSync(refused, 'utf8')).toBe(readFileSync(file, 'utf8'));
    writeFileSync(refused, `${header}\n${row('2001-09-01')}\r\n`);
    expect(await cli.tracker('import', refused)).toMatchObject({ code: 0 });
    expect((await cli.tracker('export')).stdout).toContain('"note":"first"');
  });

  it('go elsewhere, and the import on, where the folder of their file takes none', async () => {
    const given = openSync(cli.file('given.jsonl', `${WRONG_LINE}\n${jsonLines(SMALL_LEDGER)}`), 'r');
    const before = process.cwd();
    process.chdir(cli.directory);
    try {
      const { code, stderr } = await cli.tracker('import', `/proc/self/fd/${given}`);
      expect([code, stderr]).toEqual([
        1,
        expect.stringContaining(`${COUNT} recorded, 0 already recorded, 1 refused`),
      ]);
      expect(readFileSync(cli.file(`${given}.refused.jsonl`), 'utf8')).toBe(`${WRONG_LINE}\n`);
    } finally {
      process.chdir(before);
      closeSync(given);
    }
  });

  it('are counted beside the good lines before and after them, in a table with a stray quote', async () => {
    const header = 'type,stream,occurredOn,data.name,data.homeMarket,note';
    const row = (name: string, note: string) =>
      `AutomakerRegistered,automaker-${name},2001,${name},CN,${note}`;
    const rows = [
      row('a', ''),
      row('b', 'a 14" wheel'),
      row('c', '"two\nlines"'),
      row('d', '"open'),
      row('e', ''),
    ];
    const file = cli.file('stray.csv', `${[header, ...rows].join('\n')}\n`);
    const { stderr } = await cli.tracker('import', file);
    expect(stderr).toContain('5 lines: 3 recorded, 0 already recorded, 2 refused');
    expect(readFileSync(`${file}.refused.csv`, 'utf8')).toBe(`${header}\n${rows[1]}\n${rows[3]}\n`);
  });

  it('are named where a line smuggles fields in by its prototype', async () => {
    const evidence = [{ url: 'https://example.com/source', publisher: 'x', grade: 'reported' }];
    const hidden = { type: 'MarketEntered', occurredOn: '2023', data: { market: 'SE' }, evidence };
    const json = cli.file(
      'proto.jsonl',
      `{"stream":"automaker-xpeng","__proto__":${JSON.stringify(hidden)}}\n`,
    );
    const columns = 'type,stream,occurredOn,data.name,data.homeMarket,data.__proto__,__proto__';
    const csv = cli.file(
      'proto.csv',
      `${columns}\nAutomakerRegistered,automaker-two,2001,Two,CN,lost,lost\n`,
    );
    const { stderr } = await cli.tracker('import', json, csv);
    expect(stderr).toContain('2 lines: 0 recorded, 0 already recorded, 2 refused');
    expect(stderr).toContain('data.__proto__ is not a known field');
  });
});

describe('import of what is no file', () => {
  it('refuses a folder before anything is imported', async () => {
    const outcome = await cli.tracker('import', small, cli.directory);
    expect([outcome.code, outcome.stderr]).toEqual([1, expect.stringContaining('is a folder')]);
    expect((await cli.tracker('automakers')).stdout).toBe('(none)\n');
  });

  it('reads standard input, once', async () => {
    expect((await cli.tracker('import', '-', '-')).stderr).toContain('only once');
    const environment = { ...process.env, ...(await cli.environment()) };
    const command = spawnSync(process.execPath, [CLI, 'import', '-'], {
      input: `${jsonLines(SMALL_LEDGER)}${JSON.stringify(WRONG)}\n`,
      cwd: cli.directory,
      env: environment,
      encoding: 'utf8',
    });
    expect([command.status, command.stderr]).toEqual([1, expect.stringContaining(`${COUNT} recorded`)]);
    expect(readFileSync(cli.file('stdin.refused.jsonl'), 'utf8')).toBe(`${JSON.stringify(WRONG)}\n`);
  });
});

describe('record', () => {
  it('records an event, previews one, and refuses what contradicts', async () => {
    await cli.tracker('import', small);
    const evidence = [{ url: 'https://example.com/source', publisher: 'x', grade: 'reported' }];
    const event = { type: 'MarketEntered', occurredOn: '2024-05', data: { market: 'DE' }, evidence };
    const file = cli.file('event.json', JSON.stringify(event));
    const preview = await cli.tracker('record', 'xpeng', file, '--dry-run');
    expect(preview.json).toMatchObject({ dryRun: true, accepted: true });
    expect((await cli.tracker('record', 'xpeng', file)).json).toMatchObject({ stream: 'automaker-xpeng' });
    const again = await cli.tracker('record', 'xpeng', file);
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('error: ')]);
    const wrong = cli.file('wrong.json', JSON.stringify({ ...event, data: { market: 'zz' } }));
    const refused = await cli.tracker('record', 'xpeng', wrong);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('\n  data.market ')]);
    expect(await cli.tracker('record', 'Not A Slug', file)).toMatchObject({ code: 1 });
  });
});

describe('export', () => {
  it.each(['jsonl', 'cloudevents', 'csv'])(
    'gives the same ledger again from %s, to the last byte',
    async (format) => {
      await workOn();
      const file = cli.file(format === 'csv' ? 'ledger.csv' : 'ledger.jsonl');
      expect(await cli.tracker('export', '--format', format, '--out', file)).toMatchObject({ code: 0 });
      expect(await cli.tracker('verify', '--export', file)).toMatchObject({
        code: 0,
      });
      const other = commandLine();
      expect(await other.tracker('import', file, '--restore')).toMatchObject({ code: 0 });
      const { stdout } = await other.tracker('export', '--format', format);
      expect(stdout).toBe(readFileSync(file, 'utf8'));
      expect((await other.tracker('export')).stdout).toBe((await cli.tracker('export')).stdout);
      expect(await other.tracker('verify')).toMatchObject({ code: 0 });
      await other.remove();
    },
  );

  it('says where a full disk ended it, in a file and on standard output', async () => {
    await cli.tracker('import', small);
    const outcome = await cli.tracker('export', '--out', '/dev/full');
    expect([outcome.code, outcome.stderr]).toEqual([1, expect.stringMatching(/^error: .*ENOSPC/)]);
    const full = openSync('/dev/full', 'w');
    const environment = { ...process.env, ...(await cli.environment()) };
    const command = spawnSync(process.execPath, [CLI, 'export'], {
      stdio: ['ignore', full, 'pipe'],
      env: environment,
      encoding: 'utf8',
    });
    closeSync(full);
    expect([command.status, command.stderr]).toEqual([1, expect.stringMatching(/^error: .*ENOSPC/)]);
  });

  it('refuses a format that it does not know', async () => {
    expect(await cli.tracker('export', '--format', 'xml')).toMatchObject({ code: 1 });
  });
});

describe('through a server', () => {
  it('records, imports and exports what the ledger of this machine would', async () => {
    await workOn();
    const file = cli.file('ledger.csv');
    await cli.tracker('export', '--format', 'csv', '--out', file);
    const server = await startServer();
    const through = (key: string) => ['--server', `${server.url}/`, '--key', key];
    expect(await cli.tracker('import', file, '--restore', ...through(server.keys.admin))).toMatchObject({
      code: 0,
    });
    expect(await cli.tracker('import', file, '--restore', ...through(server.keys.analyst))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Only an admin'),
    });
    const exported = await cli.tracker('export', '--format', 'csv', '--server', server.url);
    expect(exported.stdout).toBe(readFileSync(file, 'utf8'));

    const bad = cli.file('bad.csv', 'stream,type\nautomaker-byd,"Odd, as it is"\n');
    expect(await cli.tracker('import', bad, ...through(server.keys.analyst))).toMatchObject({ code: 1 });
    expect(readFileSync(`${bad}.refused.csv`, 'utf8')).toBe(readFileSync(bad, 'utf8'));
    expect(JSON.parse(readFileSync(`${bad}.refused.report.json`, 'utf8'))).toMatchObject([{ line: 2 }]);

    const event = cli.file(
      'nio.json',
      '{"type":"AutomakerRegistered","occurredOn":"2014","data":{"name":"NIO","homeMarket":"CN"}}',
    );
    const recorded = await cli.tracker('record', 'nio', event, ...through(server.keys.analyst));
    expect(recorded.json).toMatchObject({ stream: 'automaker-nio', revision: 0 });
    const twice = await cli.tracker('record', 'nio', event, ...through(server.keys.analyst));
    expect([twice.code, twice.stderr]).toEqual([1, expect.stringContaining('error: ')]);
    expect(await cli.tracker('record', 'nio', event, '--server', server.url)).toMatchObject({ code: 1 });
    const authored = await cli.tracker('record', 'nio', event, '--author', 'x', ...through('k'));
    expect(authored.code).toBe(2);
    await server.stop();
    const gone = await cli.tracker('export', '--server', server.url);
    expect([gone.code, gone.stderr]).toEqual([1, expect.stringContaining('does not answer')]);
  });
});
