// Measures what each value that is kept beside an object saves: its hits times the duration of a miss. Asks a server
// in this process, of the shipped ledger and one automaker of many events, each question as of two days.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Beside } from '../dist/domain/state/beside.js';
import { PerObjectMemo } from '../dist/domain/state/per-object-memo.js';
import { freePort } from './processes.mjs';
import { randomLines } from './random-ledger.mjs';

const AUTOMAKERS = ['xpeng', 'geely', 'saic', 'gwm', 'nio', 'zeekr', 'gac'];
const GOALS = ['xpeng/targets/half-overseas', 'geely/targets/overseas-share-2015'];
const BUSY = { id: 'maker-0', events: 10_000 };
const DAYS = [undefined, '2025-06-30'];

const pathsOf = (id) => [
  `/automakers/${id}`,
  `/api/automakers/${id}/targets`,
  `/api/automakers/${id}/series?measure=overseas-units`,
  `/api/automakers/${id}/forecast?measure=overseas-units`,
  `/api/automakers/${id}/readings`,
  `/automakers/${id}/vintages?measure=overseas-units`,
  `/api/automakers/${id}/vintages?measure=overseas-units`,
];
const PATHS = [
  ...['/', '/goals', '/coverage', '/api/coverage/worklist', '/theses', '/compare', '/markets/NO'],
  ...[...AUTOMAKERS, BUSY.id].flatMap(pathsOf),
  ...GOALS.flatMap((goal) => [
    `/automakers/${goal}`,
    `/api/automakers/${goal}/forecast`,
    `/api/automakers/${goal}/series`,
  ]),
  '/api/differences?automaker=xpeng&from=2025-01-01&to=2025-12-31',
];

/** The file and line of the caller that keeps a value, from the stack of its first use. */
function keeper() {
  const lines = new Error().stack.split('\n');
  const caller = lines.find(
    (line) => line.includes('/dist/') && !/\/(beside|per-object-memo)\.js/.test(line),
  );
  return /dist\/(.*):\d+\)?$/.exec(caller)?.[1] ?? 'unknown';
}

const tallies = new Map();
/** The maps inside of memos, which are no values of their own. */
const insides = new Set();
const tallyOf = (keeps) => {
  if (!tallies.has(keeps)) tallies.set(keeps, { where: keeper(), hits: 0, misses: 0, ms: 0 });
  return tallies.get(keeps);
};

/** Counts the hits of `of`, and measures its misses, which work out the value by the argument at `work`. */
function watched(of, work) {
  return function (...given) {
    const tally = tallyOf(this);
    const { misses } = tally;
    const workOut = given[work];
    given[work] = (...source) => {
      tally.misses += 1;
      const started = performance.now();
      const value = workOut(...source);
      tally.ms += performance.now() - started;
      return value;
    };
    const value = of.apply(this, given);
    if (tally.misses === misses) tally.hits += 1;
    return value;
  };
}

/** Work that takes turns looks for a value first, and keeps it when it is done: the time between is the miss. */
const lookedFor = new Map();
const { of: ofMemo, find } = PerObjectMemo.prototype;
PerObjectMemo.prototype.find = function (source, name) {
  const value = find.call(this, source, name);
  if (value === undefined) lookedFor.set(`${tallyOf(this).where} ${name}`, performance.now());
  else tallyOf(this).hits += 1;
  return value;
};
PerObjectMemo.prototype.of = watched(function (source, name, workOut) {
  insides.add(this.known);
  const looked = `${tallyOf(this).where} ${name}`;
  if (lookedFor.has(looked)) tallyOf(this).ms += performance.now() - lookedFor.get(looked);
  lookedFor.delete(looked);
  return ofMemo.call(this, source, name, workOut);
}, 2);
Beside.prototype.of = watched(Beside.prototype.of, 1);

const directory = mkdtempSync(join(tmpdir(), 'tracker-bench-'));
const shipped = new URL('../data/ledger/', import.meta.url);
const busy = randomLines(BUSY.events, { active: 1, perAutomaker: BUSY.events });
const ledger = join(directory, 'ledger.jsonl');
writeFileSync(
  ledger,
  [
    ...readdirSync(shipped).map((name) => readFileSync(new URL(name, shipped), 'utf8')),
    ...Array.from(busy, (line) => `${JSON.stringify(line)}\n`),
  ].join(''),
);
const settings = {
  DATA_DIR: join(directory, 'data'),
  PORT: String(await freePort()),
  LOG_LEVEL: 'silent',
  RATE_LIMIT: '0',
};
Object.assign(process.env, settings);
const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
execFileSync(process.execPath, [cli, 'import', ledger], { stdio: 'ignore' });

await import('../dist/main.js');
const url = `http://127.0.0.1:${settings.PORT}`;
while (!(await fetch(`${url}/health/ready`).catch(() => undefined))?.ok)
  await new Promise((resolve) => setTimeout(resolve, 50));
for (const path of PATHS) {
  for (const day of path.includes('from=') ? [undefined] : DAYS) {
    const asked = new URL(path, url);
    if (day) asked.searchParams.set('trueOn', day);
    const answer = await fetch(asked);
    await answer.arrayBuffer();
    if (!answer.ok) throw new Error(`${asked.pathname} was answered with ${answer.status}`);
  }
}
rmSync(directory, { recursive: true, force: true });
const found = [...tallies].filter(([keeps]) => !insides.has(keeps)).map(([, tally]) => tally);
console.log(JSON.stringify({ questions: PATHS.length, found }));
process.exit(0);
