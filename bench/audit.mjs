import { Buffer } from 'node:buffer';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { newSigningKey } from '../dist/transparency/checkpoint.js';
import { keyFile } from '../dist/transparency/checkpoint-register.js';
import { leafHash } from '../dist/transparency/merkle-tree.js';
import { LedgerLog } from '../dist/transparency/ledger-log.js';
import { TreeStore } from '../dist/transparency/tree-store.js';
import { startServer } from './processes.mjs';
import { randomLines } from './random-ledger.mjs';

const percentile = (times, share) => [...times].sort((a, b) => a - b)[Math.floor(times.length * share)];

async function timed(ask) {
  const started = performance.now();
  await ask();
  return performance.now() - started;
}

/** Waits for the views: after the import, a busy machine may need longer than one request can wait. */
async function caughtUp(url) {
  for (let look = 0; look < 60; look++) if ((await fetch(url)).ok) return;
  throw new Error(`${url}: the views did not come that far`);
}

async function read(url) {
  const answer = await fetch(url);
  const body = await answer.text();
  if (!answer.ok) throw new Error(`${url}: ${body}`);
}

/**
 * Milliseconds for the progress of one target in a stream of `events` events, from the stored view and as of
 * past points in time. Every question uses a different point, so no answer can come from a cache.
 */
export async function asOfTimes(main, headers, directory, events, questions) {
  const server = await startServer(main, { DATA_DIR: directory }, '/health/ready');
  const lines = [...randomLines(events, { active: 1, perAutomaker: events })];
  await fetch(`${server.url}/api/imports`, {
    method: 'POST',
    headers: { ...headers, 'Content-Type': 'application/x-ndjson' },
    body: lines.map((line) => JSON.stringify(line)).join('\n'),
  });
  const target = lines.find(({ type }) => type === 'TargetSet').data.target;
  const path = `${server.url}/api/automakers/maker-0/targets/${target}`;
  await caughtUp(`${path}?minPosition=${events}`);
  const knownOn = new Date().toISOString();
  const stored = [];
  const asOf = [];
  for (let question = 0; question < questions; question++) {
    const trueOn = new Date(Date.UTC(2013, 0, 1 + Math.floor((question * 4300) / questions)));
    stored.push(await timed(() => read(path)));
    asOf.push(
      await timed(() => read(`${path}?trueOn=${trueOn.toISOString().slice(0, 10)}&knownOn=${knownOn}`)),
    );
  }
  await server.stop();
  return {
    stored: percentile(stored, 0.5),
    median: percentile(asOf, 0.5),
    p95: percentile(asOf, 0.95),
  };
}

/** The 95th percentile, in milliseconds, of creating a checkpoint and proofs for a log of `leaves` leaves. */
export async function proofTimes(leaves, rounds = 200) {
  const directory = mkdtempSync(join(tmpdir(), 'tracker-bench-'));
  const tree = new TreeStore(join(directory, 'log.sqlite'));
  for (let from = 0; from < leaves; from += 10_000)
    tree.append(
      Array.from({ length: Math.min(10_000, leaves - from) }, (_, index) =>
        leafHash(Buffer.from(`leaf ${from + index}`)),
      ),
    );
  tree.close();
  // A log that has leaves is not opened without its key.
  writeFileSync(keyFile(directory), newSigningKey(), { mode: 0o600 });
  const all = { head: async () => leaves, readAll: () => Readable.from([]) };
  const log = await LedgerLog.open(directory, all);
  const times = { checkpoint: [], inclusion: [], consistency: [] };
  for (let round = 0; round < rounds; round++) {
    const place = 1 + Math.floor((round * (leaves - 1)) / rounds);
    times.checkpoint.push(await timed(() => log.checkpoint()));
    times.inclusion.push(await timed(() => log.inclusion(place, leaves)));
    times.consistency.push(await timed(() => log.consistency(place, leaves)));
  }
  await log.close();
  rmSync(directory, { recursive: true });
  return Object.fromEntries(Object.entries(times).map(([kind, each]) => [kind, percentile(each, 0.95)]));
}
