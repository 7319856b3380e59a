import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const work = fileURLToPath(new URL('./store-work.mjs', import.meta.url));

/** Does a piece of work in a process of its own, so that its memory is its own. */
const inProcess = (...parameters) => inProcessOn(undefined, ...parameters);

/** The same on so many cores, where Linux can be told. */
function inProcessOn(cores, ...parameters) {
  const command = [process.execPath, '--max-semi-space-size=32', work, ...parameters.map(String)];
  const [program, ...given] = cores === undefined ? command : ['taskset', '-c', `0-${cores - 1}`, ...command];
  const { stdout, stderr, status } = spawnSync(program, given, { encoding: 'utf8', maxBuffer: 1e9 });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout.trim().split('\n').at(-1));
}

/** Raw prepared inserts of the same rows, same pragmas, best batch size. */
export const rawInserts = (events) => inProcess('raw', events);
/** A ledger whose views nobody made yet, one tenth of it about one automaker. */
export const writtenLedger = (events) => inProcess('write', events);
export const importing = (events) => inProcess('import', events);
/** The command that imports: CPU of all its threads and of its main thread, in µs an event besides its start, and its peak memory. */
export const importCommand = (events, shape = {}) => inProcess('command', events, JSON.stringify(shape));
/** Reading all events back, parsing their JSON, and inserting the rows that the views have of them. */
export const copying = (events, directory, cores) => inProcessOn(cores, 'copy', events, directory);
export const rebuilding = (events, directory, cores) => inProcessOn(cores, 'rebuild', events, directory);
export const growingStreams = () => inProcess('grow', 0);
export const busySubjects = () => inProcess('busy', 0);
