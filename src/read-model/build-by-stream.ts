import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { ReadModelCheckpoint } from './changes.js';
import type { BuiltTables, MadeRows, RowForm } from './made-rows.js';

/** The input of a build thread. */
export interface BuildTask {
  /** Path of the ledger file. */
  readonly ledger: string;
  readonly form: RowForm;
  /** The position of the last event to include. */
  readonly until: number;
  /** The time to record for streams that are parked. */
  readonly parkedAt: string;
  /** A counter shared by all threads: the number of streams taken so far. */
  readonly taken: SharedArrayBuffer;
}

export interface Build extends Omit<BuildTask, 'form' | 'until' | 'taken'> {
  /** The checkpoint of the views afterwards. Its version is ignored. */
  readonly at: ReadModelCheckpoint;
  readonly threads?: number;
}

const THREAD = new URL('./build-thread.js', import.meta.url);
/** A single writer cannot keep up with more threads than this. */
const MOST_THREADS = 4;

/** Whether threads can be started here: they need the compiled code. */
export const hasBuildThreads = (): boolean => existsSync(fileURLToPath(THREAD));

/**
 * Fills empty views stream by stream. One thread per core, at most four, reads and folds whole streams, so
 * that no state is kept and each row is made once. The rows arrive as texts and are written here, one
 * transaction after another. Until the end the views stay at position 0; the result of an interrupted build must be
 * discarded: see `isUnfinished`. Throws BuildThreadFailed if a thread fails, and passes on errors of writing.
 */
export async function buildByStream(
  tables: BuiltTables,
  { ledger, parkedAt, at, threads = Math.min(MOST_THREADS, availableParallelism()) }: Build,
): Promise<void> {
  const { form } = tables;
  const task: BuildTask = { ledger, form, parkedAt, until: at.position, taken: new SharedArrayBuffer(4) };
  let version = 0;
  let last = Promise.resolve();
  const write = (rows: MadeRows): Promise<void> =>
    (last = last.then(() => tables.writeMade(rows, { position: 0, recordedAt: '', version: ++version })));
  const workers = Array.from({ length: threads }, () => new Worker(THREAD, { workerData: task }));
  try {
    await Promise.all(workers.map((worker) => writtenFrom(worker, write)));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  await tables.writeMade(NO_ROWS, { ...at, version: version + 1 });
}

const NO_ROWS: MadeRows = { texts: [], others: { gone: [], moved: [], parked: [] } };

/** A thread failed. Only its message is known here; reading event by event gives the same error. */
export class BuildThreadFailed extends Error {
  override readonly name = 'BuildThreadFailed';
}

/** Writes what a thread makes, and tells it to continue, until it ends. */
function writtenFrom(worker: Worker, write: (rows: MadeRows) => Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.on('message', (rows: MadeRows) => {
      write(rows).then(() => worker.postMessage('written'), reject);
    });
    worker.once('error', (error) => reject(new BuildThreadFailed(String(error))));
    worker.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new BuildThreadFailed(`it ended with ${code}`));
    });
  });
}
