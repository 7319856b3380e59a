// Measures the work of the tracker as ratios to bounds measured in the same run, and writes bench/README.md.
import 'reflect-metadata';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { asOfTimes, proofTimes } from './audit.mjs';
import { flowTimes } from './flows.mjs';
import { listTimes } from './lists.mjs';
import {
  busySubjects,
  copying,
  growingStreams,
  importCommand,
  importing,
  memoSavings,
  rawInserts,
  rebuilding,
} from './stores.mjs';
import { pageTimes } from './pages.mjs';
import { kurrentdbRows } from './kurrentdb.mjs';
import { postgresRows } from './postgres.mjs';
import { median, ofPairs, requestsPerSecond, startServer } from './processes.mjs';
import { keyFor, recordingTimes } from './recording.mjs';

const EVENTS = Number(process.env.BENCH_EVENTS ?? 200_000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
/** Number of events of the import whose memory is measured. */
const MANY = Number(process.env.BENCH_MANY ?? 1_000_000);
/** Sizes of the ledgers whose lists are measured. */
const LISTED = (process.env.BENCH_LISTS ?? '1000,20000,200000,1000000').split(',').map(Number);
const written = (count) => count.toLocaleString('en-GB');
const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const empty = fileURLToPath(new URL('./empty-application.mjs', import.meta.url));
const rows = [];

function row(work, bar, ratio, isMet, details) {
  rows.push({ work, bar, ratio: ratio.toFixed(2), met: isMet ? 'yes' : 'no', details });
  console.log(`${work}: ${ratio.toFixed(2)} (bar ${bar}: ${isMet ? 'met' : 'NOT met'}) ${details}`);
}

/** The measured rate and its bound, of a pair of runs. */
const rates = ({ bound, ours }) => [ours.rate, bound.rate];

const folder = () => mkdtempSync(join(tmpdir(), 'tracker-bench-'));

async function questions() {
  const directory = folder();
  const headers = await keyFor(directory);
  const server = await startServer(main, { DATA_DIR: directory }, '/health/ready');
  const shipped = spawnSync('sh', ['-c', 'cat data/ledger/*.jsonl'], {
    encoding: 'utf8',
    maxBuffer: 1e9,
  }).stdout;
  await fetch(`${server.url}/api/imports`, {
    method: 'POST',
    headers: { ...headers, 'Content-Type': 'application/x-ndjson' },
    body: shipped,
  });
  const path = '/api/automakers/xpeng/targets/half-overseas';
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const body = await (await fetch(server.url + path)).text();
  const bound = await startServer(empty, { BODY_SIZE: String(body.length) }, '/api/read');
  const pairs = [];
  for (let round = 0; round < ROUNDS; round++) {
    pairs.push({
      bound: await requestsPerSecond({ url: `${bound.url}/api/read` }, 3),
      ours: await requestsPerSecond({ url: server.url + path }, 3),
    });
  }
  const { ratio, details } = ofPairs(pairs, rates);
  row('GET progress of one target, stored view', '≥ 0.6', ratio, ratio >= 0.6, `${details} requests/s`);
  await bound.stop();
  await server.stop();
  rmSync(directory, { recursive: true });
}

async function starts() {
  const ratios = [];
  let details = '';
  for (let round = 0; round < ROUNDS; round++) {
    const bound = await startServer(empty, {}, '/api/read');
    await bound.stop();
    const directory = folder();
    const server = await startServer(main, { DATA_DIR: directory }, '/api/automakers');
    await server.stop();
    rmSync(directory, { recursive: true });
    ratios.push(server.ms / bound.ms);
    details = `${Math.round(server.ms)} of ${Math.round(bound.ms)} ms`;
  }
  row('start to first answer', '≤ 2', median(ratios), median(ratios) <= 2, details);
}

/** BENCH_ONLY=append,import… measures only some rows, and writes nothing. */
const only = process.env.BENCH_ONLY?.split(',');
const wanted = (name) => !only || only.includes(name);

if (wanted('append')) await appendRows();
if (wanted('import')) importRows();
if (wanted('rebuild')) await rebuildRows();
if (wanted('grow')) growRows();
if (wanted('busy')) busyRows();
if (wanted('lists')) await listRows();
if (wanted('ask')) await questions();
if (wanted('asof')) await asOfRows();
if (wanted('proofs')) await proofRows();
if (wanted('flows')) flowRows();
if (wanted('memos')) memoRows();
if (wanted('start')) await starts();
if (wanted('pages')) await pageRows();
if (wanted('server')) await kurrentdbRows(row);

async function pageRows() {
  const bars = { '/': 100, '/automakers/xpeng': 50, '/automakers/geely': 50 };
  for (const { path, ms, bytes } of await pageTimes(Object.keys(bars))) {
    const bar = bars[path];
    const isMet = ms <= bar && bytes <= 100_000;
    const details = `median of one reader after the other; ${Math.round(bytes / 1000)} KB gzip, bar 100 KB`;
    row(`page ${path}, in ms`, `≤ ${bar} ms`, ms, isMet, details);
  }
}

async function asOfRows() {
  const directory = folder();
  const headers = await keyFor(directory);
  const { stored, median: typical, p95 } = await asOfTimes(main, headers, directory, 10_000, 200);
  row(
    'GET with trueOn and knownOn, stream of 10,000 events, to the stored view',
    '≤ 10, p95 ≤ 100 ms',
    typical / stored,
    typical / stored <= 10 && p95 <= 100,
    `${typical.toFixed(1)} ms (p95 ${p95.toFixed(1)}) of ${stored.toFixed(1)} ms`,
  );
  rmSync(directory, { recursive: true });
}

async function proofRows() {
  const { checkpoint, inclusion, consistency } = await proofTimes(1_000_000);
  const slowest = Math.max(checkpoint, inclusion, consistency);
  row(
    'checkpoint and proofs at 1,000,000 leaves, p95, to 10 ms',
    '≤ 1',
    slowest / 10,
    slowest <= 10,
    `checkpoint ${checkpoint.toFixed(2)}, inclusion ${inclusion.toFixed(2)}, consistency ${consistency.toFixed(2)} ms`,
  );
}

/** A kept value earns its place by what it saves: here, or in the questions that a size of ten times makes square. */
function memoRows() {
  const { questions, found } = memoSavings();
  const saved = ({ hits, misses, ms }) => (misses === 0 ? 0 : (hits * ms) / misses);
  for (const each of [...found].sort((a, b) => saved(b) - saved(a)))
    row(
      `kept value, ${each.where.replace(/\.js:\d+$/, '')}, in ms saved over ${questions} questions as of two days`,
      '≥ 1 ms',
      saved(each),
      saved(each) >= 1,
      `${written(each.hits)} hits, ${written(each.misses)} misses`,
    );
}

function flowRows() {
  const { added, firstBounds, bounds, repairs, addedToWrong, conflicts } = flowTimes();
  const figures = ({ median: typical, p95, most }) =>
    `median ${typical.toFixed(2)}, p95 ${p95.toFixed(2)}, most ${most.toFixed(2)} ms`;
  row(
    'flows: one more report at 2,000 reports over 15 years, in ms',
    '≤ 20 ms',
    added.median,
    added.median <= 20,
    `${figures(added)}; reports that agree`,
  );
  row(
    'flows: one more report where one in twenty is wrong, in ms',
    '≤ 20 ms',
    addedToWrong.median,
    addedToWrong.median <= 20,
    figures(addedToWrong),
  );
  row(
    'flows: least repair of 2,000 reports of which one in twenty is wrong, in ms',
    '≤ 200 ms',
    repairs.median,
    repairs.median <= 200,
    `${figures(repairs)}; ${conflicts} are left out or disputed`,
  );
  row(
    'flows: bounds of a period, the same reports, in ms',
    '≤ 5 ms',
    bounds.median,
    bounds.median <= 5,
    `${figures(bounds)}; the first after a new report: ${figures(firstBounds)}`,
  );
}

async function appendRows() {
  for (const [name, automakers] of [
    ['32 automakers', 32],
    ['one automaker', 1],
  ]) {
    const { rate, cpu, durable } = await recordingTimes(automakers, ROUNDS);
    const work = `recording over HTTP, 32 connections, ${name}`;
    const perRequest = `${cpu.details} µs of the main thread a request`;
    row(`${work}: CPU to an empty request`, '≤ 1.5', cpu.ratio, cpu.ratio <= 1.5, perRequest);
    row(`${work}, to an empty request`, '≥ 0.7', rate.ratio, rate.ratio >= 0.7, `${rate.details} requests/s`);
    const { ratio, details } = durable;
    row(`${work}, to a bare durable append`, '≥ 0.7', ratio, ratio >= 0.7, `${details} requests/s`);
  }
}

function importRows() {
  const pairs = [];
  for (let round = 0; round < ROUNDS; round++)
    pairs.push({ bound: rawInserts(EVENTS), ours: importedOnce(EVENTS) });
  const { ratio, details } = ofPairs(pairs, rates);
  row(`import of ${written(EVENTS)} events`, '≥ 0.35', ratio, ratio >= 0.35, `${details} events/s`);

  const { cpu, main: onMain } = importCommand(EVENTS);
  const parts = `of all threads, besides the start; ${onMain.toFixed(0)} µs of the main one, bar 40`;
  row('`tracker import`: CPU an event, in µs', '≤ 80', cpu, cpu <= 80 && onMain <= 40, parts);
  const wide = importCommand(60 * 2000, { active: 60, perAutomaker: 2000 });
  const times = wide.cpu / cpu;
  const beside = `${wide.cpu.toFixed(0)} µs; ${Math.round(wide.rate)} events/s, ${wide.megabytes} MB`;
  row('the same of 60 automakers × 2,000 interleaved, to it', '≤ 1.3', times, times <= 1.3, beside);
  const { megabytes } = importCommand(MANY);
  row(`the same of ${written(MANY)} events: peak memory, in MB`, '≤ 400', megabytes, megabytes <= 400, '');
}

function importedOnce(events) {
  const imported = importing(events);
  rmSync(imported.directory, { recursive: true });
  return imported;
}

async function rebuildRows() {
  const { directory } = importing(EVENTS);
  for (const cores of [1, 2].filter((count) => count <= cpus().length)) {
    const pairs = [];
    for (let round = 0; round < ROUNDS; round++)
      pairs.push({
        bound: copying(EVENTS, directory, cores),
        ours: rebuilding(EVENTS, directory, cores),
      });
    const { ratio, details } = ofPairs(pairs, rates);
    const work = `rebuild of all views, embedded, to read, parse and insert, on ${cores} ${cores === 1 ? 'core' : 'cores'}`;
    row(work, '≥ 0.5', ratio, ratio >= 0.5, `${details} events/s`);
  }
  await postgresRows(row, EVENTS, directory);
  rmSync(directory, { recursive: true });
}

function growRows() {
  for (const { size, ratio, microseconds } of growingStreams()) {
    row(
      `one more event in a stream of ${size.toLocaleString('en-GB')} events`,
      '≤ 1.5',
      ratio,
      ratio <= 1.5,
      `${microseconds} µs`,
    );
  }
}

function busyRows() {
  const [least, ...sizes] = busySubjects();
  for (const { size, microseconds, lateMs, heldMs } of [least, ...sizes]) {
    const ratio = microseconds / least.microseconds;
    const details = `${Math.round(microseconds)} µs of CPU, its rows included; one that comes late: ${lateMs.toFixed(0)} ms, of which ${heldMs.toFixed(0)} at a time`;
    row(`one more event of one subject of ${written(size)}`, '≤ 2', ratio, ratio <= 2, details);
  }
}

async function listRows() {
  for (const size of LISTED) {
    const { times, startMs, megabytes, held } = await listTimes(size, keyFor);
    const of = `${written(size)} events`;
    row(
      `start to first answer, ${of}, in ms`,
      '≤ 5000',
      startMs,
      startMs <= 5000,
      'a start that finds views and outlines',
    );
    for (const { path, cold, cpu, warm, afterOneMore } of times) {
      const first = path.includes('trueOn') || path.includes('differences') ? 1000 : 300;
      row(
        `${path}, ${of}, in ms`,
        `first ≤ ${first}, then ≤ 50`,
        cold,
        cold <= first && warm <= 50,
        `${cold.toFixed(0)} at first (${cpu} of CPU), then ${warm.toFixed(1)}; ${afterOneMore.toFixed(0)} after one more event`,
      );
    }
    row(`memory after all of it, ${of}, in MB`, '≤ 700', megabytes, megabytes <= 700, 'resident');
    row(
      `longest hold of the event loop, ${of}, in ms`,
      '≤ 50',
      held,
      held <= 50,
      'bound of the histogram at /metrics',
    );
  }
}

const table = [
  '| work | bar | measured | met | details |',
  '| --- | --- | --- | --- | --- |',
  ...rows.map(
    ({ work, bar, ratio, met, details }) => `| ${work} | ${bar} | ${ratio} | ${met} | ${details} |`,
  ),
].join('\n');
const [cpu] = cpus();
const busy = (loadavg()[1] / cpus().length).toFixed(1);
const when = `Measured on ${new Date().toISOString().slice(0, 10)}: ${cpus().length} cores (${cpu?.model.trim()}), Node ${process.version}, median of ${ROUNDS} rounds. At the end ${busy} processes wanted each core, those of the bench among them.`;
if (!only) {
  const readme = fileURLToPath(new URL('./README.md', import.meta.url));
  const [before, after] = readFileSync(readme, 'utf8').split(/<!-- measured -->[^]*<!-- end of measured -->/);
  writeFileSync(
    readme,
    `${before}<!-- measured -->\n\n${table}\n\n${when}\n\n<!-- end of measured -->${after}`,
  );
}
