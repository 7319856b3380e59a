import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { openAccessDatabase } from '../../src/access/access-database.js';
import { ApiKeys } from '../../src/access/api-keys.js';
import { EVENT_TYPES } from '../../src/domain/events/catalogue.js';
import { commandLine } from '../cli/command-line.js';
import { NodeProcess } from '../e2e/node-process.js';
import { tierOf } from '../tier.js';
import { AUTOMAKERS } from './fuzzed-events.js';
import { inputs, type Input, type Operation } from './fuzzed-requests.js';
import { residentMegabytes, send, type Outcome } from './fuzzed-server.js';

/** FUZZ_INPUTS makes a run longer, and FUZZ_SEED repeats one. FUZZ_LOG names a file for progress messages. */
const INPUTS = Number(process.env['FUZZ_INPUTS'] ?? 500);
const SEED = Number(process.env['FUZZ_SEED'] ?? 1);
const AT_ONCE = 8;
const BATCH = 200;
const MEGABYTES = 400;

/** Statuses from 500 on that the API declares. */
const DECLARED: ReadonlySet<Outcome['status']> = new Set([503, 501, 505]);

let node: NodeProcess | undefined;
afterAll(() => node?.kill());

it(`answers ${INPUTS} hostile inputs, goes on, and records nothing that it should not`, async () => {
  const directory = mkdtempSync(join(tmpdir(), 'tracker-fuzz-'));
  const tier = await tierOf(directory);
  const access = await openAccessDatabase(directory, tier.environment['POSTGRES_URL']);
  const apiKeys = new ApiKeys(access);
  const keys = {
    reader: (await apiKeys.create('reader', 'reader')).key,
    analyst: (await apiKeys.create('analyst', 'analyst')).key,
    admin: (await apiKeys.create('admin', 'admin')).key,
  };
  await access.destroy();
  node = await NodeProcess.on(directory, tier.environment);
  await node.start();
  const operations = await operationsOf(node.url);
  await registered(node.url, keys.analyst, AUTOMAKERS);

  const failures: { readonly input: string; readonly outcome: Outcome }[] = [];
  const statuses: Record<string, number> = {};
  let largest = 0;
  for (let sent = 0; sent < INPUTS; sent += BATCH) {
    const batch = fc.sample(inputs(operations), {
      seed: SEED + sent,
      numRuns: Math.min(BATCH, INPUTS - sent),
    });
    for (const { input, outcome } of await sendAll(batch, node.port, keys)) {
      statuses[outcome.status] = (statuses[outcome.status] ?? 0) + 1;
      const isFault =
        typeof outcome.status === 'number' && outcome.status >= 500 && !DECLARED.has(outcome.status);
      if (isFault || outcome.status === 'silent') failures.push({ input: described(input), outcome });
    }
    if (platform() === 'linux') largest = Math.max(largest, residentMegabytes(node.pid));
    note({ sent: sent + batch.length, failures, megabytes: Math.round(largest), statuses });
    // If the process has aborted, this request fails at the latest.
    expect((await fetch(`${node.url}/health/ready`)).status).toBe(200);
  }
  expect(failures.slice(0, 5)).toEqual([]);
  expect(largest).toBeLessThan(MEGABYTES);

  const exported = await (await fetch(`${node.url}/api/export`)).text();
  const lines = exported.split('\n').filter((line) => line !== '');
  // If too few inputs are accepted, the fuzzer tests only the first checks.
  expect(lines.length).toBeGreaterThan(INPUTS / 20);
  expect(lines.flatMap(faultsOf)).toEqual([]);
  await node.kill();
  const cli = commandLine(directory);
  expect(await cli.tracker('verify', '--json')).toMatchObject({ code: 0 });

  // The export can be restored elsewhere unchanged, with the same checks.
  const other = commandLine();
  const file = other.file('ledger.jsonl');
  writeFileSync(file, exported);
  const restored = await other.tracker('import', '--restore', file);
  expect(restored).toMatchObject({ code: 0 });
  expect((await other.tracker('export')).stdout).toBe(exported);
  await other.remove();
  await tier.remove();
  rmSync(directory, { recursive: true, force: true });
}, 7_200_000);

function note(progress: unknown): void {
  const file = process.env['FUZZ_LOG'];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(progress)}\n`);
}

interface Sent {
  readonly input: Input;
  readonly outcome: Outcome;
}

async function sendAll(
  batch: readonly Input[],
  port: number,
  keys: Readonly<Record<string, string>>,
): Promise<Sent[]> {
  const waiting = [...batch];
  const sent: Sent[] = [];
  const one = async () => {
    for (let input = waiting.shift(); input; input = waiting.shift())
      sent.push({ input, outcome: await send(input, port, keys) });
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  return sent;
}

/** Registers the automakers, so that valid events are recorded and odd ones are checked against them. */
async function registered(url: string, key: string, automakers: readonly string[]): Promise<void> {
  for (const name of automakers) {
    const answer = await fetch(`${url}/api/automakers/${name}/events`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({
        type: 'AutomakerRegistered',
        occurredOn: '2001',
        data: { name, homeMarket: 'CN' },
      }),
    });
    expect(answer.status).toBe(201);
  }
}

/** The operations that the server documents, and its pages. */
async function operationsOf(url: string): Promise<Operation[]> {
  const document = (await (await fetch(`${url}/docs/json`)).json()) as {
    paths: Record<string, { get?: { parameters?: Operation['parameters'] } }>;
  };
  const asked = Object.entries(document.paths).flatMap(([path, { get }]) =>
    get ? [{ path, parameters: get.parameters ?? [] }] : [],
  );
  const clocks = ['trueOn', 'knownOn'].map((name) => ({ name, in: 'query' }));
  const pages = [
    '/',
    '/automakers/{id}',
    '/automakers/{id}/targets/{target}',
    '/markets',
    '/markets/{market}',
  ]
    .concat(['/timeline', '/compare', '/theses', '/audit', '/log', '/import', '/events/{id}', '/docs/{id}'])
    .map((path) => ({ path, parameters: clocks }));
  return [...asked, ...pages];
}

function described(input: Input): string {
  if (input.kind === 'raw') return input.bytes.toString('latin1');
  const { method, path, role, headers, body } = input;
  return `${role} ${method} ${path} ${JSON.stringify(headers)} ${body?.toString('utf8').slice(0, 2000) ?? ''}`;
}

/**
 * Characters that no recorded text may contain: controls except tab and newline, bidi overrides, and lone
 * surrogates.
 */
// eslint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u;

const LONE = /\p{Surrogate}/u;

/** The reasons why a line of the export should not have been recorded. */
function faultsOf(line: string): string[] {
  const event = JSON.parse(line) as Record<string, unknown>;
  const faults: string[] = [];
  if (!(EVENT_TYPES as readonly string[]).includes(String(event['type']))) faults.push('unknown type');
  if (!/^(automaker-[a-z0-9-]+|market-[A-Z]{2,})$/.test(String(event['stream']))) faults.push('stream');
  if (!/^[0-9a-f-]{36}$/.test(String(event['id']))) faults.push('id');
  const recordedAt = String(event['recordedAt']);
  if (new Date(recordedAt).toISOString() !== recordedAt) faults.push('recordedAt is no instant');
  if (Date.parse(recordedAt) > Date.now()) faults.push('recordedAt lies in the future');
  for (const text of textsIn(event)) {
    if (FORBIDDEN.test(text) || LONE.test(text)) faults.push(`text ${JSON.stringify(text)}`);
    if (text.normalize('NFC') !== text) faults.push(`not composed: ${JSON.stringify(text)}`);
  }
  return faults.map((fault) => `${fault}: ${line.slice(0, 300)}`);
}

function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null)
    for (const [name, inner] of Object.entries(value)) {
      yield name;
      yield* textsIn(inner);
    }
}
