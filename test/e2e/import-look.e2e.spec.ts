import { readdirSync } from 'node:fs';
import { commandLine } from '../cli/command-line.js';
import { startServer, type TestServer } from './server.js';

const source = (name: string) => [
  { url: `https://example.com/${name}`, publisher: 'Example', grade: 'reported' },
];
const line = (type: string, occurredOn: string, data: object, name = `${type}-${occurredOn}`) =>
  JSON.stringify({ stream: 'automaker-acme', type, occurredOn, data, evidence: source(name) });
const REGISTERED = line('AutomakerRegistered', '2010', { name: 'Acme', homeMarket: 'CN' });
const goal = (threshold: number) => ({
  target: 'stores',
  measure: 'overseas-stores',
  unit: 'stores',
  threshold,
  deadline: '2027',
  wording: `${threshold} stores`,
});
const REVISED = line('TargetRevised', '2024-06-01', goal(200));
const SET = line('TargetSet', '2024-01-05', goal(100));
const EXITED = line('MarketExited', '2024-06', { market: 'NO', reason: 'demand' });
const NO_SUCH = line('NoSuch', '2024', {});
const ENTERED = line('MarketEntered', '2023', { market: 'NO' });

describe('an import over HTTP', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await startServer();
  });
  afterEach(() => server.stop());

  const send = async (lines: readonly string[], query = '') => {
    const response = await fetch(`${server.url}/api/imports${query}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-ndjson', Authorization: `Bearer ${server.keys.analyst}` },
      body: lines.join('\n'),
    });
    return { status: response.status, body: await response.json() };
  };
  const eventsOf = async (position: number) =>
    (await server.get(`/api/events?order=recorded&direction=asc&minPosition=${position}`)).body.events.map(
      ({ type }: { type: string }) => type,
    );

  it('takes lines in any order where their dates settle it', async () => {
    const { body } = await send([REGISTERED, REVISED, EXITED, SET, ENTERED]);
    expect(body).toMatchObject({ lines: 5, recorded: 5, refused: 0, refusals: [] });
    expect(await eventsOf(5)).toEqual([
      'AutomakerRegistered',
      'MarketExited',
      'TargetSet',
      'MarketEntered',
      'TargetRevised',
    ]);
  });

  it('refuses what no order makes fit, by its line, and counts every line once', async () => {
    const never = line('TargetRevised', '2023-06-01', { ...goal(90), target: 'never-set' });
    const before = line('TargetRevised', '2023-12-01', goal(90));
    const { body } = await send([REGISTERED, before, never, REVISED, SET]);
    expect(body).toMatchObject({ lines: 5, recorded: 3, refused: 2, alreadyRecorded: 0 });
    expect(body.refusals.map((each: { line: number; problem: string }) => [each.line, each.problem])).toEqual(
      [
        [2, 'contradiction'],
        [3, 'contradiction'],
      ],
    );
    const lines = await server.get(body.refusedLines, server.keys.analyst);
    expect(lines.text.trim().split('\n')).toEqual([before, never]);
    expect((await send([REGISTERED, REVISED, SET])).body).toMatchObject({ recorded: 0, alreadyRecorded: 3 });
  });

  it('says in a dry run what it would record, refuse and warn of, and records nothing', async () => {
    const lines = [REGISTERED, REVISED, SET, EXITED, NO_SUCH, REGISTERED];
    const dry = (await send(lines, '?dryRun=true')).body;
    expect(dry).toMatchObject({ dryRun: true, lines: 6, recorded: 4, refused: 1, alreadyRecorded: 1 });
    expect(dry.refusedLines).toBeUndefined();
    expect((await server.get('/api/automakers')).body.automakers).toEqual([]);
    const real = (await send(lines)).body;
    for (const field of ['lines', 'recorded', 'alreadyRecorded', 'refused', 'warnings', 'refusals', 'warned'])
      expect([field, real[field]]).toEqual([field, dry[field]]);
    expect(dry.warned).toEqual([
      { line: 4, warnings: [expect.objectContaining({ message: expect.any(String) })] },
    ]);
    expect((await send(lines, '?dryRun=true')).body).toMatchObject({ recorded: 0, alreadyRecorded: 5 });
    expect((await send(lines, '?dryRun=perhaps')).status).toBe(400);
  });

  it('finds in a dry run the ids that belong to events of other streams', async () => {
    const id = '0b8d6a52-8a0b-4f0a-9d38-0c5f3d1a2b3c';
    await send([REGISTERED, JSON.stringify({ ...JSON.parse(ENTERED), id })]);
    const other = REGISTERED.replace('automaker-acme', 'automaker-other');
    const taken = JSON.stringify({ ...JSON.parse(ENTERED), id, stream: 'automaker-other' });
    const { body } = await send([other, taken], '?dryRun=true');
    expect(body).toMatchObject({
      recorded: 1,
      refused: 1,
      refusals: [{ line: 2, problem: 'event-id-in-use' }],
    });
  });
});

describe('a table to fill in', () => {
  it('has the columns of the types that it is for, and comes in again', async () => {
    const server = await startServer();
    const analyst = server.keys.analyst;
    const { text, headers } = await server.get('/api/imports/template?type=AutomakerRegistered', analyst);
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(text).toMatch(
      /^stream,type,occurredOn,data\.name,data\.homeMarket,.*evidence\.url,.*note,confirm\n$/,
    );
    const response = await fetch(`${server.url}/api/imports`, {
      method: 'POST',
      headers: { 'Content-Type': 'text/csv', Authorization: `Bearer ${analyst}` },
      body: `${text}automaker-acme,AutomakerRegistered,2010,Acme,CN\n`,
    });
    expect(await response.json()).toMatchObject({ recorded: 1 });
    expect((await server.get('/api/imports/template?type=constructor', analyst)).status).toBe(400);
    const twice = await server.get('/api/imports/template?type=StoreOpened&type=StoreClosed', analyst);
    expect(twice.status).toBe(400);
    expect((await server.get('/api/imports/template', analyst)).text).toContain('data.threshold');
    await server.stop();
  });
});

describe('an import on the command line', () => {
  it('looks first where it is told to, writes no file, and tells every warning', async () => {
    const line = commandLine();
    const file = line.file('lines.jsonl', [REGISTERED, EXITED, NO_SUCH].join('\n'));
    const dry = await line.tracker('import', '--dry-run', file);
    expect(dry.stderr).toContain(
      '3 lines looked at, nothing recorded: 2 would be recorded, 0 are recorded already, 1 would be refused, 1 warnings',
    );
    expect(dry.stderr).toMatch(/2 .*entry/);
    expect(readdirSync(line.directory).sort()).toEqual(['lines.jsonl', 'store']);
    const real = await line.tracker('import', file);
    expect(real.stderr).toContain('3 lines: 2 recorded, 0 already recorded, 1 refused, 1 warnings');
    await line.remove();
  });
});
