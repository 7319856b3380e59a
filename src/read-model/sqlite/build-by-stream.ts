import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { ReadModelCheckpoint } from '../changes.js';
import type { StagedText } from './row-writer.js';
import type { SqliteTables } from './sqlite-tables.js';

/** What a thread of a build is given. */
export interface BuildTask {
  /** The file of the ledger. */
  readonly ledger: string;
  /** The position of the last event that goes in. */
  readonly until: number;
  /** When streams were parked that go no further. */
  readonly parkedAt: string;
  /** One number that all threads share: how many streams are taken. */
  readonly taken: SharedArrayBuffer;
}

export interface Build extends Omit<BuildTask, 'until' | 'taken'> {
  /** Where the views stand afterwards; its version is not looked at. */
  readonly at: ReadModelCheckpoint;
  readonly threads?: number;
}

const THREAD = new URL('./build-thread.js', import.meta.url);
/** More threads than that make more rows than one can write. */
const MOST_THREADS = 4;

/** Whether threads can be started here: they run what is compiled. */
export const hasBuildThreads = (): boolean => existsSync(fileURLToPath(THREAD));

/**
 * Fills empty views stream by stream: each is read and folded whole, by as many threads as there are cores, so that no state is
 * kept for later and each row is made once. Rows come as texts and are written here, by the one connection that may. Until all is
 * there the views stand at position 0, and what is left of a build that was interrupted has to be thrown away: `isUnfinished`.
 * Throws BuildThreadFailed where a thread fails, and what writing meets.
 */
export async function buildByStream(
  tables: SqliteTables,
  { ledger, parkedAt, at, threads = Math.min(MOST_THREADS, availableParallelism()) }: Build,
): Promise<void> {
  const task: BuildTask = { ledger, parkedAt, until: at.position, taken: new SharedArrayBuffer(4) };
  let version = 0;
  const write = (texts: readonly StagedText[]): Promise<void> =>
    tables.writeTexts(texts, { position: 0, recordedAt: '', version: ++version });
  const workers = Array.from({ length: threads }, () => new Worker(THREAD, { workerData: task }));
  try {
    await Promise.all(workers.map((worker) => writtenFrom(worker, write)));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  await tables.writeTexts([], { ...at, version: version + 1 });
}

/** Whether views are what is left of a build by stream that was interrupted. */
export const isUnfinished = ({ position, version }: ReadModelCheckpoint): boolean =>
  position === 0 && version > 0;

/** A thread met something, of which only the words come here: whoever reads the ledger event by event meets it too. */
export class BuildThreadFailed extends Error {
  override readonly name = 'BuildThreadFailed';
}

/** Writes what a thread makes, and lets it make more, until it ends. */
function writtenFrom(worker: Worker, write: (texts: readonly StagedText[]) => Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.on('message', (texts: readonly StagedText[]) => {
      write(texts).then(() => worker.postMessage('written'), reject);
    });
    worker.once('error', (error) => reject(new BuildThreadFailed(String(error))));
    worker.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new BuildThreadFailed(`it ended with ${code}`));
    });
  });
}
