import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { FindSnapshot } from '../queries/tables/find-snapshot.js';
import { checkDelta } from '../snapshots/delta.js';
import { SnapshotWriter } from '../snapshots/snapshot-writer.js';
import { LedgerLog } from '../transparency/ledger-log.js';
import { withPath } from './named-files.js';
import { reading, type CliSession } from './session.js';
import { print } from './terminal.js';
import { number } from './tables.js';

interface SnapshotOptions {
  readonly of: string;
  readonly since?: string;
  readonly out: string;
}

/** Adds `snapshot`. */
export function addSnapshot(program: Command): void {
  program
    .command('snapshot')
    .description('the ledger and what it amounts to as a Data Package: tables, licence, checkpoint, verifier')
    .requiredOption('--out <file>', 'the archive to write, such as ledger.zip')
    .option('--of <point>', 'latest, a day (all that was recorded by its end), or a position', 'latest')
    .option('--since <point>', 'only what changed since then')
    .action(async (options: SnapshotOptions) => {
      print(await reading((session) => write(session, options)));
    });
}

/** Writes the file completely or not at all. */
async function write({ app, queries }: CliSession, { of, since, out }: SnapshotOptions): Promise<string> {
  const writer = new SnapshotWriter(queries, app.get(LedgerLog));
  const point = await queries.execute(new FindSnapshot(of));
  const from = since === undefined ? undefined : await queries.execute(new FindSnapshot(since));
  if (from) checkDelta(from, point);
  const part = `${out}.part`;
  try {
    await pipeline(from ? writer.delta(from, point) : writer.snapshot(point), createWriteStream(part));
    await rename(part, out);
  } catch (error) {
    await rm(part, { force: true });
    throw withPath(error, out);
  }
  const events = `${number(point.position)} events, recorded by ${point.recordedAt}`;
  return from
    ? `${out}: what changed from event ${number(from.position)} to event ${number(point.position)}\n`
    : `${out}: ${events}\n`;
}
