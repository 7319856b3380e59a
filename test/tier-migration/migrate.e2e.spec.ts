import { commandLine, type CommandLine } from '../cli/command-line.js';
import { ENTERED_NO, ENTERED_SE, jsonLines, SMALL_LEDGER, STORES } from '../cli/small-ledger.js';
import { placeForLedger, type LedgerPlace } from '../event-store/ledger-place.js';
import { createDatabase, describeOnPostgres, type TestDatabase } from '../postgres.js';

/** The command line on a folder, with or without the stores of the server tier in its settings. */
function at(cli: CommandLine, server: Readonly<Record<string, string>> = {}) {
  return async (...args: string[]) => {
    const before = { ...process.env };
    Object.assign(process.env, server);
    try {
      return await cli.tracker(...args);
    } finally {
      for (const name of Object.keys(server)) Reflect.deleteProperty(process.env, name);
      Object.assign(process.env, before);
    }
  };
}

const LATER = {
  stream: 'automaker-xpeng',
  type: 'MarketEntered',
  occurredOn: '2024-06',
  data: { market: 'IS' },
  evidence: [{ url: 'https://example.com/iceland', publisher: 'Example', grade: 'reported' }],
};

// These tests set both tiers themselves.
(process.env['TIER'] === undefined ? describeOnPostgres : describe.skip)('migrate', () => {
  let cli: CommandLine;
  let node: CommandLine;
  let database: TestDatabase;
  let place: LedgerPlace;
  let stores: Readonly<Record<string, string>>;
  beforeEach(async () => {
    cli = commandLine();
    node = commandLine();
    database = await createDatabase();
    place = await placeForLedger();
    stores = { ...place.environment, POSTGRES_URL: database.url };
    await cli.tracker('import', cli.file('small.jsonl', jsonLines(SMALL_LEDGER)));
  });
  afterEach(async () => {
    await cli.remove();
    await node.remove();
    await place.remove();
    await database.drop();
  });

  it('moves up, and back after more was recorded: same bytes, same root, same signature, same keys', async () => {
    await cli.tracker('keys', 'create', 'alice', '--role', 'analyst');
    await cli.tracker('webhooks', 'add', 'https://receiver.example.org/tracker');
    await cli.tracker('reviews', 'ask', ENTERED_NO);
    const early = cli.file('early.txt', (await cli.tracker('checkpoint')).stdout);
    const [embedded, server] = [at(cli, stores), at(node, stores)];
    const up = await embedded('migrate', '--from', 'embedded', '--to', 'server');
    expect(up).toMatchObject({ code: 0, stderr: '' });
    expect(up.stdout).toMatch(
      new RegExp(
        `^${SMALL_LEDGER.length} events, ${SMALL_LEDGER.length} of them copied now; \\d+ rows .* 1 checkpoints and 1 keys`,
      ),
    );

    for (const question of [['export'], ['checkpoint'], ['checkpoint', '--key'], ['events', '--json']])
      expect((await server(...question)).stdout).toBe((await cli.tracker(...question)).stdout);
    expect((await server('keys', 'list')).stdout).toMatch(/alice +analyst/);
    expect(up.stdout).toContain('\n1 webhooks, the labels of 0 automakers, 0 suggestions and 1 second looks');
    expect((await server('webhooks', 'list')).stdout).toContain('receiver.example.org');
    expect((await server('reviews', 'list')).stdout).toContain(ENTERED_NO);
    expect(await server('verify', '--checkpoint', early)).toMatchObject({ code: 0 });

    const more = await server('import', node.file('later.jsonl', jsonLines([LATER])));
    expect(more).toMatchObject({ code: 0 });
    const down = await embedded('migrate', '--from', 'server', '--to', 'embedded');
    expect(down.stdout).toMatch(new RegExp(`^${SMALL_LEDGER.length + 1} events, 1 of them copied now`));
    expect((await cli.tracker('export')).stdout).toBe((await server('export')).stdout);
    expect(await cli.tracker('verify', '--checkpoint', early)).toMatchObject({ code: 0 });
  }, 120_000);

  it('takes a move along that was cut off between its two sides, and one that was not', async () => {
    const whole = await cli.tracker('move', 'xpeng', 'geely', STORES, '--reason', 'of Geely');
    expect(whole).toMatchObject({ code: 0, stderr: '' });
    const there = '00000000-0000-4000-8000-000000000201';
    const origin = { event: there, direction: 'from', stream: 'automaker-xpeng', counterpart: ENTERED_SE };
    const entered = SMALL_LEDGER.find((event) => 'id' in event && event.id === ENTERED_SE) ?? {};
    const half = [
      { ...entered, id: there, stream: 'automaker-geely' },
      { stream: 'automaker-geely', type: 'EventMoved', data: { ...origin, reason: 'of Geely' } },
    ];
    await cli.tracker('import', cli.file('half.jsonl', jsonLines(half)));
    const [embedded, server] = [at(cli, stores), at(node, stores)];
    expect(await embedded('migrate', '--from', 'embedded', '--to', 'server')).toMatchObject({ code: 0 });
    for (const question of [['export'], ['checkpoint'], ['events', '--json'], ['markets', 'geely', '--json']])
      expect((await server(...question)).stdout).toBe((await cli.tracker(...question)).stdout);
    expect((await server('verify')).stdout).toMatch(new RegExp(`still counts as\\s+${ENTERED_SE}`));
    // The move is finished on the server, and migrates back completely.
    const { code, json } = await server('move', 'xpeng', 'geely', ENTERED_SE, '--reason', 'of Geely');
    expect([code, json.events]).toEqual([0, [{ id: ENTERED_SE, counterpart: there }]]);
    expect(await embedded('migrate', '--from', 'server', '--to', 'embedded')).toMatchObject({ code: 0 });
    expect((await cli.tracker('export')).stdout).toBe((await server('export')).stdout);
    expect(await cli.tracker('verify')).toMatchObject({ code: 0 });
  }, 120_000);

  it('says what is missing, what is in the way, and that nothing is to be done', async () => {
    expect(await cli.tracker('migrate', '--from', 'embedded', '--to', 'server')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Set KURRENTDB_URL and POSTGRES_URL'),
    });
    const embedded = at(cli, stores);
    expect(await embedded('migrate', '--from', 'embedded', '--to', 'embedded')).toMatchObject({ code: 1 });
    expect(await embedded('migrate', '--from', 'embedded', '--to', 'moon')).toMatchObject({ code: 2 });
    await embedded('migrate', '--from', 'embedded', '--to', 'server');
    expect((await embedded('migrate', '--from', 'embedded', '--to', 'server')).stdout).toMatch(
      / events, 0 of them copied now/,
    );
    await node.tracker('import', node.file('other.jsonl', jsonLines(SMALL_LEDGER.slice(0, 2))));
    expect(await at(node, stores)('migrate', '--from', 'embedded', '--to', 'server')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('signing keys of their own'),
    });
  }, 120_000);
});
