import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const work = fileURLToPath(new URL('./store-work.mjs', import.meta.url));

/** Does a piece of work in a process of its own, so that its memory is its own. */
function inProcess(...parameters) {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--max-semi-space-size=32', work, ...parameters.map(String)],
    {
      encoding: 'utf8',
      maxBuffer: 1e9,
    },
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout.trim().split('\n').at(-1));
}

/** Raw prepared inserts of the same rows, same pragmas, best batch size. */
export const rawInserts = (events) => inProcess('raw', events);
export const importing = (events) => inProcess('import', events);
/** Reading all events back and parsing their JSON. */
export const readingBack = (events, directory) => inProcess('read', events, directory);
export const rebuilding = (events, directory) => inProcess('rebuild', events, directory);
export const growingStreams = () => inProcess('grow', 0);
export const busySubjects = () => inProcess('busy', 0);
