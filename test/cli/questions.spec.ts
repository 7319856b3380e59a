import { readFileSync } from 'node:fs';
import { answerTo, startServer, type TestServer } from '../e2e/server.js';
import { commandLine, type CommandLine } from './command-line.js';
import { ENTERED_NO, jsonLines, SMALL_LEDGER } from './small-ledger.js';

/** For each question: its command line, its API path, and the expected contents of its table. */
const QUESTIONS: readonly (readonly [string, string, readonly (string | RegExp)[]])[] = [
  ['automakers', '/automakers', ['XPeng', 'Geely', 'localised-manufacturing']],
  ['targets xpeng', '/automakers/xpeng/targets', ['half-overseas', '10.48 %', '50 %', '39.52', '2033']],
  ['progress xpeng', '/automakers/xpeng/targets', ['half-overseas', '10.48 %']],
  [
    'progress xpeng half-overseas',
    '/automakers/xpeng/targets/half-overseas',
    [
      '100 × overseas-units / total-units',
      '45,008, from 00000000-0000-4000-8000-000000000013',
      'pace of last year',
      /Sources\n[^]*https:\/\/example\.com\//,
    ],
  ],
  [
    'forecast xpeng half-overseas',
    '/automakers/xpeng/targets/half-overseas/forecast',
    ['not-enough-evidence', 'A forecast takes 8 points'],
  ],
  [
    'history xpeng half-overseas',
    '/automakers/xpeng/targets/half-overseas/history',
    ['deadline-earlier', '2034-10', /by 2033/],
  ],
  ['goals', '/goals', ['xpeng/half-overseas', '50 %, 2034-10', '20.96 %', 'brought-forward']],
  ['goals --moved raised', '/goals?moved=raised', ['(none)']],
  ['promised --from 2024-12-31', '/goals/sums?from=2024-12-31', ['(none)']],
  ['strategy xpeng', '/automakers/xpeng/strategy', ['export-led', 'built in Graz']],
  ['markets xpeng', '/automakers/xpeng/markets', ['NO', '2020-12-21', 'distributor', 'ZEM']],
  ['markets', '/markets', ['Norway', 'geely, xpeng']],
  ['market no', '/markets/NO', ['xpeng', 'tariff', '17.8', 'battery cars']],
  ['partners xpeng', '/automakers/xpeng/partners', ['bilia-sweden', 'Göteborg', '2022-02-10']],
  ['production xpeng', '/automakers/xpeng/production', ['graz-at', 'running', '9,600']],
  ['outlets xpeng', '/automakers/xpeng/outlets', [/store +SE +3 +0 +3/]],
  [
    'figures xpeng --measure overseas-units --from 2024-01-01 --to 2025-12-31',
    '/automakers/xpeng/figures?measure=overseas-units&from=2024-01-01&to=2025-12-31',
    ['23,000', '45,008', '67,508 – 68,508'],
  ],
  [
    'vintages xpeng --measure overseas-units',
    '/automakers/xpeng/vintages?measure=overseas-units',
    ['public days', 'Figures as they were printed'],
  ],
  [
    'events --automaker xpeng --type MarketEntered',
    '/events?automaker=xpeng&type=MarketEntered',
    [ENTERED_NO],
  ],
  ['events --limit 2 --order recorded', '/events?limit=2&order=recorded', ['more: --cursor ']],
  [
    `event ${ENTERED_NO}`,
    `/events/${ENTERED_NO}`,
    ['revision 1 of automaker-xpeng', 'https://example.com/a'],
  ],
  ['compare xpeng,geely', '/compare?automakers=xpeng,geely', ['xpeng', 'geely', '10.48']],
  [
    'differences --from 2024-12-31 --automaker xpeng',
    '/differences?from=2024-12-31&automaker=xpeng',
    ['sites.running'],
  ],
];

describe('questions on the command line', () => {
  let server: TestServer;
  let cli: CommandLine;
  const answers = new Map<string, string>();

  beforeAll(async () => {
    server = await startServer();
    cli = commandLine(server.directory);
    const imported = await answerTo(
      fetch(`${server.url}/api/imports`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/x-ndjson', Authorization: `Bearer ${server.keys.analyst}` },
        body: jsonLines(SMALL_LEDGER),
      }),
    );
    expect(imported.body).toMatchObject({ recorded: SMALL_LEDGER.length, refused: 0 });
    await server.get(`/api/automakers?minPosition=${SMALL_LEDGER.length}`);
  });
  afterAll(async () => {
    await cli.remove();
    await server.stop();
  });

  it.each(QUESTIONS)('%s answers as %s does, beside the running server', async (question, path, shown) => {
    const { text } = await server.get(`/api${path}`);
    const { stdout: json } = await cli.tracker(...question.split(' '), '--json');
    expect(json).toBe(`${text}\n`);
    answers.set(question, json);
    const { code, stdout, stderr } = await cli.tracker(...question.split(' '));
    expect([code, stderr]).toEqual([0, '']);
    for (const part of shown) expect(stdout).toMatch(part);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
  });

  it('takes both clocks', async () => {
    for (const [option, parameter] of [
      ['--true-on', 'trueOn=2021-06-30'],
      ['--known-on', `knownOn=${new Date().toISOString().slice(0, 10)}`],
    ] as const) {
      const day = parameter.split('=')[1] ?? '';
      const { stdout } = await cli.tracker('markets', 'xpeng', option, day, '--json');
      expect(stdout).toBe(`${(await server.get(`/api/automakers/xpeng/markets?${parameter}`)).text}\n`);
    }
    const future = await cli.tracker('markets', 'xpeng', '--known-on', '2999-12-31');
    expect([future.code, future.stderr]).toEqual([1, expect.stringContaining('must not lie in the future')]);
    const then = await cli.tracker('markets', 'xpeng', '--true-on', '2021-06-30');
    expect(then.stdout).toContain('NO');
    expect(then.stdout).not.toContain('SE');
    const unknown = await cli.tracker('progress', 'xpeng', 'half-overseas', '--known-on', '2020-01-01');
    expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringContaining('as known on 2020-01-01')]);
    const timeline = await cli.tracker('events', '--true-on', '2021-06-30', '--to', '2022-12-31', '--json');
    expect(timeline.json.events.every(({ day }: { day: string }) => day <= '2021-06-30')).toBe(true);
  });

  it.each([
    ['progress xpeng none', 1, 'xpeng has no target none. It has half-overseas.'],
    ['targets nobody', 1, 'There is no automaker nobody. Registered are geely, xpeng.'],
    ['targets xpeng --true-on 2025-02-30', 1, '--true-on must be a day'],
    ['figures xpeng --measure nonsense', 1, '--measure must be one of'],
    ['market ZZ', 1, 'market must be an ISO'],
    ['events --limit 0', 1, '--limit must be a number from 1 to 200'],
    ['events --type Nothing', 1, '"Nothing" is not one of'],
    ['events --standing odd', 2, 'Allowed choices are'],
    ['targets', 2, "missing required argument 'automaker'"],
    ['targets xpeng --nonsense', 2, "unknown option '--nonsense'"],
    ['nonsense', 2, "unknown command 'nonsense'"],
  ])('%s ends with %i and says why', async (question, code, message) => {
    const outcome = await cli.tracker(...question.split(' '));
    expect([outcome.code, outcome.stdout]).toEqual([code, '']);
    expect(outcome.stderr).toContain(message);
    expect(outcome.stderr).not.toMatch(/\n +at /);
  });

  it('verifies beside the running server', async () => {
    expect(await cli.tracker('verify')).toMatchObject({ code: 0, stdout: expect.stringMatching(/OK\n$/) });
  });

  it('refuses to write beside the running server, and says by whom and what else to do', async () => {
    const file = cli.file('more.jsonl', jsonLines(SMALL_LEDGER));
    for (const args of [['import', file], ['rebuild'], ['unpark', 'automaker-xpeng']]) {
      const { code, stderr } = await cli.tracker(...args);
      expect([code, stderr]).toEqual([1, expect.stringContaining(`process ${process.pid}`)]);
      expect(stderr).toContain('--server URL --key KEY');
      expect(stderr).not.toMatch(/\n +at /);
    }
    expect(readFileSync(file, 'utf8')).toBe(jsonLines(SMALL_LEDGER));
  });

  it('gives the same answers when no server is running', async () => {
    await server.app.close();
    for (const [question] of QUESTIONS) {
      const { stdout } = await cli.tracker(...question.split(' '), '--json');
      expect(stdout).toBe(answers.get(question));
    }
  }, 180_000);
});
