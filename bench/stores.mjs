import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const work = fileURLToPath(new URL('./store-work.mjs', import.meta.url));

/** Runs a benchmark task in a process of its own, so that its memory can be measured separately. */
const inProcess = (...parameters) => inProcessOn(undefined, ...parameters);

/** What each value that is kept beside an object saves over questions to the shipped ledger and a busy automaker. */
export function memoSavings() {
  const script = fileURLToPath(new URL('./memo-work.mjs', import.meta.url));
  const { stdout, stderr, status } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout.trim().split('\n').at(-1));
}

/** Runs a benchmark task on `cores` cores. This needs Linux (`taskset`). */
function inProcessOn(cores, ...parameters) {
  const command = [process.execPath, '--max-semi-space-size=32', work, ...parameters.map(String)];
  const [program, ...given] = cores === undefined ? command : ['taskset', '-c', `0-${cores - 1}`, ...command];
  const { stdout, stderr, status } = spawnSync(program, given, { encoding: 'utf8', maxBuffer: 1e9 });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout.trim().split('\n').at(-1));
}

/** Raw prepared inserts of the same rows, with the same pragmas and the best batch size. */
export const rawInserts = (events) => inProcess('raw', events);
/** A ledger without views, one tenth of it about one automaker. */
export const writtenLedger = (events) => inProcess('write', events);
export const importing = (events) => inProcess('import', events);
/**
 * The import command: CPU time of all its threads and of its main thread, in µs per event without the start
 * of the process, and its peak memory.
 */
export const importCommand = (events, shape = {}) => inProcess('command', events, JSON.stringify(shape));
/** Reads all events, parses their JSON, and inserts the same rows as the views. */
export const copying = (events, directory, cores) => inProcessOn(cores, 'copy', events, directory);
export const rebuilding = (events, directory, cores) => inProcessOn(cores, 'rebuild', events, directory);
export const growingStreams = () => inProcess('grow', 0);
export const busySubjects = () => inProcess('busy', 0);
